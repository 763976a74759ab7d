"""Cases that went on to the county's government or the court, and what came of them."""

from __future__ import annotations

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action
from gongkai.web.config.demonstration_cases.acts import (
    ISSUED,
    act,
    filed,
    letter,
    noted,
    proposed,
    sent,
    settled,
)
from gongkai.web.config.demonstration_cases.dealings import filed_for_review, learnt, sued
from gongkai.web.config.demonstration_cases.people import BAI, FARM, GU, LAWYERS, NING, OWNERS, SHEN, YE
from gongkai.web.config.demonstration_cases.telling import AS_TEXT, BY_MAIL, COLLECTED, ON_PAPER, Story
from gongkai.web.config.demonstration_documents.forms import EDUCATION, HEALTH, LAND, MARKET, OFFICE, TOWN
from gongkai.web.inforequests.choices import Delivery, FileKind, LossCause, SupplyMedium

STORIES = (
    Story(
        key="fuyi-weichi", body=LAND, ago=356, who=OWNERS,
        wanted="荷风苑北侧地块规划条件变更的内部请示。",
        steps=(
            (10, letter("denied.process_info", grounds=("request_for_instructions",),
                        reasons="请示是决定作出之前的内部行文，变更结果已经公布")),
            (20, filed_for_review("霁府复字〔{year}〕11号", simple=True)),
            (4, act(Action.RECONSIDERATION_ANSWERED, ref="霁府复字〔{year}〕11号")),
            (15, act(Action.RECONSIDERATION_DECIDED, ref="霁府复字〔{year}〕11号", ending="upheld")),
        ),
    ),
    Story(
        key="fuyi-chexiao", body=EDUCATION, ago=336, who=LAWYERS, **BY_MAIL,
        wanted="文峰中学食堂承包合同。",
        steps=(
            (11, letter("denied.process_info", grounds=("negotiation_letter",),
                        reasons="合同是磋商的结果，涉及承包方")),
            (4, act(Action.DELIVERED)),
            (12, filed_for_review("霁府复字〔{year}〕19号", simple=False)),
            (8, act(Action.RECONSIDERATION_ANSWERED, ref="霁府复字〔{year}〕19号")),
            (20, act(Action.RECONSIDERATION_DECIDED, ref="霁府复字〔{year}〕19号", ending="revoked")),
            (1, learnt(LossCause.LAW, "已经签订的合同不是磋商过程中的材料，应当征求承包方意见后区分处理。")),
            (10, letter("partial", given=("文峰中学食堂承包合同（除附件二）",),
                        delivery=ON_PAPER,
                        withheld=(("附件二报价明细", "draft", "属于尚在调整的过程稿"),))),
            (4, act(Action.DELIVERED)),
        ),
    ),
    Story(
        key="fuyi-chehui", body=HEALTH, ago=290, who=BAI,
        wanted="2024年县人民医院药品采购目录及价格。",
        steps=(
            (9, letter("unable.not_held.elsewhere",
                       reasons="药品采购由医疗保障部门组织，本机关不制作、不保存",
                       competent="霁川县医疗保障局", competent_contact="霁川县文峰路30号，0000-5550880")),
            (18, filed_for_review("霁府复字〔{year}〕27号", simple=True)),
            (3, act(Action.RECONSIDERATION_ANSWERED, ref="霁府复字〔{year}〕27号")),
            (5, act(Action.RECONSIDERATION_DECIDED, ref="霁府复字〔{year}〕27号", ending="withdrawn")),
        ),
    ),
    Story(
        key="yanqi-chi", body=HEALTH, ago=240, who=NING,
        wanted="2024年村卫生室标准化建设的验收台账。",
        steps=(
            # Told of the extension only after the period was over: it counts for nothing, the reply is late.
            (19, letter("extension_notice", upto=ISSUED, reasons="台账分散在各乡镇卫生院",
                        extension_days=20)),
            (3, sent(as_it_was=True)),
            (9, letter("granted.given", as_it_was=True, given=("2024年村卫生室标准化建设验收台账",),
                       delivery=AS_TEXT)),
            (25, sued("（{year}）霁行初31号")),
            (8, act(Action.SUIT_ANSWERED, ref="（{year}）霁行初31号")),
            (40, act(Action.SUIT_JUDGED, ref="（{year}）霁行初31号", ending="declared_unlawful")),
            (2, learnt(LossCause.LATE,
                       "延期告知在期限届满之后才发出，视为没有延期；今后到期前五日必须签发。")),
        ),
    ),
    Story(
        key="su-bohui", body=TOWN, ago=252, who=GU, channel=Channel.IN_PERSON, **COLLECTED,
        wanted="渡口村防汛道路的用工结算单。",
        steps=(
            (9, letter("unable.not_held.nonexistent",
                       search="检索镇财政所2022年以来的结算凭证和工程台账，关键词为“渡口”“防汛”")),
            (30, sued("（{year}）霁行初18号")),
            (9, act(Action.SUIT_ANSWERED, ref="（{year}）霁行初18号")),
            (35, act(Action.SUIT_JUDGED, ref="（{year}）霁行初18号", ending="dismissed")),
        ),
    ),
    Story(
        key="fuyi-hou-su", body=LAND, ago=222, who=SHEN, **BY_MAIL,
        wanted="藕塘巷旧改项目国有土地上房屋征收的评估报告。",
        steps=(
            (8, letter("third_party_letter", third_party="泽衡方圆房地产评估有限公司",
                       summary="藕塘巷旧改项目的评估报告", concerned="估价测算底稿")),
            (2, act(Action.CONSULTED_RECEIVED, name="泽衡方圆房地产评估有限公司")),
            (4, act(Action.OPINION, name="泽衡方圆房地产评估有限公司", opinion="objects")),
            (5, letter("denied.third_party", grounds=("trade_secret",),
                       weighing="测算底稿反映评估机构的技术方法，公开会损害其竞争地位，分户结果已经公示")),
            (3, act(Action.DELIVERED)),
            (18, filed_for_review("霁府复字〔{year}〕35号", simple=True)),
            (4, act(Action.RECONSIDERATION_ANSWERED, ref="霁府复字〔{year}〕35号")),
            (17, act(Action.RECONSIDERATION_DECIDED, ref="霁府复字〔{year}〕35号", ending="upheld")),
            (9, sued("（{year}）霁行初7号", after="霁府复字〔{year}〕35号")),
            (9, act(Action.SUIT_ANSWERED, ref="（{year}）霁行初7号")),
            (40, act(Action.SUIT_JUDGED, ref="（{year}）霁行初7号", ending="claim_rejected")),
            (9, act(Action.SUIT_APPEALED, ref="（{year}）霁行初7号")),
        ),
    ),
    Story(
        key="su-weijie", body=MARKET, ago=58, who=FARM,
        wanted="对谷满粮油商行的投诉举报处理结果。",
        steps=(
            (8, letter("denied.enforcement_file", file_title="投诉举报处理卷（2025）第41号",
                       reasons="所涉材料为执法案卷", reading="当事人持证件到法制股预约查阅")),
            (30, sued("（{year}）霁行初44号")),
            (6, noted("答辩状由法制股起草，委托代理人为本局公职律师。")),
        ),
    ),
    Story(
        key="fuyi-dai-dafu", body=EDUCATION, ago=40, who=OWNERS,
        wanted="荷风苑配套幼儿园的移交协议。",
        steps=(
            (12, letter("unable.not_held.nonexistent",
                        search="检索了本机关基建、学前教育两类档案和合同台账，关键词为“荷风苑”“移交”")),
            (24, filed_for_review("霁府复字〔{year}〕52号", simple=True)),
            (2, noted("复议答复书初稿已由政策法规股起草，待核对检索记录。")),
        ),
    ),
    Story(
        key="fuyi-bulu", body=EDUCATION, ago=66, who=YE, **BY_MAIL,
        wanted="2025年民办学校年检结论及整改通知。",
        steps=(
            (10, letter("denied.internal_affairs", grounds=("workflow",),
                        reasons="整改通知所附的内部流转单属于内部工作流程")),
            (4, act(Action.DELIVERED)),
            (20, filed_for_review("霁府复字〔{year}〕49号", simple=True)),
            (7, noted("复议答复书已于期限内当面递交县司法局，收件回执存卷。")),
            (0, filed("复议答复书收件回执.txt", "县司法局收到霁川县教育局行政复议答复书一份。",
                      kind=FileKind.SERVICE)),
            # Was answered in time and not entered that day: one entry refused for its day, one waits.
            (1, proposed(Action.RECONSIDERATION_ANSWERED, 1, "当日递交后没有登记。",
                         ref="霁府复字〔{year}〕49号")),
            (1, settled(confirms=False, remarks="递交日期与回执不符，请按回执日期提请。")),
            (2, proposed(Action.RECONSIDERATION_ANSWERED, 9, "当日递交后没有登记，回执见附卷。",
                         ref="霁府复字〔{year}〕49号")),
        ),
    ),
    Story(
        key="bulu-queren", body=OFFICE, ago=76, who=NING, channel=Channel.FAX, medium=SupplyMedium.PAPER,
        delivery=Delivery.FAX,
        wanted="2025年县政府重大行政决策事项目录的调整情况。",
        steps=(
            (0, act(Action.CONFIRM_RECEIPT)),
            (6, proposed(Action.ASSIGN, 4, "当日已交政策研究股办理，漏记。", to="政策研究股")),
            (1, settled(confirms=True)),
            (5, letter("granted.given", given=("2025年重大行政决策事项目录调整说明",),
                       delivery="传真并寄送纸质文本")),
            (3, act(Action.DELIVERED)),
        ),
    ),
)  # fmt: skip
