"""The words by which reports name what they count.

Every pattern is matched against a *lead*: the words of a clause that stand before a number. Patterns end in
`$`, so that the words next to the number decide.
"""

from __future__ import annotations

import re

from gongkai.report.auditing.narrative.accounts import LEGAL, Act
from gongkai.report.schema import NATURAL

GLUE = (
    r"(?:的)?(?:总数|总量|数量|件数|数|量)?"
    r"(?:分别为|均为|共计|合计|总计|累计|共有|共|计|为|有|是|达到?|:|均|各|约|近|超过?|逾)*$"
)

REQUEST = (
    r"(?:(?:政府|政务)?信息依申请公开|依申请公开(?:政府|政务)?(?:信息)?(?:申请)?|依申请(?:政府)?信息公开|"
    r"申请(?:政府|政务)?信息公开|申请公开(?:政府)?信息(?:的申请)?|公开(?:政府)?信息申请|(?:(?:政府|政务)?信息)?公开的?申请|"
    r"(?:政府|政务)信息申请|(?:政府|政务)?信息公开|依申请|申请)(?:类)?(?:申请)?(?:案件|事项|办件|件|信息|工单|请求|业务)?"
)
REQUEST_WORDS = re.compile(
    r"依申请|申请公开|公开申请|公开的申请|申请信息公开|申请政府信息|信息申请|信息公开\d+件|申请总?量"
)
PLAIN_REQUESTS = re.compile(
    r"(?:收到|新收|新增|新接|受理|接收|接到)(?:了|的|有效)*申请(?:共计?|合计|数|为|有|:)*\d|"
    r"(?<!主动公开、)(?<!主动公开和)依申请公开(?:共计?|合计|为|:)*\d+件"
)
OTHER_BUSINESS = re.compile(
    r"救助|补贴|补助|许可|审批|登记|认定|公证|仲裁|援助|低保|住房|保障房|贷款|资质|证照|医保|社保|公文|文件|属性|制发|"
    r"复议申请|窗口|大厅|业务|事项"
)
REQUESTS_INLINE = re.compile(r"依申请公开(?:信息|政府信息)?(?:方面|情况|工作|办理情况|办件情况)*[，,:]")
OUTCOME_NAMES = re.compile(
    r"(?:予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理)[”\"]?(?:的|类|申请)*(?:共|为|有|:)?\d|"
    r"\d[件宗起](?:予以公开|部分公开|不予公开|无法提供|不予处理)"
)
APPLICANT_NAMES = re.compile(
    r"(?:自然人|商业企业|科研机构|社会公益组织|法律服务机构)[”\"]?(?:的|类|申请|提出)*(?:共|为|有|:)?\d"
)
NEW_MATTER = re.compile(
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]、|\d{1,2}[.、](?!\d)|[①-⑨])"
    r"|[一二三四五六七八九十]是|(?:同时|此外|另外|加强|强化|推进|深化|开展|组织|召开|围绕|聚焦)"
)
BROUGHT_AGAINST = re.compile(r"被(?:申请|提起|复议|起?诉)")
NOT_OF_REQUESTS = re.compile(
    r"受理|审理|(?<!未)审结|调解|法治|出庭|负责人|执法|处罚|许可|复议机|行政复议(?:体制|局|委员会|办公室)|府院|化解|案例|"
    r"决定书|建议书|司法|培训|庭审|旁听|典型|其[他它]类"
)
_WHO = (
    r"(?:(?:来自)?(?:公民|法人|其[他它]组织|社会公众|社会|公众|群众|申请人|市民|企业|个人|[、和或及与])*"
    r"(?:提出|提交|递交|的)*)"
)
_ACTS: tuple[tuple[str, Act], ...] = (
    (r"新收到?|新受理|新接收|新增|本年(?:度)?新收到?", Act.NEW),
    (r"收到|接收|接到|收取|收件|收", Act.RECEIVED),
    (r"收办|受理|登记|承办|接收办理", Act.ACCEPTED),
    (r"办理|处理|处置|办复|办件", Act.HANDLED),
    (r"办结|办理完[毕成结]|处理完[毕成]|完结", Act.DONE),
    (r"答复|回复|反馈", Act.REPLIED),
)
_VERB = "|".join(f"(?:{pattern})" for pattern, _ in _ACTS)
VERB_LEAD = re.compile(
    rf"(?P<verbs>(?:(?:{_VERB})(?:、|和|并|及|并且|且)?(?:已|依法|按时|按期)*){{1,3}})"
    rf"(?P<mode>了|的|有效|各类|全部|有关|相关|涉及|\d{{4}}年)*{_WHO}(?:各类|有关|相关)?(?P<object>{REQUEST})?{GLUE}"
)
DONE_LEAD = re.compile(rf"(?:办结|答复|办理完[毕结]){GLUE}")
_ONE_VERB = [(re.compile(pattern), act) for pattern, act in _ACTS]
NOUN_LEAD = re.compile(rf"(?P<object>{REQUEST}){GLUE}")
PLAIN_PREFIX = re.compile(
    r"^(?:\d{4}年度?|即|本年度?|今年|当年|全年度?|年内|截至年底|至年底|已|报告期内?|统计期内|一年来|期间|共有?|总共|累计|合计|"
    r"[全我本](?:省|市|县|区|镇|乡|街道|局|委|办|厅|院|系统|机关|单位|部门)|各类|的|、)*$"
)
TAIL_REQUEST = re.compile(
    r"^(?:的)?(?:有效)?(?:依申请|(?:政府|政务)?(?:信息)?公开的?申请|申请|(?:政府|政务)?信息公开)"
)
WITH_CARRIED = re.compile(
    r"^[，,]?\((?:其中)?[:]?(?:本年度?|当年)?新[收增][^()]{0,16}(?:结转|转入|遗留)|^[^。;，,()]{0,12}[(，,]?[^。;，,()]{0,4}(?<!不)(?:包?含|包括)[^。;()]{0,14}?(?:结转|转入|遗留|转结|上年|去年)"
)


def acts(verbs: str) -> list[Act]:
    """Return the acts a run of verbs names: 收到并办结 -> received, done."""
    found = []
    at = 0
    while at < len(verbs):
        hits = [(m.end(), act) for pattern, act in _ONE_VERB if (m := pattern.match(verbs, at))]
        if hits:
            at, act = max(hits, key=lambda hit: hit[0])
            found.append(act)
        else:
            at += 1
    return found


_DO = r"(?:继续)?(?:办理|处理|答复|办结)?(?:的)?"
_CARRY = r"(?:结转|转结|接转|转[入来]|遗留|未办结|顺延|延续)"
CARRIED_IN_LEAD = re.compile(
    rf"(?:(?:上(?:一)?年度?|去年度?|往年|(?P<from>\d{{4}})年度?)(?:的)?(?:未办结|遗留)?(?:{_CARRY}){{1,2}}"
    rf"|{_CARRY}(?:的)?(?:自|于)?(?:上(?:一)?年度?|去年|(?P<of>\d{{4}})年度?)(?:的)?)"
    rf"(?:的)?(?:至|到|入|于)?(?:本年度?|今年|(?P<into>\d{{4}})年度?|本期)?(?:的)?{_DO}(?:{REQUEST})?{GLUE}"
)
_OUT = (
    r"(?:结转|转结|转|顺延|延续|延期|转入|结存|流转)(?:至|到|入|于)?"
    r"(?:下(?:一)?(?:个)?年度?|次年度?|明年|来年|下半年|(?P<out>\d{4})年度?)"
)
CARRIED_OUT_LEAD = re.compile(rf"{_OUT}(?:的)?{_DO}(?:{REQUEST})?{GLUE}")
CARRIED_OUT_TAIL = re.compile(rf"^[^，,。;:、()\d]{{0,22}}?{_OUT}")
YEAR_END_CARRIED_LEAD = re.compile(
    r"^(?:[、,，;]|至|截至|另有?|(?:19|20)\d\d年(?=[底末]))*(?:年?[底末])(?:仍有)?结转(?:申请)?(?:共|为|:|了)*$"
)
BARE_CARRIED_LEAD = re.compile(
    r"^(?:[、,，;]|共|并|另有?|其中|至|截至|\d{4}年(?=[底末])|年?[底末]|本年度?|当年|未办结|未到期)*结转(?:申请)?(?:共|为|:|了)*$"
)
STILL_OPEN_TAIL = re.compile(
    rf"^[^，,。;:、()\d]{{0,8}}(?:未办结|[尚仍]在办理|正在办理|在办|未到期|未答复|未完)[^，,。;:、()\d]{{0,10}}[，,]"
    rf"[^，,。;:、()\d]{{0,12}}?{_OUT}"
)
STILL_OPEN_LEAD = re.compile(
    rf"(?:(?:尚|正|仍|还)(?:处)?(?:在|于)?(?:依法)?(?:办理|处理|答复)(?:之)?(?:中|过程中)?|(?<![所存现处])在办|待(?:答复|办理|办结)|"
    rf"(?:尚|仍)?未(?:办结|答复|到期|办理完[毕结])|在途)(?:的)?(?:{REQUEST})?{GLUE}"
)
NOT_THE_ACT = re.compile(
    r"(?:尚|正|仍|还|待|未|暂|无法|不|提前|当场|当日|当天|即时|延期|逾期|超期|可|其[他它]|征|回|验|没|吸|招|签)(?:在|予|能|以)?$"
)
OF_THOSE_LEAD = re.compile(r"^对[^，,。;]{2,24}的$")
NAMED_BEFORE = re.compile(r"(?:申请|依申请公开)(?:事项|件)?(?:共|已|均)*$")
COUNTED_BEFORE = re.compile(r"\d(?:余|多)?[件起宗份条]")
ANSWERED_TAIL = re.compile(
    r"^(?:政府信息公开)?申请(?:均|已|依法|按期|分别)*(?:作出|做出|予以)[^，,。;\d]{0,6}答复"
)
BARE_OTHER = re.compile(rf"^(?:以及|和)?其[他它](?:情形|类|情况)?{GLUE}")
OTHER_MATTER = re.compile(
    r"来访|信访|咨询|信箱|留言|热线|来信|建议|提案|工单|投诉|诉求|会商|意见|征求|培训|审查|属性"
)

_TOTAL_GROUP: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:予以)?(?:全部)?公开(?:和|及|与|、|或|以及)(?:予以)?部分公开", ("granted", "partial")),
    (
        r"(?<!不)(?:予以|予|同意|准予|准许|依法)(?:主动|全部|全面|依法)?公开|(?<!不)(?:全部|完全|全面)公开",
        ("granted",),
    ),
    (r"(?:予以)?部分(?:予以)?公开|区分处理(?:后)?(?:部分公开)?", ("partial",)),
    (r"不予(?:以)?公开|不同意公开|(?<![部分能主])不公开", ("denied",)),
    (r"无法(?:予以)?提供|不能提供|无法(?:予以)?公开", ("unable",)),
    (r"不予(?:以)?(?:行政)?处理", ("declined",)),
    (r"(?:作|做|作出|以|按|予以)?其[他它](?:方式)?(?:处理|办理)", ("other",)),
)
GROUP_LEADS = [
    (
        re.compile(rf"(?:{pattern})[”\"]?(?:的)?(?:(?:政府信息公开)?申请|信息|件|决定|答复|情形|类)?{GLUE}"),
        groups,
    )
    for pattern, groups in _TOTAL_GROUP
]
WITH_PARTIAL = re.compile(r"^\((?:其中)?(?:包?含|包括)(?:予以)?部分公开(?=[)的]|$)")
BESIDE_GRANTED = re.compile(r"(?:部分公开|不予?公开|无法提供|不予处理)[”\"]?(?:的)?\d")
BARE_GRANTED = re.compile(rf"^(?:其中|[、,，:])*公开{GLUE}")
GROUP_TAIL = [
    (re.compile(rf"^(?:申请)?(?:被|已|均|为|属于?|作出?|依法|,|，)*(?:{pattern})"), groups)
    for pattern, groups in _TOTAL_GROUP
]
GROUP_ENDS = [(re.compile(rf"(?:{pattern})(?:的)?$"), groups) for pattern, groups in _TOTAL_GROUP]
JOINED = re.compile(r"(?:、|和|及|与|或者?|以及|/)$")
JOINS = re.compile(r"^(?:的)?(?:、|和|及|与|或者?|以及|/)(?!\d)")
PUBLICITY = re.compile(r"(?:制发|印发|公文|文件|发文)[^。]*?主动公开(?:类|的|件)*\d")
SAMPLED = re.compile(r"抽查|抽取|抽样|评查|(?<!执法)案卷|案例|随机")
ACT_COUNTED = re.compile(
    r"(?:^|[，,;。:()])([^，,;。:()\d]*?)(?:收到|受理|办理|办结|答复|承办|接收)[^，,;。:()\d]{0,16}\d[\d,]*件"
)
LETTERS = re.compile(r"建议|提案|信箱|留言|热线|工单|转办单|来信|来访|咨询|信访事项")
_ROWS: tuple[tuple[str, str], ...] = (
    (r"国家秘密", "denied.state_secret"),
    (r"(?:其[他它])?法律(?:、|和)?行政法规禁止公开", "denied.law_prohibited"),
    (r"三安全一稳定[\"”]?", "denied.security_stability"),
    (r"(?:保护)?第三方合法权益", "denied.third_party"),
    (r"内部事务(?:信息|类信息)?", "denied.internal_affairs"),
    (r"过程性信息", "denied.process_info"),
    (r"(?:行政)?执法案卷(?:信息)?", "denied.enforcement_file"),
    (r"行政查询事项", "denied.admin_inquiry"),
    (r"不掌握(?:相关)?(?:的)?(?:政府)?(?:信息)?", "unable.not_held"),
    (r"(?:没有|无)现成(?:的)?信息(?:(?:、|，|,)?需要?另行制作)?|需要?另行制作", "unable.needs_creation"),
    (r"补正后(?:的)?(?:申请)?(?:内容)?仍不明确", "unable.still_unclear"),
    (r"信访(?:、)?举报(?:、)?投诉类?", "declined.petition"),
    (r"重复(?:提出)?(?:的)?申请", "declined.duplicate"),
    (r"(?:要求)?提供公开出版物", "declined.publication"),
    (r"大量反复申请", "declined.excessive"),
    (r"确认或(?:者)?重新出具(?:已获取(?:的)?)?信息", "declined.confirm_reissue"),
    (r"逾期(?:未|不)补正(?:的)?", "other.no_correction"),
    (r"逾期(?:未|不)(?:按[^，,]{0,8})?(?:缴|交)纳?(?:费|费用)", "other.fee_unpaid"),
)
ROW_LEADS = [
    (re.compile(rf"(?:{pattern})[\"”]?(?:的|类)?(?:申请|信息)?(?:而)?{GLUE}"), row) for pattern, row in _ROWS
]
ROW_WORDS = [(re.compile(pattern), row) for pattern, row in _ROWS]

_ASKS = r"(?:的)?(?:提出|提交|递交)?(?:的)?(?:政府)?(?:信息)?(?:公开)?(?:申请)?(?:件)?"
APPLICANT_LEADS: list[tuple[re.Pattern[str], tuple[str, ...]]] = [
    (re.compile(rf"(?:{pattern})(?:类)?{_ASKS}{GLUE}"), columns)
    for pattern, columns in (
        (r"(?<![、和与及，,])法人(?:或者|或|和|及|、|与)其[他它]组织", LEGAL),
        (r"(?<!法)自然人|(?<![、和])公民(?:个人)?", (NATURAL,)),
        (r"商业企业", ("business",)),
        (r"科研机构", ("research_institute",)),
        (r"社会公益组织", ("public_benefit_org",)),
        (r"法律服务机构", ("legal_service_org",)),
    )
]

APPLICANT_TAILS = [
    (re.compile(rf"^(?:为|由|系|是|属于?)(?:{pattern})(?:提出|提交|的|申请)*(?=[，,;。、(])"), columns)
    for pattern, columns in (
        (r"法人(?:或者|或|和|及|、|与)其[他它]组织", LEGAL),
        (r"自然人|公民(?:个人)?", (NATURAL,)),
        (r"商业企业", ("business",)),
    )
]

REMEDY_LEAD = re.compile(
    r"(?P<direct>(?:未经(?:行政)?复议)?直接(?:提起(?:行政)?诉讼|起诉))|(?P<after>(?:行政)?复议后(?:再|又)?(?:提起(?:行政)?诉讼|起诉))"
    r"|(?P<suit>(?:行政)?(?:诉讼|应诉)|被起?诉(?!讼))|(?P<recon>复议)"
)
REMEDY_REST = re.compile(rf"^(?:的)?(?:申请|案件|事项|纠纷|类|案|答复|应诉)*(?P<glue>{GLUE[:-1]})$")
REMEDY_PAIR = re.compile(r"(?:复议|诉讼)(?:申请|案件|案)?(?:、|和|及|与|或|/|以及)(?:行政|提起|被|因)*$")
REMEDY_TAIL = re.compile(
    r"^(?:因|涉及?|与)?(?:政府|政务)?(?:信息公开)?(?:申请)?(?:的|类)?(?:行政)?(?P<what>复议(?!后)|诉讼|应诉)"
)
REMEDY_LINK = re.compile(r"^(?:政府信息公开)?(?:类)?(?:行政)?(?:复议|诉讼)(?:案件|申请)?(?:、|和|及|与|以及)")
REMEDY_VERB = re.compile(r"(?:引发|发生|产生|引起|涉及|收到|有|共|提起|办理|应对|导致)(?:了)?$")
NOT_REMEDY = re.compile(
    r"上年|去年|上一年|往年|历年|历史|结转|较|比|第三人|一审|二审|再审|避免|减少|下降|审结|办结|新收|新增|撤回|涉及的"
)
AS_ORGAN = re.compile(r"受理|审理|审结|审查|立案")
IS_ORGAN = re.compile(r"为(?:行政)?复议机[关构]|复议机[关构]职[责能]|行政复议(?:办公室|局|委员会)")
OF_ALL_WORK = re.compile(r"^(?:中[，,]?|[，,]其中)[^，,。;\d]{0,8}信息公开")
APART = re.compile(r"(?:另|还|其余|余)外?有?$")
_RESULTS = (
    (r"维持", "upheld"),
    (r"纠正|纠错", "corrected"),
    (r"其[他它](?:结果)?", "other"),
    (r"已(?:经)?(?:审结|办结|结案)", "closed"),
    (r"尚未(?:审|办)结|未(?:审|办)结|正在审理中?|尚在审理中?|审理中|待审理?|在审", "pending"),
)
_SAID = (
    r"(?:结果|被|予以|均|已|获|为|仍|尚|判决|裁定|决定|复议机关|法院|行政|机关|[、:,，]|其中|另有?|还有|剩余|"
    r"有)*"
)
RESULT_LEADS = [
    (re.compile(rf"^{_SAID}(?:{p})(?:原[^，,]{{0,8}})?(?:的)?{GLUE}"), column) for p, column in _RESULTS
]
RESULT_TAILS = [
    (re.compile(rf"^(?:案件)?{_SAID}(?:{p})"), column) for p, column in _RESULTS if column != "other"
]
SHORT_LEAD = re.compile(r"^(?:其中|另有?|还有|有|剩余|余下|其余|年[底末]|未办结的|、|,|，|和|及|以及|对)*$")
DISMISSED = re.compile(r"驳回[^，,。;\d]{0,12}\d|\d[件起]?(?:被|予以|裁定|判决)?驳回")
LOST_LEAD = re.compile(rf"^{_SAID}(?:一审|二审)?败诉(?:案件)?{GLUE}")
OVERTURNED_LEAD = re.compile(rf"^{_SAID}(?:撤销|确认违法|责令[^，,、]{{2,8}}){GLUE}")
OVERTURNED_TAIL = re.compile(rf"^(?:案件)?{_SAID}(?:撤销|确认违法|责令)")
OVERTURNED = re.compile(
    r"(?:纠正|纠错|撤销|确认违法|责令|变更)[^，,。;\d]{0,8}\d|\d[件起](?:被|予以|结果)?(?:纠正|纠错|撤销|确认违法|责令|变更)"
)
ONE_RESULT = [
    (re.compile(rf"^\((?:结果)?(?:为|被)?(?:{p})\)"), column)
    for p, column in (("维持", "upheld"), ("纠正|纠错|撤销|确认违法", "corrected"), ("尚?未审结", "pending"))
]

_DOCUMENT = r"(?:行政)?(?:规范性)文件"
DOCUMENT_LEAD = re.compile(rf"(?P<rules>(?:政府)?规章)(?:文件)?{GLUE}|(?P<normative>{_DOCUMENT}){GLUE}")
DOCUMENT_ACTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:废止|宣布失效|失效)(?:和|、|及|或)?(?:宣布)?(?:失效|废止)?[^，,]{0,12}$"), "repealed"),
    (re.compile(r"(?:现行有效|继续有效|有效)(?:的)?[^，,]{0,12}$"), "in_force"),
    (re.compile(r"(?:制发|制定|新制作|新制定|出台|印发|新发|制作)[^，,]{0,18}$"), "made"),
    (re.compile(r"(?:公开|公布|发布|新增)[^，,]{0,18}$"), "published"),
)
ELLIPSIS_LEADS = (
    (
        re.compile(
            r"^(?:[、,，]|已|共|其中|并|同时|及时|依法|宣布|和|及|新)*(?:废止|失效|废止失效)(?:和失效)?(?:的)?(?:文件)?(?:件数|数量|数)?(?:共|为|:)*$"
        ),
        "repealed",
    ),
    (
        re.compile(
            r"^(?:[、,，]|其中|目前|截至[^，,]*|共|尚)*(?:现行有效|继续有效)(?:的)?(?:文件)?(?:件数|数量|数)?(?:共|为|:)*$"
        ),
        "in_force",
    ),
    (
        re.compile(r"^(?:[、,，]|其中|本年度?|共|新)*(?:制发|制定|出台|印发)(?:的)?(?:文件)?(?:共|为|:)*$"),
        "made",
    ),
)
REPEALED_ONLY = re.compile(r"废止(?![^，,。;\d]{0,6}失效)[^，,。;\d]*(?:《[^》]*》[^，,。;\d]*)*\d")
LAPSED_ONLY = re.compile(
    r"(?<!废止)(?<!废止和)(?<!废止、)(?<!废止或)(?:宣布)?失效(?![^，,。;\d]{0,4}废止)[^，,。;\d]*\d"
)
NOT_DOCUMENTS = re.compile(
    r"部门规范性文件|党内|刊登|刊发|公报|解读|备案|审查|审核|评估|转载|转发|上级|征求|草案|收录|汇编|修订|修改|清理(?!后?废止)|"
    r"等$|类$|与|属性|拟|上报|政策性|报送|梳理|去年|上年|累计"
)
FEES_LEAD = re.compile(
    r"(?:收取|征收|收缴)(?:的)?行政事业性收费(?:总金额|总额|金额|收入)?(?:共计|合计|共|计|为|达|约|:)*$"
)
BARE_FEES_LEAD = re.compile(
    r"^(?:全年|本年度?|全[省市县区]|我[省市县区局]|共|、)*行政事业性收费(?:总金额|总额|金额|收入)?(?:共计|合计|共|计|为|达|:)*$"
)
NOT_FEES = re.compile(r"减免|免征|减征|降低|减轻|取消|优惠|节约")
_DECIDED = r"行政(?P<what>许可|处罚|强制)(?:案件|事项|措施|执行)?(?:的)?(?:处理)?(?:决定)?"
BARE_DECISION_LEAD = re.compile(
    rf"^(?:全年|本年度?|全[省市县区]|我[省市县区局]|{{year}}|共|、|作出|实施|办理|和|及)*{_DECIDED}{GLUE}".replace(
        "{year}", r"\d{4}年"
    )
)
DECISIONS_LISTED = re.compile(r"行政(?:许可|处罚|强制)[^，,。;、\d公信]{0,8}\d[\d,.]*万?件")
NOT_DECISIONS = re.compile(r"公示|公开|信息|立案|复议|结案|移送|听证|公布|归集|评查|线上|网办")
PROJECTS_LEAD = re.compile(rf"政府集中采购(?:项目)?{GLUE}")
DECISION_LEAD = re.compile(
    r"(?:作出|做出|办理|实施|处理)(?:各类|的)*行政(?P<what>许可|处罚|强制)(?:案件|事项|措施)?(?:处理)?(?:决定)?"
    + GLUE
)

# The ways in which requests are received.
WAYS = (
    ("net", re.compile(r"网|在线|线上|平台|电子|系统")),
    ("post", re.compile(r"信函|邮寄|邮政|邮件|来函|信件|挂号|快递")),
    ("face", re.compile(r"当面|现场|窗口|面交|上门|到场")),
    ("fax", re.compile(r"传真")),
    ("other", re.compile(r"其[他它]")),
)
ALL_WAYS = {"net", "post", "face"}
