"""The county government's meetings and the issues of its gazette."""

from __future__ import annotations

from datetime import date

from gongkai.web.config.demonstration_documents.forms import SampleGazette, SampleMeeting
from gongkai.web.publishing.choices import MeetingKind


def _meeting(
    key: str, kind: MeetingKind, number: str, days: str, agenda: str, brief: str, documents: str = ""
) -> SampleMeeting:
    """Return a meeting; `days` are held and published, `agenda` and `documents` by spaces."""
    held, published = (date.fromisoformat(day) for day in days.split())
    return SampleMeeting(
        key=key,
        kind=kind,
        number=number,
        title=f"霁川县人民政府{number}{kind.label}",
        held_on=held,
        published_on=published,
        agenda=tuple(agenda.split()),
        brief=brief,
        documents=tuple(documents.split()),
    )


MEETINGS = (
    _meeting(
        "huiyi-2023-18",
        MeetingKind.EXECUTIVE,
        "第18次",
        "2023-03-10 2023-03-15",
        "审议最低生活保障实施办法 研究春季森林防火工作 审议主动公开目录管理制度",
        "会议原则通过最低生活保障实施办法，要求部门共享数据，不让困难群众重复开证明；强调清明前后护林员全部上岗。",
        "dibao-2023",
    ),
    _meeting(
        "huiyi-2023-24",
        MeetingKind.EXECUTIVE,
        "第24次",
        "2023-05-19 2023-05-24",
        "审议征收集体土地补偿安置办法 听取上半年安全生产情况汇报",
        "会议通过征收集体土地补偿安置办法，要求社会保障费用不落实的项目不报批；部署燃气和自建房隐患排查。",
        "zhengdi-2023",
    ),
    _meeting(
        "huiyi-2024-35",
        MeetingKind.EXECUTIVE,
        "第35次",
        "2024-05-24 2024-05-29",
        "审议公共租赁住房管理办法 审议创业担保贷款贴息资金管理办法落实方案 研究防汛准备工作",
        "会议通过公共租赁住房管理办法，决定常年受理申请；要求汛前完成山塘水库巡查和预警广播检修。",
        "gongzufang-2024",
    ),
    _meeting(
        "huiyi-2024-37",
        MeetingKind.EXECUTIVE,
        "第37次",
        "2024-06-14 2024-06-20",
        "审议农村宅基地审批管理办法 研究城乡公交一体化 通报一季度督查情况",
        "会议通过农村宅基地审批管理办法，明确四到场由乡镇负责；原则同意城乡公交运营服务与补贴管理办法，修改后印发。",
        "zhaijidi-2024 gongjiao-2024",
    ),
    _meeting(
        "huiyi-2025-48",
        MeetingKind.EXECUTIVE,
        "第48次",
        "2025-04-03 2025-04-09",
        "审议废止和修改部分行政规范性文件的决定 审议重大行政决策事项目录执行情况",
        "会议决定废止一件、部分废止两件行政规范性文件，要求门户同步标注效力，不得继续引用废止条款。",
        "qingli-2025",
    ),
    _meeting(
        "huiyi-2025-51",
        MeetingKind.EXECUTIVE,
        "第51次",
        "2025-06-13 2025-06-18",
        "审议临时救助实施办法 研究中高考保障 听取上半年项目建设情况",
        "会议通过临时救助实施办法，取消户籍限制；要求栖桐至映荷公路银杏坪段倒排工期。",
        "linshi-2025",
    ),
    _meeting(
        "huiyi-2025-quanti",
        MeetingKind.PLENARY,
        "2025年第二次",
        "2025-07-25 2025-07-30",
        "总结上半年政府工作 部署下半年重点任务 讨论十五五规划纲要基本思路",
        "会议指出上半年经济平稳，投资仍有压力；下半年抓好项目开工、汛期安全、秋季开学三件事，并广泛听取规划意见。",
    ),
    _meeting(
        "huiyi-2025-zhuanti",
        MeetingKind.SPECIAL,
        "烟花爆竹管理",
        "2025-11-21 2025-11-26",
        "听取公开征求意见情况 讨论限时限区燃放方案",
        "会议听取一千二百余条公众意见的汇总，决定由全年禁放改为限时限区燃放，同时明确医院、学校、林区周边任何时间不得燃放。",
        "yanhua-2025",
    ),
    _meeting(
        "huiyi-2026-60",
        MeetingKind.EXECUTIVE,
        "第60次",
        "2026-01-16 2026-01-21",
        "审议扶持种粮农户和粮食生产办法 审议政府工作报告 研究春节前困难群众慰问",
        "会议通过扶持种粮农户和粮食生产办法，明确补贴六月底前发放；同意将政府工作报告提请审议。",
        "zhongliang-2026 gongzuo-baogao-2026",
    ),
    _meeting(
        "huiyi-2026-63",
        MeetingKind.EXECUTIVE,
        "第63次",
        "2026-03-20 2026-03-25",
        "审议促进高校毕业生等青年就业创业若干措施 研究汛前地质灾害排查",
        "会议通过促进高校毕业生就业创业若干措施，要求国有企业招聘计划向社会公布；部署九十三处隐患点复核。",
        "biyesheng-2026",
    ),
)
GAZETTES = (
    SampleGazette(
        key="gongbao-2024-3",
        year=2024,
        number=3,
        issued_on=date(2024, 9, 30),
        documents=("gongzufang-2024", "zhaijidi-2024", "gongjiao-2024", "gaoling-xiugai-2024"),
    ),
    SampleGazette(
        key="gongbao-2025-2",
        year=2025,
        number=2,
        issued_on=date(2025, 6, 30),
        documents=("qingli-2025", "zhengdi-xiugai-2025", "linshi-2025", "gongyixing-2025"),
    ),
    SampleGazette(
        key="gongbao-2026-1",
        year=2026,
        number=1,
        issued_on=date(2026, 3, 31),
        documents=(
            "zhongliang-2026",
            "gongzuo-baogao-2026",
            "xuequ-2026",
            "guihua-shiwu-2026",
            "biyesheng-2026",
        ),
    ),
)
