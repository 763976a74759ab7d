"""Cases that are open today: new, due, overdue, waiting for a signature, the applicant or others."""

from __future__ import annotations

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, CaseKind
from gongkai.web.config.demonstration_cases.acts import (
    DRAFT,
    ISSUED,
    SUBMITTED,
    act,
    filed,
    letter,
    noted,
    returned,
    revised,
)
from gongkai.web.config.demonstration_cases.dealings import (
    answers,
    consults,
    offered,
    recalled,
    transfers,
    urged,
)
from gongkai.web.config.demonstration_cases.people import (
    BAI,
    BUILDER,
    FARM,
    GROCER,
    GU,
    INSTITUTE,
    LAWYERS,
    LIN,
    MENG,
    NING,
    OWNERS,
    QIAO,
    RONG,
    SHEN,
    WATERS,
    YE,
)
from gongkai.web.config.demonstration_cases.telling import AS_TEXT, BY_MAIL, POSTED, Story
from gongkai.web.config.demonstration_documents.forms import (
    EDUCATION,
    FINANCE,
    HEALTH,
    LAND,
    MARKET,
    OFFICE,
    PLANNING,
    TOWN,
)
from gongkai.web.inforequests.choices import Delivery, FileKind, SupplyMedium

STORIES = (
    # Overdue, and due within days.
    Story(
        key="yuqi-jiaoyu", body=EDUCATION, ago=24, who=QIAO, **BY_MAIL,
        wanted="桐下村教学点撤并的论证报告和听证笔录。",
        steps=(
            (2, transfers("基础教育股", "请提供论证报告、听证笔录。", within=8)),
            (11, urged()),
            (4, noted("基础教育股称听证笔录在乡镇，尚未取回。")),
        ),
    ),
    Story(
        key="yuqi-zhen", body=TOWN, ago=31, who=MENG, channel=Channel.IN_PERSON, **POSTED,
        wanted="柳浪村2025年集体资产承包合同和租金收入。",
        steps=((3, transfers("农业农村办公室", "请提供合同和收入明细。", within=6)),),
    ),
    Story(
        key="jintian-daoqi", body=EDUCATION, ago=20, who=LIN,
        wanted="2026年霁川县中考体育测试的组织方案和费用标准。",
        steps=(
            (4, transfers("体育卫生与艺术股", "请提供方案和收费依据。", within=6)),
            (5, answers("方案可以公开；本测试不收费，没有收费标准。")),
            (10, letter("granted.given", upto=SUBMITTED, given=("中考体育测试组织方案",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="mingtian-daoqi", body=EDUCATION, ago=19, who=NING,
        wanted="2025年全县学校食堂食材集中采购的中标单位和单价。",
        steps=(
            (12, letter("granted.given", upto=SUBMITTED, given=("食材集中采购中标结果",),
                        delivery="电子文本")),
            (3, returned("请补写单价表是否一并提供，提供方式写到具体日期。")),
        ),
    ),
    Story(
        key="sanri-daoqi", body=EDUCATION, ago=17, who=BAI,
        wanted="2025年秋季学期城区小学各年级班额统计。",
        steps=((13, letter("granted.given", upto=DRAFT, given=("班额统计表",), delivery=AS_TEXT)),),
    ),
    Story(
        key="sanri-weijian", body=HEALTH, ago=17, who=WATERS,
        wanted="医疗废物集中处置的转移联单汇总。",
        steps=((5, transfers("医政股", "请提供汇总表。")), (3, recalled("应由综合监督股办理，改派。"))),
    ),
    Story(
        key="cai-daoqi", body=FINANCE, ago=16, who=RONG,
        wanted="2025年县级财政衔接推进乡村振兴补助资金的安排。",
    ),
    # Waiting for a signature, sent back and mended, signed and not sent.
    Story(
        key="buyu-shenqian", body=EDUCATION, ago=12, who=LAWYERS,
        wanted="县教育局党组会议讨论校长任免的会议记录。",
        steps=(
            (6, letter("denied.internal_affairs", upto=SUBMITTED, grounds=("personnel",),
                       reasons="会议记录记载的是人事任免的讨论过程，属于人事管理事项")),
            (1, returned("请写明任免结果已在何处公布。")),
            (1, revised(reasons="会议记录记载的是人事任免的讨论过程，属于人事管理事项；"
                                "任免结果已在本局网站公布")),
        ),
    ),
    Story(
        key="yanqi-daiqian", body=EDUCATION, ago=18, who=SHEN, channel=Channel.REGISTERED, **POSTED,
        wanted="2016年至2025年县教育局信访事项的处理意见书目录。",
        steps=((14, letter("extension_notice", upto=SUBMITTED, reasons="目录涉及十年纸质档案，需要逐卷核对",
                           extension_days=20)),),
    ),
    Story(
        key="yijue-weisong", body=EDUCATION, ago=14, who=GU, channel=Channel.ORAL, needs_help=True, **POSTED,
        wanted="渡口村到文峰中学的公交线路接送学生的安排。（口述，工作人员代为填写）",
        steps=(
            (8, filed("学生接送线路安排.txt", "早六点四十分自渡口村发车，七点十分到校。")),
            (0, letter("granted.given", upto=ISSUED, given=("学生接送线路安排",),
                       annexes=("学生接送线路安排.txt",),
                       delivery="大字打印件，送交本人")),
        ),
    ),
    Story(
        key="yijue-ziranziyuan", body=LAND, ago=13, who=BUILDER,
        wanted="工业园一路东侧地块的用地预审意见。",
        steps=((9, letter("granted.given", upto=ISSUED, given=("用地预审意见",), delivery=AS_TEXT)),),
    ),
    # The applicant's turn.
    Story(
        key="dai-buzheng", body=EDUCATION, ago=9, who=YE,
        wanted="有关教育的统计数据。",
        steps=((3, letter("correction_notice", correction_days=15,
                          correction_items="请写明年度、学段和指标（如在校生数、专任教师数）")),),
    ),
    Story(
        key="dai-buzheng-youji", body=MARKET, ago=8, who=GROCER, **BY_MAIL, reached=1,
        wanted="同行业处罚情况。",
        steps=((4, letter("correction_notice", correction_days=15,
                          correction_items="请写明行业、年度和处罚种类")),),
    ),
    Story(
        key="dai-jiaofei", body=EDUCATION, ago=11, who=INSTITUTE,
        wanted="2020年以来全县中小学教学质量监测的全部分析报告。",
        steps=((5, letter("fee_notice", tariff="per_page", units=240,
                          scale="本次申请的材料共240页，超过按量计收的起点")),),
    ),
    Story(
        key="dai-jiaofei-tudi", body=LAND, ago=15, who=LAWYERS,
        wanted="2022年以来全县集体经营性建设用地入市的全部批复。",
        steps=((7, letter("fee_notice", tariff="per_page", units=95,
                          scale="本次申请的材料共95页，超过按量计收的起点")),),
    ),
    Story(
        key="dai-liyou", body=OFFICE, ago=7, who=FARM,
        wanted="2015年以来县政府全部会议纪要。",
        steps=((4, letter("reasons_letter", answer_by=lambda told: told.day(7),
                          scale="一次申请十年的全部会议纪要，明显超过合理范围")),),
    ),
    # Others' turn: the clock rests.
    Story(
        key="dai-disanfang", body=EDUCATION, ago=10, who=OWNERS,
        wanted="荷风苑周边校外培训机构的资金监管协议。",
        steps=(
            (3, letter("third_party_letter", third_party="霁川县向学教育培训有限公司",
                       summary="校外培训机构的资金监管协议", concerned="监管账户和留存比例")),
            (2, act(Action.CONSULTED_RECEIVED, name="霁川县向学教育培训有限公司")),
            (0, letter("consultation_notice", consulted="第三方")),
        ),
    ),
    Story(
        key="huishang-zhong", body=EDUCATION, ago=10, who=WATERS,
        wanted="校园直饮水设备采购的招标文件和水质检测报告。",
        steps=((4, consults(HEALTH, "水质检测报告由贵局出具，是否可以公开？", within=10)),),
    ),
    Story(
        key="huishang-jiaoyu-yuqi", body=LAND, ago=18, who=RONG,
        wanted="文峰中学新校区选址意见书和选址论证报告。",
        steps=(
            (2, consults(EDUCATION, "选址论证报告由贵局与本局共同使用，是否可以公开？", within=7)),
            (10, urged()),
        ),
    ),
    Story(
        key="huishang-jiaoyu", body=PLANNING, ago=6, who=LIN,
        wanted="普惠托育服务设施建设项目的资金申请报告。",
        steps=((2, consults(EDUCATION, "项目单位为贵局所属幼儿园，是否可以公开？", within=8)),),
    ),
    Story(
        key="yisong-dai-jieshou", body=OFFICE, ago=4, who=NING,
        wanted="全县中小学校园餐供应商名单。",
        steps=((2, offered(EDUCATION, "申请人回电同意移送县教育局并提供其联系方式。")),),
    ),
    # New.
    Story(
        key="gengzheng-daiban", body=HEALTH, ago=5, who=MENG, channel=Channel.IN_PERSON,
        kind=CaseKind.RECORDS,
        **POSTED, wanted="要求更正本人预防接种证登记中写错的姓名。",
    ),
    Story(
        key="pingxin-lianxi", body=TOWN, ago=3, who=GU, channel=Channel.PLAIN_MAIL, **POSTED,
        wanted="渡口村灾后重建补助的发放名单。",
        steps=((0, act(Action.CONTACT)), (1, noted("申请书所留电话无人接听，已请村委会代为转告。"))),
    ),
    Story(
        key="chuanzhen-dai", body=EDUCATION, ago=1, who=FARM, channel=Channel.FAX,
        medium=SupplyMedium.PAPER, delivery=Delivery.FAX, wanted="学校劳动实践基地的用地协议。",
    ),
    Story(
        key="youxiang-xin", body=MARKET, ago=2, who=WATERS, channel=Channel.EMAIL, delivery=Delivery.EMAIL,
        wanted="2026年一次性塑料制品专项检查的方案和结果。",
    ),
    Story(
        key="guahao-xin", body=HEALTH, ago=1, who=SHEN, channel=Channel.REGISTERED, **POSTED, reached=1,
        wanted="藕塘巷社区卫生服务站的设置批复。",
        steps=((0, filed("申请书扫描说明.txt", "挂号信原件一页，已扫描存卷。", kind=FileKind.REQUEST)),),
    ),
    Story(
        key="zuotian-xin", body=EDUCATION, ago=1, who=RONG, is_taken=False,
        wanted="2026年春季学期延时服务的收费标准和退费办法。",
    ),
    Story(
        key="jintian-xin", body=EDUCATION, ago=0, who=YE, is_taken=False,
        wanted="县城新建幼儿园的学位数量和招生时间安排。",
    ),
)  # fmt: skip
