"""The county's bodies as their yearly pages tell of them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.config.demonstration_documents.forms import (
    EDUCATION,
    FINANCE,
    GOVERNMENT,
    HEALTH,
    LAND,
    MARKET,
    OFFICE,
    PLANNING,
    POLICE,
    SUBDISTRICT,
    TOWN,
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """A body as its yearly pages tell of it; `spending` is the budget of 2024 in ten thousand yuan."""

    agency: str
    slug: str
    head: str
    duties: str
    divisions: str
    project: str
    spending: int
    staff: int


OFFICES = (
    Office(
        agency=GOVERNMENT,
        slug="xzf",
        head="闻天朗",
        duties="执行上级国家行政机关的决定和命令，管理全县经济、教育、科学、文化、卫生、城乡建设、财政、民政和公安等行政工作",
        divisions="县长一名、副县长六名，工作部门二十五个，派出机关一个",
        project="县城应急指挥中心运行",
        spending=5120,
        staff=58,
    ),
    Office(
        agency=OFFICE,
        slug="zfb",
        head="陆知远",
        duties="办理县政府日常公文和会务，督促检查决定事项，推进、指导、协调、监督全县政府信息公开，管理便民热线",
        divisions="综合科、文秘科、督查科、政务公开科、热线管理科",
        project="便民热线和门户运行维护",
        spending=1860,
        staff=34,
    ),
    Office(
        agency=PLANNING,
        slug="fgj",
        head="宋其然",
        duties="拟订国民经济和社会发展规划、计划，审批政府投资项目，管理政府定价和行政事业性收费，发布统计信息",
        divisions="办公室、规划投资科、价格收费科、统计科、项目监督科",
        project="重大项目前期工作",
        spending=2240,
        staff=41,
    ),
    Office(
        agency=EDUCATION,
        slug="jyj",
        head="顾长川",
        duties="管理各级各类学校和幼儿园，组织义务教育招生和学区划分，资助困难学生，管理教师队伍和校外培训机构",
        divisions="办公室、基础教育科、学前教育科、人事科、计财科、安全科",
        project="城北小学扩建和寄宿条件改善",
        spending=68400,
        staff=47,
    ),
    Office(
        agency=POLICE,
        slug="gaj",
        head="戚英杰",
        duties="预防、制止和侦查违法犯罪，维护社会治安秩序，管理户政、交通、出入境、养犬和烟花爆竹",
        divisions="指挥中心、治安大队、刑侦大队、交警大队、户政科、法制科和十二个派出所",
        project="农村道路交通安全设施",
        spending=19800,
        staff=286,
    ),
    Office(
        agency=LAND,
        slug="zrzyj",
        head="易山青",
        duties="管理土地、矿产、森林资源，办理不动产登记，编制国土空间规划，组织土地征收和地质灾害防治",
        divisions="办公室、耕地保护科、规划科、征地科、登记中心、执法大队、森林防火办公室",
        project="地质灾害避险搬迁",
        spending=7350,
        staff=96,
    ),
    Office(
        agency=MARKET,
        slug="sjj",
        head="温言直",
        duties="登记经营主体、核发营业执照和食品经营许可，监督产品质量、食品药品、特种设备、价格和广告",
        divisions="办公室、登记注册科、食品安全科、质量标准科、执法稽查大队和八个市场监督管理所",
        project="食品快检车和抽检检验",
        spending=5480,
        staff=148,
    ),
    Office(
        agency=HEALTH,
        slug="wjj",
        head="杜若洲",
        duties="组织公共卫生和疾病预防控制，管理医疗机构，实施计划生育服务，开展老年健康和家庭医生签约",
        divisions="办公室、医政科、公共卫生科、人口家庭科、人事科、监督所",
        project="村卫生室标准化建设",
        spending=31600,
        staff=62,
    ),
    Office(
        agency=FINANCE,
        slug="czj",
        head="祝丰年",
        duties="编制预算草案和决算草案，管理国库收付、政府采购和国有资产，实施绩效评价和会计监督",
        divisions="办公室、预算科、国库科、采购监管科、绩效科、会计科",
        project="财政一体化系统运行",
        spending=2930,
        staff=53,
    ),
    Office(
        agency=TOWN,
        slug="qt",
        head="冷溪桥",
        duties="组织农业生产和农田水利建设，审核宅基地，办理社会救助，管理村镇建设和安全生产",
        divisions="党政综合办、经济发展办、社会事务办、农业农村办、综合执法队、便民服务中心",
        project="集镇污水管网延伸",
        spending=3760,
        staff=44,
    ),
    Office(
        agency=SUBDISTRICT,
        slug="yh",
        head="芮荷风",
        duties="组织社区治理和公共服务，实施老旧小区改造和房屋征收，办理社会救助和住房保障初审",
        divisions="综合办、社区建设办、经济发展办、社会事务办、平安建设办、便民服务中心",
        project="老旧小区加装电梯补助",
        spending=3180,
        staff=49,
    ),
)
