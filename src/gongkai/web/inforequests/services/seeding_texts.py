"""Words for invented cases: what is asked for, by whom, why replies were set aside. Nobody is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from gongkai.web.inforequests.choices import NATURAL_PERSON, IdentityKind, LossCause
from gongkai.web.inforequests.services.registering import Person

# Subject to what is asked about it; {place}, {year} and {thing} are filled in.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "征地拆迁": (
        "{place}{thing}项目的征收土地预公告、征地补偿安置方案及批准文件",
        "{year}年{place}集体土地征收的勘测定界图和补偿登记结果",
        "{place}房屋征收决定及{year}年评估机构选定结果",
    ),
    "城乡规划": (
        "{place}控制性详细规划中关于{thing}用地的说明及附图",
        "{place}{thing}项目的建设工程规划许可证及总平面图",
        "{year}年{place}老旧小区改造计划和施工图审查意见",
    ),
    "教育": (
        "{year}年{place}义务教育学校招生划片方案的制定依据",
        "{place}小学{year}年教师招聘各岗位的录用名单和成绩",
        "{year}年{place}民办幼儿园办学许可年检结论",
    ),
    "社会保障": (
        "{place}{year}年城乡居民最低生活保障金发放标准及测算办法",
        "{year}年{place}被征地农民养老保险补贴的缴费台账",
        "{place}{year}年医疗救助资金的分配和使用情况",
    ),
    "生态环境": (
        "{place}{thing}项目的环境影响报告表及批复",
        "{year}年{place}河道断面水质监测数据",
        "{place}垃圾转运站{year}年臭气投诉的现场检查记录",
    ),
    "财政预算": (
        "{year}年{place}政府性基金的收支明细",
        "{place}{thing}项目的财政评审结论和资金拨付凭证",
        "{year}年度公务接待费、公务用车购置及运行费的支出明细",
    ),
    "行政处罚": (
        "{year}年对{place}{thing}施工单位作出的行政处罚决定书",
        "{place}市场经营户{year}年行政处罚的裁量依据",
        "{year}年{place}违法建设查处情况和执法人员名单",
    ),
    "交通建设": (
        "{place}{thing}道路改建工程的招标文件和中标通知书",
        "{year}年{place}公交线路调整的听证笔录",
        "{place}停车泊位的设置依据和收费批准文件",
    ),
    "农业农村": (
        "{year}年{place}高标准农田建设项目的验收结论",
        "{place}村级公益事业财政奖补资金{year}年的使用情况",
        "{year}年{place}耕地地力保护补贴的发放清册",
    ),
    "住房保障": (
        "{year}年{place}公共租赁住房的分配结果和轮候名册",
        "{place}{thing}小区住宅专项维修资金的使用审批材料",
        "{place}经济适用住房{year}年上市交易的审批规定",
    ),
    "卫生健康": (
        "{year}年{place}社区卫生服务中心的设备采购合同",
        "{place}{year}年生活饮用水卫生监督抽检结果",
        "{year}年{place}医疗机构校验结果和不良执业记分",
    ),
    "安全生产": (
        "{place}{thing}事故的调查报告及整改情况",
        "{year}年{place}危险化学品企业的安全检查记录",
        "{place}{year}年消防验收备案抽查结果",
    ),
}
PLACES = (
    "城关镇", "云溪镇", "青石乡", "桐花街道", "东港村", "松岭村", "柳湾社区", "白鹭湖片区", "新安里",
    "月桥镇", "枫林街道", "石门坎村",
)  # fmt: skip
THINGS = (
    "滨河公园", "第二水厂", "农贸市场", "污水处理厂", "安置房", "卫生院", "物流园", "幼儿园", "文化广场",
    "环城路",
)  # fmt: skip
UNITS = ("办公室", "政策法规股", "规划财务股", "行政审批股", "执法大队", "项目股")
THIRD_PARTIES = (
    "青禾建设有限公司",
    "远望勘测有限公司",
    "启明咨询有限公司",
    "周边住户代表",
    "安泰物业有限公司",
)
ORGANS = ("县档案馆", "县税务局", "市生态环境局分局", "县自然资源局", "县财政局")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳"
_GIVEN = "晓岚文静建国立新雨桐志远海燕秀兰国强思源嘉禾明月书瑶长青子安伟民若溪春生"
_ORGANISATIONS: Mapping[str, tuple[str, ...]] = {
    "business": ("恒达建筑有限公司", "禾丰农业发展有限公司", "云帆信息技术有限公司"),
    "research_institute": ("区域发展研究所", "城市治理研究中心", "水资源研究院"),
    "public_benefit_org": ("绿野环保促进会", "阳光助学基金会", "社区互助服务中心"),
    "legal_service_org": ("正言律师事务所", "明理律师事务所", "信诚基层法律服务所"),
    "other": ("第三村民小组", "业主委员会", "退役军人联谊会"),
}
APPLICANT_WEIGHTS: Mapping[str, int] = {
    NATURAL_PERSON: 80, "business": 9, "research_institute": 1, "public_benefit_org": 2,
    "legal_service_org": 6, "other": 2,
}  # fmt: skip
LESSONS: Mapping[str, str] = {
    LossCause.FACTS: "认定信息不存在前没有核对项目档案移交清单。",
    LossCause.LAW: "引用第十六条不予公开，但所涉材料已经作为决定依据对外使用。",
    LossCause.PROCEDURE: "未书面征求第三方意见即认定涉及商业秘密。",
    LossCause.LATE: "内部转办后无人跟踪，超过答复期限。",
    LossCause.SEARCH: "只检索了本股室文件，没有检索档案室和业务系统。",
    LossCause.REASONS: "告知书只引条款，没有说明为什么属于该情形。",
    LossCause.SERVICE: "按旧地址邮寄，退件后没有再次联系。",
    LossCause.OTHER: "复议期间自行撤销原答复，重新作出处理。",
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks: the kind of applicant and the person."""

    kind: str
    person: Person


@lru_cache(4096)
def asking(number: int) -> Asking:
    """Return the invented applicant of that number, always the same."""
    dice = Random(number)
    kind = dice.choices(list(APPLICANT_WEIGHTS), list(APPLICANT_WEIGHTS.values()))[0]
    name = dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.choice((1, 2, 2))))
    phone, address = f"1390{number % 10**7:07d}", f"{dice.choice(PLACES)}{dice.randrange(1, 200)}号"
    if kind == NATURAL_PERSON:
        person = Person(
            name=name,
            identity_kind=IdentityKind.ID_CARD,
            identity_number=_identity_number(number, dice),
            phone=phone,
            email=f"shenqing{number}@example.org" if dice.random() < 0.3 else "",
            address=address,
        )
    else:
        person = Person(
            name=f"{dice.choice(PLACES)[:2]}{dice.choice(_ORGANISATIONS[kind])}",
            identity_kind=IdentityKind.UNIFIED_CODE,
            identity_number=f"93990121MC{number % 10**7:07d}A",
            contact_person=name,
            phone=phone,
            address=address,
        )
    return Asking(kind=kind, person=person)


def _identity_number(number: int, dice: Random) -> str:
    """A number as identity cards bear them, of a region that does not exist."""
    born = f"19{dice.randrange(50, 99)}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"
    digits = f"990121{born}{number % 1000:03d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[check]


def wanted(dice: Random, year: int) -> tuple[str, str]:
    """Return a subject and what is asked for."""
    topic = dice.choice(list(TOPICS))
    text = dice.choice(TOPICS[topic])
    filled = text.format(place=dice.choice(PLACES), thing=dice.choice(THINGS), year=year - dice.randrange(4))
    return topic, f"申请公开：{filled}。"
