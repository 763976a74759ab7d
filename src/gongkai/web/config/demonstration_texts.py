"""The demonstration's words: contact facts, columns and documents of an invented county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import Article20Item, ColumnKind, Effectiveness

COUNTY = "霁川县"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A document; `agency` is the body's full name, `item` its place in R711 art. 20."""

    agency: str
    title: str
    number: str = ""
    made_on: date
    published_on: date
    item: Article20Item
    abstract: str
    paragraphs: tuple[str, ...]
    column: ColumnKind = ColumnKind.CONTENT
    effectiveness: Effectiveness = Effectiveness.NOT_APPLICABLE
    repealed_on: date | None = None


def contact(number: int, short: str) -> dict[str, str]:
    """Return the disclosure office's facts; telephone numbers are none that ring."""
    return {
        "disclosure_office": f"{short.removesuffix('人民政府') or '政府办公室'}政务公开办公室"
        if number
        else "县政府办公室政务公开科",
        "address": f"霁川县溪畔路{18 + number * 6}号",
        "office_hours": "工作日 8:30—12:00，14:30—17:30",
        "phone": f"0000-5550{100 + number}",
        "fax": f"0000-5550{200 + number}",
        "email": f"gongkai{number:02d}@jichuan.example",
        "internet_channel": "本平台“依申请公开”栏目",
    }


def guide(agency: Agency) -> str:
    """Return the body's disclosure guide (R711 art. 12) as HTML."""
    return f"""
<h2>一、公开内容</h2>
<p>{agency.name}主动公开的政府信息，范围以《政府信息公开条例》第二十条、第二十一条为准，按事项编入“法定主动公开内容”栏目。每条信息均标注索引号、名称、内容概述、成文日期和公开日期。</p>
<h2>二、公开方式</h2>
<p>主动公开的信息自形成或者变更之日起二十个工作日内在本平台公开；也可以到县档案馆、公共图书馆和政务服务大厅的查阅点查阅。</p>
<h2>三、申请公开</h2>
<p>除主动公开的信息外，公民、法人或者其他组织可以向本机关申请获取相关政府信息。当面提交和邮寄提交为基本渠道，具体办法见“依申请公开”栏目。</p>
<h2>四、监督与救济</h2>
<p>认为本机关未依法履行公开义务的，可以向县人民政府办公室投诉、举报，也可以依法申请行政复议或者提起行政诉讼。</p>
"""


def on_request(agency: Agency) -> str:
    """Return how to ask the body for information (R711 arts. 27-36), as HTML."""
    return f"""
<h2>怎样提出申请</h2>
<ol><li>写明您的姓名或者名称、身份证明和联系方式；</li><li>写明所需信息的名称、文号，或者便于查找的其他特征；</li><li>写明希望以何种形式、何种途径获取。</li></ol>
<h2>怎样提交</h2>
<ul><li>当面提交：{agency.address}，{agency.office_hours}；</li><li>邮寄提交：信封注明“政府信息公开申请”；</li><li>传真：{agency.fax}，发送后请电话确认。</li></ul>
<h2>多久答复</h2>
<p>能够当场答复的当场答复；不能当场答复的，自收到申请之日起二十个工作日内答复。需要延长的，经公开工作机构负责人同意并告知您，延长最多二十个工作日。征求第三方和其他机关意见所需时间不计算在内。</p>
<h2>是否收费</h2>
<p>提供政府信息不收取费用；申请数量、频次明显超过合理范围的，可以依照国家规定收取信息处理费。</p>
"""


def _rule(
    agency: str, title: str, number: str, made: date, published: date, abstract: str, *text: str
) -> Sample:
    return Sample(
        agency=f"{COUNTY}{agency}",
        title=title,
        number=number,
        made_on=made,
        published_on=published,
        item=Article20Item.RULES,
        abstract=abstract,
        paragraphs=text,
        effectiveness=Effectiveness.IN_FORCE,
    )


def _item(
    agency: str, item: Article20Item, title: str, made: date, published: date, abstract: str, *text: str
) -> Sample:
    return Sample(
        agency=f"{COUNTY}{agency}",
        title=title,
        made_on=made,
        published_on=published,
        item=item,
        abstract=abstract,
        paragraphs=text,
    )


DOCUMENTS = (
    Sample(
        agency=f"{COUNTY}人民政府",
        title="霁川县农村供水管理试行办法",
        number="澄政规〔2017〕2号",
        made_on=date(2017, 5, 8),
        published_on=date(2017, 5, 19),
        item=Article20Item.RULES,
        abstract="规定农村供水工程的建设、水质和收费，已由新办法替代。",
        paragraphs=("农村供水工程由乡镇组织建设，水质按季检测，检测结果在村务公开栏公布。",),
        effectiveness=Effectiveness.REPEALED,
        repealed_on=date(2024, 7, 1),
    ),
    _rule(
        "人民政府",
        "霁川县农村供水管理办法",
        "澄政规〔2024〕1号",
        date(2024, 5, 20),
        date(2024, 5, 31),
        "明确农村供水的责任主体、水质检测频次、水价形成和停水告知要求。",
        "各乡镇人民政府、街道办事处，县政府有关部门：为保障农村居民用水安全，制定本办法。",
        "供水单位应当每月检测出厂水，每季检测末梢水，并于检测完成后五个工作日内公布结果。",
        "计划停水的，提前二十四小时告知用户；突发停水的，立即告知并说明恢复时间。",
        "本办法自2024年7月1日起施行，《霁川县农村供水管理试行办法》同时废止。",
    ),
    _rule(
        "人民政府办公室",
        "关于规范行政机关政府信息公开申请办理流程的通知",
        "澄政办发〔2023〕16号",
        date(2023, 9, 4),
        date(2023, 9, 12),
        "统一登记、补正、征求意见、答复和归档五个环节的文书和时限。",
        "各机关收到申请后应当当日登记，编号不得重复，登记内容包括收到日期及其确定方式。",
        "需要补正的，自收到申请之日起七个工作日内一次性告知，并说明补正事项和合理期限。",
    ),
    Sample(
        agency=f"{COUNTY}人民政府办公室",
        title="霁川县政府信息公开保密审查制度",
        number="澄政办发〔2022〕9号",
        made_on=date(2022, 3, 14),
        published_on=date(2022, 3, 22),
        item=Article20Item.RULES,
        abstract="先审查后公开，一事一审，审查人与拟稿人不得为同一人。",
        paragraphs=(
            "拟公开的政府信息由拟稿科室提出公开属性，经保密审查后报分管负责人审定。",
            "不能确定是否可以公开的，报主管部门或者保密行政管理部门确定。",
        ),
        column=ColumnKind.RULES,
        effectiveness=Effectiveness.IN_FORCE,
    ),
    _item(
        "人民政府",
        Article20Item.PLANS,
        "霁川县2025年国民经济和社会发展计划",
        date(2025, 2, 18),
        date(2025, 2, 27),
        "提出全年经济增长、民生和生态环境的主要预期目标。",
        "全年地区生产总值增长目标为百分之五左右，新增城镇就业四千二百人，新建改建农村公路六十公里。",
    ),
    _item(
        "人民政府",
        Article20Item.EMERGENCIES,
        "霁川县防汛应急预案（2025年修订）",
        date(2025, 4, 9),
        date(2025, 4, 15),
        "规定四级响应的启动条件、责任单位和转移避险程序。",
        "霁川水位达到警戒水位并预计继续上涨时，启动三级响应，沿溪低洼地带人员做好转移准备。",
    ),
    _item(
        "人民政府",
        Article20Item.PROJECTS,
        "霁川县2025年重大建设项目清单",
        date(2025, 1, 24),
        date(2025, 2, 8),
        "列明十二个项目的建设内容、总投资、年度计划和责任单位。",
        "县第二人民医院迁建、城北水厂扩建、栖桐至映荷公路改造等项目列入年度清单，按季公布进展。",
    ),
    _item(
        "人民政府办公室",
        Article20Item.ORGANISATION,
        "霁川县人民政府办公室机关职能与内设机构",
        date(2024, 3, 6),
        date(2024, 3, 15),
        "机关职能、内设机构、办公地址、办公时间和负责人姓名。",
        "县政府办公室设综合科、文秘科、督查科、政务公开科，政务公开科承担全县政府信息公开工作的推进、指导、协调和监督。",
    ),
    _item(
        "发展和改革局",
        Article20Item.CHARGES,
        "霁川县行政事业性收费目录清单（2025年版）",
        date(2025, 3, 11),
        date(2025, 3, 20),
        "列明全县行政事业性收费项目、依据和标准。",
        "清单之外的收费一律不得执行；缴费人可以向本局价格收费科投诉。",
    ),
    _item(
        "发展和改革局",
        Article20Item.PLANS,
        "霁川县充电设施专项规划（2024—2028年）",
        date(2024, 8, 5),
        date(2024, 8, 16),
        "到2028年建成公共充电桩八百个，乡镇全部覆盖。",
        "优先在政务服务大厅、医院、学校和乡镇集贸市场周边布设，新建住宅停车位全部预留安装条件。",
    ),
    _item(
        "教育局",
        Article20Item.LIVELIHOOD,
        "2025年霁川县义务教育学校招生工作实施意见",
        date(2025, 5, 12),
        date(2025, 5, 20),
        "招生范围、报名时间、随迁子女入学条件和咨询电话。",
        "义务教育学校免试就近入学，不得以任何形式的考试、面试或者竞赛结果作为入学依据。",
        "随迁子女凭监护人居住证明报名，由居住地所在学区统筹安排。",
    ),
    _rule(
        "教育局",
        "霁川县校外培训机构预收费管理规定",
        "澄教规〔2024〕1号",
        date(2024, 10, 10),
        date(2024, 10, 21),
        "预收费全额存入专用账户，一次收费不得超过三个月或者六十课时。",
        "培训机构应当公示收费项目和标准，不得在公示之外收取其他费用。",
    ),
    _item(
        "教育局",
        Article20Item.RECRUITMENT,
        "霁川县教育局2025年公务员招录拟录用人员公示",
        date(2025, 7, 18),
        date(2025, 7, 22),
        "经笔试、面试、体检和考察，确定拟录用人员两名。",
        "公示期为五个工作日。对拟录用人员有异议的，可以在公示期内向本局人事科书面反映。",
    ),
    _item(
        "公安局",
        Article20Item.LICENSING,
        "霁川县居住证办理指南",
        date(2024, 6, 3),
        date(2024, 6, 12),
        "办理条件、所需材料、办理时限和办理地点。",
        "材料齐全的，自受理之日起十五日内制发；免收工本费。",
    ),
    _item(
        "自然资源局",
        Article20Item.PROJECTS,
        "城北水厂扩建项目用地批准公告",
        date(2025, 6, 6),
        date(2025, 6, 13),
        "批准用地面积、四至范围、补偿安置途径和查询方式。",
        "被征收土地的所有权人、使用权人应当在公告期内持权属证明办理补偿登记。",
    ),
    _item(
        "自然资源局",
        Article20Item.PENALTIES,
        "2025年第二季度自然资源行政处罚结果",
        date(2025, 7, 3),
        date(2025, 7, 8),
        "公布具有一定社会影响的行政处罚决定六件。",
        "处罚决定依法公开，当事人为自然人的，隐去住址和证件号码。",
    ),
    _item(
        "市场监督管理局",
        Article20Item.SUPERVISION,
        "2025年6月食品安全监督抽检结果",
        date(2025, 7, 1),
        date(2025, 7, 4),
        "抽检一百四十批次，合格一百三十七批次，不合格三批次。",
        "对不合格产品已采取下架、召回措施，并对生产经营者立案调查。",
    ),
    _item(
        "市场监督管理局",
        Article20Item.LICENSING,
        "食品经营许可办理结果（2025年6月）",
        date(2025, 7, 2),
        date(2025, 7, 7),
        "本月核发食品经营许可证五十八件，变更十九件，注销七件。",
        "办理结果按月公布，可以按经营者名称查询。",
    ),
    _item(
        "卫生健康局",
        Article20Item.LIVELIHOOD,
        "霁川县家庭医生签约服务项目与收费说明",
        date(2024, 11, 13),
        date(2024, 11, 22),
        "基础服务包免费，个性化服务包的内容、价格和医保报销比例。",
        "老年人、孕产妇、儿童和慢性病患者优先签约，签约地点为各乡镇卫生院和社区卫生服务中心。",
    ),
    _item(
        "财政局",
        Article20Item.BUDGET,
        "霁川县2025年政府预算",
        date(2025, 1, 16),
        date(2025, 2, 5),
        "一般公共预算、政府性基金预算、国有资本经营预算和社会保险基金预算。",
        "一般公共预算收入安排十四亿二千万元；教育、社会保障和就业、卫生健康支出占百分之五十三。",
    ),
    _item(
        "财政局",
        Article20Item.PROCUREMENT,
        "霁川县2025年政府集中采购目录及限额标准",
        date(2024, 12, 20),
        date(2024, 12, 31),
        "集中采购机构采购项目、分散采购限额和公开招标数额标准。",
        "目录内的项目应当委托集中采购机构代理采购，采购意向提前三十日公开。",
    ),
    _item(
        "栖桐镇人民政府",
        Article20Item.LIVELIHOOD,
        "栖桐镇2025年第二季度社会救助发放情况",
        date(2025, 7, 4),
        date(2025, 7, 9),
        "最低生活保障、特困供养和临时救助的人数与金额。",
        "对救助对象的公示隐去身份证件号码、银行账号和家庭住址门牌。",
    ),
    _item(
        "映荷街道办事处",
        Article20Item.OTHER,
        "映荷街道老旧小区改造征求意见结果",
        date(2025, 5, 27),
        date(2025, 6, 4),
        "收到意见四十六条，采纳三十一条，未采纳的逐条说明理由。",
        "加装无障碍坡道、增设电动自行车充电棚等意见予以采纳；扩建地面停车场因占用绿地未予采纳。",
    ),
)
