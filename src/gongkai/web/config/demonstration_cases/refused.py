"""Cases that ended otherwise than in disclosure: one at least for every other row of Table 3."""

from __future__ import annotations

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action
from gongkai.web.config.demonstration_cases.acts import act, earlier_reply, letter, noted, voided
from gongkai.web.config.demonstration_cases.dealings import (
    answers,
    consults,
    handed_in,
    merged,
    offered,
    rated,
    related,
    taken,
    turned_to,
    withdrawn,
)
from gongkai.web.config.demonstration_cases.people import (
    BAI,
    BUILDER,
    FARM,
    GROCER,
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
from gongkai.web.inforequests.choices import Delivery, RelationKind

STORIES = (
    Story(
        key="mimi", body=LAND, ago=440, who=INSTITUTE,
        wanted="霁川县1:1万基础地理信息矢量数据。",
        steps=(
            (9, letter("denied.state_secret",
                       classified_basis="测绘地理信息管理工作国家秘密范围的规定，该成果已依法标密",
                       reasons="申请的成果属于标有密级的测绘成果，公开会损害国家安全")),
        ),
    ),
    Story(
        key="pingbiao", body=PLANNING, ago=418, who=BUILDER, **BY_MAIL,
        wanted="县体育馆项目评标委员会成员对各投标文件的评审意见。",
        steps=(
            (10, letter("denied.law_prohibited", rank="法律",
                        statute="《中华人民共和国招标投标法》第四十四条第三款",
                        reasons="评标委员会成员和有关工作人员不得透露对投标文件的评审和比较")),
            (3, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="chubei-weizhi", body=HEALTH, ago=399, who=NING,
        wanted="县级应急医疗物资储备库的具体位置、值守安排和库存结构。",
        steps=(
            (8, letter("denied.security_stability", grounds=("public_security",),
                       reasons="公开储备库的位置和值守安排会使应急物资的安全失去保障，可能危及公共安全")),
        ),
    ),
    Story(
        key="peifang", body=MARKET, ago=377, who=FARM,
        wanted="霁川谷满粮油商行有限公司备案的代用茶企业标准中的配方。",
        steps=(
            (3, letter("third_party_letter", third_party="霁川谷满粮油商行有限公司",
                       summary="你公司备案的企业标准中的配方", concerned="产品配方和工艺参数")),
            (2, act(Action.CONSULTED_RECEIVED, name="霁川谷满粮油商行有限公司")),
            (5, act(Action.OPINION, name="霁川谷满粮油商行有限公司", opinion="objects")),
            (5, letter("denied.third_party", grounds=("trade_secret",),
                       weighing="配方不为公众所知悉、权利人采取了保密措施，公开会使其失去竞争优势，"
                                "而不公开不致对公共利益造成重大影响")),
        ),
    ),
    Story(
        key="kaohe-dafen", body=EDUCATION, ago=361, who=RONG,
        wanted="2024年县教育局机关各股室年度考核的打分表。",
        steps=(
            (6, letter("denied.internal_affairs", grounds=("personnel",),
                       reasons="机关内部的考核打分属于人事管理事项，对外不产生直接约束力")),
        ),
    ),
    Story(
        key="taolun-jilu", body=OFFICE, ago=344, who=LAWYERS, **BY_MAIL,
        wanted="县政府常务会议研究停车收费方案的会议讨论记录。",
        steps=(
            (7, letter("denied.process_info", grounds=("discussion_record",),
                       reasons="会议讨论记录是决策前各方意见的记载，公开会妨碍坦率讨论；"
                               "会议决定的事项已经公布")),
            (4, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="zhifa-anjuan", body=MARKET, ago=333, who=LAWYERS,
        wanted="霁市监罚〔2024〕36号案件的询问笔录和现场检查笔录。",
        steps=(
            (6, letter("denied.enforcement_file", file_title="霁市监罚〔2024〕36号行政处罚案卷",
                       reasons="案卷材料涉及办案方法和相关人员",
                       reading="案件当事人、代理律师持证件到法制股预约查阅")),
        ),
    ),
    Story(
        key="budongchan", body=LAND, ago=317, who=SHEN, channel=Channel.IN_PERSON, **COLLECTED,
        wanted="文峰路9号房屋的不动产登记簿和原始登记资料。",
        steps=(
            (3, letter("denied.admin_inquiry", statute="《不动产登记暂行条例》第二十七条",
                       procedure="权利人、利害关系人持身份证件和利害关系证明，"
                                 "到不动产登记中心查询窗口申请查询")),
        ),
    ),
    Story(
        key="bucunzai", body=EDUCATION, ago=308, who=QIAO,
        wanted="桐下村小学1986年建校时的土地划拨批复。",
        steps=(
            (9, letter("unable.not_held.nonexistent",
                       search="检索了本机关1978年以来的文书档案目录和基建档案，关键词为“桐下”“建校”“划拨”，"
                              "并向县档案馆查询移交目录")),
            (0, rated(2, "没有查到，希望再找找。")),
        ),
    ),
    Story(
        key="yisong", body=HEALTH, ago=293, who=GROCER,
        wanted="城关集贸市场散装食品经营户的备案名单。",
        steps=(
            (2, offered(MARKET, "申请人于当日电话同意将申请及其联系方式移送县市场监督管理局。")),
            (1, taken(MARKET)),
            (1, letter("unable.not_held.elsewhere", reasons="食品经营者的备案由市场监督管理部门办理",
                       competent="霁川县市场监督管理局", competent_contact="霁川县溪畔路60号，0000-5550107")),
            (0, turned_to(MARKET)),
            (6, letter("granted.given", given=("城关集贸市场散装食品经营户备案名单",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="jiagong", body=FINANCE, ago=280, who=INSTITUTE, channel=Channel.EMAIL, delivery=Delivery.EMAIL,
        wanted="近十年各部门“三公”经费与业务量的比值分析表。",
        steps=((6, letter("unable.needs_creation",
                          reasons="本机关没有制作过该分析表，需要对十年数据重新汇总和计算")),),
    ),
    Story(
        key="rengbuming", body=TOWN, ago=268, who=MENG, channel=Channel.IN_PERSON, **COLLECTED,
        wanted="村里的账。",
        steps=(
            (3, letter("correction_notice", correction_days=10,
                       correction_items="请写明哪个村、哪一年、哪一项收支")),
            (4, handed_in(Action.CORRECT, "就是村里所有的账，都要看。")),
            (6, letter("unable.still_unclear", unclear="没有指明村、年度和收支项目，不能指向特定的政府信息")),
        ),
    ),
    Story(
        key="xinfang", body=EDUCATION, ago=254, who=SHEN,
        wanted="请公开为什么不处理我反映的某某老师有偿补课的问题，并追究责任。",
        steps=(
            (5, letter("declined.petition",
                       reasons="所述内容是反映问题、要求查处，不是申请获取已有的政府信息",
                       channel_told="拨打县教育局师德监督电话，或者向县信访局提出")),
        ),
    ),
    Story(
        key="chongfu", body=LAND, ago=243, who=QIAO, **BY_MAIL,
        wanted="栖桐镇桐下村污水处理站用地的征地补偿协议（再次申请）。",
        steps=(
            (2, related(RelationKind.DUPLICATES, "zhengdi-sanfang")),
            (4, letter("declined.duplicate", **earlier_reply("zhengdi-sanfang"))),
        ),
    ),
    Story(
        key="chubanwu", body=OFFICE, ago=225, who=YE, channel=Channel.PLAIN_MAIL, **POSTED,
        wanted="《霁川年鉴（2024）》一册。",
        steps=(
            (0, act(Action.CONTACT)),
            (0, act(Action.CONFIRM_RECEIPT)),
            (5, letter("declined.publication", access="《霁川年鉴（2024）》由县地方志办公室公开发行，"
                                                     "可以到县图书馆借阅或者向新华书店购买")),
            (4, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="chongchu", body=HEALTH, ago=207, who=BAI,
        wanted="请确认你局2024年11月给我的答复书是真的，并重新出具一份。",
        steps=((4, letter("declined.confirm_reissue",
                          earlier_access="2024年11月从本机关收到答复书原件，本人已签收")),),
    ),
    Story(
        key="weibuzheng", body=EDUCATION, ago=190, who=OWNERS, is_settled=True,
        wanted="小区配套幼儿园的材料。",
        steps=(
            (4, letter("correction_notice", correction_days=10,
                       correction_items="请写明小区和幼儿园的名称，以及需要的是移交、办园许可还是收费材料")),
            (13, letter("other.no_correction", service_proof="网上送达记录")),
        ),
    ),
    Story(
        key="an-ye-weijiao", body=LAND, ago=175, who=BUILDER, is_settled=True,
        wanted="工业园一路沿线全部地块的出让合同及附件。",
        steps=(
            (6, letter("fee_notice", tariff="per_page", units=168,
                       scale="本次申请的材料共168页，超过按量计收的起点")),
            (23, letter("other.fee_unpaid", service_proof="网上送达记录")),
        ),
    ),
    Story(
        key="chehui", body=TOWN, ago=158, who=FARM,
        wanted="产业路拓宽工程占用土地的补偿方案。",
        steps=((4, withdrawn()),),
    ),
    Story(
        key="yijiao-dangan", body=OFFICE, ago=142, who=WATERS,
        wanted="1992年栖溪河道整治工程的批复。",
        steps=(
            (6, letter("other.misc", reasons="该文件已于2015年移交县档案馆，依照档案管理的规定利用",
                       other_basis="《中华人民共和国档案法》第十五条", competent="霁川县档案馆",
                       competent_contact="霁川县溪畔路20号，0000-5550990")),
        ),
    ),
    Story(
        key="he-er-yi", body=EDUCATION, ago=131, who=RONG,
        wanted="2025年校车运营线路和停靠站点。",
        steps=(
            (7, letter("granted.given", given=("2025年校车运营线路和停靠站点表",), delivery=AS_TEXT)),
        ),
    ),
    Story(
        key="bing-ru", body=EDUCATION, ago=130, who=RONG,
        wanted="2025年校车运营线路、停靠站点（同一内容，补充提交）。",
        steps=((1, merged("he-er-yi")),),
    ),
    Story(
        key="cuo-ji", body=MARKET, ago=114, who=NING, **BY_MAIL,
        wanted="2025年第一季度药品零售企业检查计划。",
        steps=(
            (5, letter("granted.given", given=("2025年第一季度药品零售企业检查计划",), delivery=ON_PAPER)),
            (2, act(Action.DELIVERED)),
            (1, noted("邮政退回说明：前日登记的签收是同名的另一邮件。")),
            (0, voided(Action.DELIVERED, "签收登记错件，实际尚未妥投。")),
            (3, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="huishang-butong", body=PLANNING, ago=95, who=LIN,
        wanted="县城供热管网改造的成本监审报告。",
        steps=(
            (3, consults(FINANCE, "成本监审报告引用了财政补贴测算，是否可以公开？")),
            (6, answers("补贴测算尚在报批，不宜公开；其余部分同意。", "objects")),
            (5, letter("partial", given=("供热管网改造成本监审报告（除第五部分）",),
                       delivery=AS_TEXT,
                       withheld=(("第五部分补贴测算", "draft", "测算尚未定稿，属于过程稿"),))),
        ),
    ),
)  # fmt: skip
