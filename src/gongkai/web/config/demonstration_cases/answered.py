"""Cases that ended in disclosure, whole or in part, and by the ways there."""

from __future__ import annotations

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, CaseKind
from gongkai.web.config.demonstration_cases.acts import (
    ISSUED,
    SUBMITTED,
    After,
    act,
    filed,
    letter,
    letter_voided,
    noted,
    proposed,
    sent,
    settled,
)
from gongkai.web.config.demonstration_cases.dealings import (
    answers,
    consults,
    handed_in,
    rated,
    related,
    split,
    transfers,
    turned_to,
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
    Applicant,
)
from gongkai.web.config.demonstration_cases.telling import (
    AS_TEXT,
    BY_MAIL,
    COLLECTED,
    ON_PAPER,
    POSTED,
    Story,
)
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
from gongkai.web.inforequests.choices import Delivery, RelationKind, SupplyMedium

STORIES = (
    Story(
        key="gonggao-huapian", body=EDUCATION, ago=452, who=LIN,
        wanted="霁川县城区义务教育学校招生划片范围及调整依据。",
        steps=(
            (4, letter("granted.public",
                       access="霁川县政府信息公开平台“县教育局—法定主动公开内容—义务教育”栏目，"
                              "可以直接查阅、下载")),
            (3, rated(5, "第二个工作日就接到了电话，答复清楚。")),
        ),
    ),
    Story(
        key="jiaoshi-peixun", body=EDUCATION, ago=431, who=BAI, **BY_MAIL, reached=1,
        wanted="2023年度全县中小学教师暑期培训的经费安排和承办单位名单。",
        steps=(
            (0, letter("receipt")),
            (2, transfers("教师工作股", "请提供培训经费安排表和承办单位名单。")),
            (4, answers("材料已整理，见附卷，不涉及需要区分处理的内容。")),
            (1, filed("2023年暑期教师培训经费安排表.txt", "培训经费合计42.6万元，承办单位4家。")),
            (1, letter("granted.given", given=("2023年中小学教师暑期培训经费安排表", "承办单位名单"),
                       annexes=("2023年暑期教师培训经费安排表.txt",), delivery=ON_PAPER)),
            (3, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="shuizhi-jiance", body=HEALTH, ago=405, who=WATERS, channel=Channel.EMAIL,
        delivery=Delivery.EMAIL,
        wanted="近三年全县农村集中式供水末梢水水质监测结果。",
        steps=(
            (2, transfers("疾病预防控制股", "请核对近三年监测结果是否已经公开。")),
            (3, answers("已公开两年，未公开的一年可以提供。")),
            (3, letter("granted.given", given=("近三年农村集中式供水末梢水水质监测结果汇总表",),
                       delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="caizheng-pingshen", body=FINANCE, ago=388, who=BUILDER, channel=Channel.IN_PERSON,
        **COLLECTED,
        wanted="云书路改造工程财政评审报告。",
        steps=(
            (5, letter("granted.given", given=("云书路改造工程财政评审报告（霁财评〔2024〕17号）",),
                       delivery="纸质复印件一份，当面领取")),
            (0, rated(4)),
        ),
    ),
    Story(
        key="guihua-shuju", body=PLANNING, ago=371, who=INSTITUTE,
        wanted="霁川县“十四五”规划纲要中期评估报告及指标完成情况表。",
        steps=(
            (12, letter("extension_notice", reasons="中期评估报告需要与六个部门逐项核对数据",
                        extension_days=15)),
            (17, letter("granted.given", given=("“十四五”规划纲要中期评估报告", "主要指标完成情况表"),
                        delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="dibao-jisuan", body=TOWN, ago=350, who=GU, channel=Channel.ORAL, needs_help=True,
        **COLLECTED,
        wanted="栖桐镇渡口村2024年最低生活保障对象的评定办法和公示结果。（申请人视力不便，口述，"
               "工作人员代为填写）",
        steps=(
            (1, noted("申请书已逐字念给申请人听，申请人按手印确认。")),
            (4, letter("granted.given", given=("渡口村2024年低保评议会议公示",),
                       delivery="大字打印件一份，并当面念读")),
            (0, rated(5, "念给我听了，谢谢。")),
        ),
    ),
    Story(
        key="zhengdi-sanfang", body=LAND, ago=338, who=QIAO, **BY_MAIL,
        wanted="栖桐镇桐下村污水处理站用地的征地补偿协议。",
        steps=(
            (3, letter("third_party_letter", third_party="栖桐镇桐下村村民委员会",
                       summary="桐下村污水处理站用地的征地补偿协议",
                       concerned="协议中村集体收款账户、代表签名")),
            (2, act(Action.CONSULTED_RECEIVED, name="栖桐镇桐下村村民委员会")),
            (1, letter("consultation_notice", consulted="第三方")),
            (4, act(Action.OPINION, name="栖桐镇桐下村村民委员会", opinion="objects")),
            (6, letter("third_party_notice", third_party="栖桐镇桐下村村民委员会",
                       disclosed="征地补偿协议的正文，隐去账号和签名",
                       reasons="征地补偿的标准和数额事关被征地农民的监督，不公开可能对公共利益造成重大影响")),
            (0, letter("granted.given", given=("桐下村污水处理站用地征地补偿协议（隐去账号、签名）",),
                       delivery=ON_PAPER)),
            (4, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="canting-jiancha", body=MARKET, ago=326, who=OWNERS, is_settled=True,
        wanted="荷风苑周边餐饮单位最近一次食品安全量化分级检查结果。",
        steps=(
            (4, letter("third_party_letter", third_party="霁川县荷风小馆",
                       summary="荷风苑周边餐饮单位食品安全量化分级检查结果",
                       concerned="对你单位的检查评分和整改意见")),
            (2, act(Action.CONSULTED_RECEIVED, name="霁川县荷风小馆")),
            # Silent until the period is over: the body decides.
            (19, letter("granted.given", given=("荷风苑周边餐饮单位量化分级检查结果一览表",),
                        delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="nongzi-tongyi", body=MARKET, ago=300, who=FARM,
        wanted="2024年农资打假专项检查中有机肥抽检的检验报告。",
        steps=(
            (3, letter("third_party_letter", third_party="泽衡沃野肥业有限公司",
                       summary="有机肥抽检的检验报告", concerned="你公司产品的检验数据")),
            (1, act(Action.CONSULTED_RECEIVED, name="泽衡沃野肥业有限公司")),
            (5, act(Action.OPINION, name="泽衡沃野肥业有限公司", opinion="agrees")),
            (4, letter("granted.given", given=("2024年有机肥抽检检验报告3份",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="heliu-gongzhi", body=LAND, ago=285, who=WATERS, is_settled=True,
        wanted="霁川县与邻县共同编制的栖溪流域国土空间生态修复方案。",
        steps=(
            (3, letter("co_maker_letter", recipient="泽衡市生态环境局霁川分局",
                       information="栖溪流域国土空间生态修复方案",
                       summary="栖溪流域国土空间生态修复方案", proposal="拟予以公开")),
            (1, act(Action.CONSULTED_RECEIVED, name="泽衡市生态环境局霁川分局")),
            # Silent until the period is over: deemed to consent.
            (18, letter("granted.given", given=("栖溪流域国土空间生态修复方案（文本）",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="xiaoche-huishang", body=EDUCATION, ago=271, who=RONG,
        wanted="2024年校车服务财政补助的分配方案。",
        steps=(
            (3, consults(FINANCE, "补助分配方案由两局联合报批，拟予以公开，请提出意见。")),
            (5, answers("同意公开；附表中的银行账号请隐去。", "agrees")),
            (4, letter("granted.given", given=("2024年校车服务财政补助分配方案",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="hangye-tongji", body=PLANNING, ago=259, who=LAWYERS,
        wanted="霁川县工业园区标准厂房（二期）项目的立项批复和可行性研究报告。",
        steps=(
            (5, letter("organ_letter", recipient="霁川县工业园区管理委员会",
                       summary="标准厂房（二期）的立项和可研材料",
                       questions="可行性研究报告是否含有企业的商业秘密", answer_by=After(8))),
            (2, act(Action.CONSULTED_RECEIVED, name="霁川县工业园区管理委员会")),
            (6, act(Action.OPINION, name="霁川县工业园区管理委员会", opinion="agrees")),
            (6, letter("partial", given=("立项批复", "可行性研究报告（除第七章）"), delivery=AS_TEXT,
                       withheld=(("可行性研究报告第七章的招商谈判底价", "negotiation_letter",
                                  "属于与投资人磋商过程中形成的材料，磋商尚未结束"),))),
        ),
    ),
    Story(
        key="xuesheng-bufen", body=EDUCATION, ago=247, who=SHEN, **BY_MAIL,
        wanted="云书路小学2024年秋季学期课后服务收费和支出明细，包括每位教师的课时补助。",
        steps=(
            (3, letter("third_party_letter", third_party="云书路小学工会委员会",
                       summary="课后服务收费和支出明细", concerned="每位教师的课时补助数额")),
            (2, act(Action.CONSULTED_RECEIVED, name="云书路小学工会委员会")),
            (6, act(Action.OPINION, name="云书路小学工会委员会", opinion="objects")),
            (8, letter("partial", given=("课后服务收支汇总表",), delivery=ON_PAPER,
                       withheld=(("各教师的姓名和个人所得补助数额", "personal_privacy",
                                  "可以识别到个人的收入，公开会侵害教师的个人隐私，汇总数已经足以监督"),))),
            (4, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="buzheng-xiaofang", body=EDUCATION, ago=229, who=NING,
        wanted="学校安全检查的材料。",
        steps=(
            (3, letter("correction_notice", correction_days=10,
                       correction_items="请写明是哪一年度、哪些学校、哪一类安全检查（消防、食品、"
                                        "校车）的材料")),
            (5, handed_in(Action.CORRECT, "申请2024年度城区小学消防安全检查的通报。")),
            (9, letter("granted.public", access="县政府信息公开平台“县教育局—安全生产监督检查”栏目")),
        ),
    ),
    Story(
        key="buzheng-chi", body=MARKET, ago=214, who=GROCER, channel=Channel.REGISTERED, reached=1,
        **POSTED,
        wanted="关于本公司的投诉材料。",
        steps=(
            # Written in time and posted late: a defect that moves no deadline.
            (5, letter("correction_notice", upto=ISSUED, correction_days=15,
                       correction_items="请写明投诉的时间和内容，并补交营业执照复印件")),
            (4, sent(as_it_was=True)),
            (3, act(Action.CORRECTION_NOTICE_RECEIVED)),
            (3, handed_in(Action.CORRECT, "2025年以来对本公司的投诉登记和处理结果。")),
            (4, letter("granted.given", given=("投诉登记和处理结果一览表（隐去投诉人信息）",),
                       delivery=ON_PAPER)),
            (3, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="zhuandong", body=EDUCATION, ago=196, who=YE,
        wanted="2025年霁川县普惠性民办幼儿园认定结果和收费标准。",
        steps=(
            (4, letter("granted.given", given=("2025年普惠性民办幼儿园认定结果和收费标准一览表",),
                       delivery=AS_TEXT)),
            (6, letter("proactive_conversion", information="普惠性民办幼儿园认定结果和收费标准", applicants=3,
                       proposal="三个月内有三人申请同一信息，拟转为主动公开", conclusion="同意转为主动公开",
                       column="县教育局—教育—学前教育")),
        ),
    ),
    Story(
        key="gengzheng-benren", body=HEALTH, ago=181, who=MENG, channel=Channel.IN_PERSON,
        kind=CaseKind.RECORDS, **COLLECTED,
        wanted="要求更正本人居民健康档案中登记错误的出生日期。",
        steps=(
            (6, letter("rectification_notice", outcome="records.corrected",
                       record="居民健康档案基本信息表的出生日期",
                       result="经核对身份证件，已于当日更正")),
        ),
    ),
    Story(
        key="shenqingren-leibie", body=OFFICE, ago=166,
        who=Applicant(kind="business", person=LAWYERS.person),
        wanted="县政府2024年规范性文件制定计划的调整说明。",
        steps=(
            (2, proposed(Action.AMEND_RECORD, 0,
                         "网上填报时误选了类别，经核对委托书，申请人是律师事务所本身。",
                         applicant="legal_service_org")),
            (1, settled(confirms=True)),
            (6, letter("granted.given", given=("2024年规范性文件制定计划调整说明",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="chaifen", body=TOWN, ago=150, who=QIAO, channel=Channel.IN_PERSON, **COLLECTED,
        wanted="一、桐下村2024年高标准农田建设的验收意见；二、桐下村2024年“一事一议”项目的支出明细。",
        steps=(
            (2, split("桐下村2024年“一事一议”项目的支出明细。")),
            (7, letter("granted.given", given=("桐下村2024年高标准农田建设验收意见",),
                       delivery="纸质复印件，当面领取")),
            (0, turned_to()),
            (5, letter("granted.given", given=("桐下村2024年“一事一议”项目支出明细",),
                       delivery="纸质复印件，当面领取")),
        ),
    ),
    Story(
        key="houxu", body=EDUCATION, ago=138, who=LIN,
        wanted="霁川县城区义务教育学校招生划片调整的专家论证意见。",
        steps=(
            (1, related(RelationKind.FOLLOWS, "gonggao-huapian")),
            (2, transfers("基础教育股", "请提供划片调整的专家论证意见。", within=4)),
            (6, urged()),
            (1, answers("论证意见共三份，可以公开。")),
            (3, letter("granted.given", given=("招生划片调整专家论证意见3份",), delivery=AS_TEXT)),
            (5, rated(3, "答复还可以，等得有点久。")),
        ),
    ),
    Story(
        key="dangchang", body=TOWN, ago=121, who=MENG, channel=Channel.IN_PERSON,
        medium=SupplyMedium.INSPECTION, delivery=Delivery.PICK_UP,
        wanted="柳浪村宅基地审批结果公示（2025年上半年）。",
        steps=((0, letter("granted.public",
                          access="柳浪村村务公开栏和镇便民服务中心查阅点，申请人已当场查阅")),),
    ),
    Story(
        key="yijia-jiaoshi", body=EDUCATION, ago=102, who=BAI,
        wanted="2025年新招聘教师的岗位分配结果。",
        steps=(
            (3, letter("granted.public", upto=SUBMITTED, access="县教育局“人事信息”栏目")),
            (0, letter_voided("获取途径没有写到具体网页，申请人难以找到。")),
            (1, letter("granted.public", access="县政府信息公开平台“县教育局—公务员、教师招考”栏目第2页")),
        ),
    ),
)  # fmt: skip
