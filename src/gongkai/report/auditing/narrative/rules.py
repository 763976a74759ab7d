"""Rules that hold the prose against the tables: every number, every denial, every word about all cases."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.sources import FORM2021, PRACTICE, R711
from gongkai.report.auditing.narrative.accounts import Act
from gongkai.report.auditing.narrative.assertions import Assertion, Tone, assertions
from gongkai.report.auditing.narrative.claims import Claim, Concern, claims
from gongkai.report.auditing.narrative.ledger import Account, Numbers, numbers
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.findings import Level, Quote
from gongkai.report.numerals import Number
from gongkai.report.schema import CARRIED_OUT, TOTAL, CellId, Report

_SAYS = "正文称“{words}”，而{account}为{found}{others}"


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Return what the prose of a report claims of its tables."""
    return claims(report.sections, report.agency, report.year, report.edition)


def assertions_of(report: Report) -> tuple[Assertion, ...]:
    """Return what the prose of a report denies or says of all cases."""
    return assertions(report.sections, report.agency, report.year, report.edition)


def shown(value: Number) -> str:
    """Return a number as it stands in a sentence."""
    return f"{value:f}" if not isinstance(value, int) else str(value)


def claim_quote(claim: Claim) -> Quote:
    """Return the clause of a claim, its number marked."""
    return claim.passage.quote(claim.start, claim.mention.end, (claim.mention.start, claim.mention.end))


def words_of(claim: Claim) -> str:
    """Return the words of a claim, without white space."""
    return claim.passage.text[claim.start : claim.mention.end]


def open_accounts(claim: Claim, known: Numbers) -> tuple[Account, ...]:
    """Return the accounts a claim may stand for; a share of another number is read as that number is."""
    base = claim.base
    if claim.concern is not Concern.APPLICANT or base is None or base.topic in _OF_EITHER:
        return claim.accounts
    borne_out = {a.key for a in base.accounts if _fits(base, a, known)}
    return tuple(a for a in claim.accounts if a.key in borne_out) or claim.accounts


# 收到150件，办结149件，其中自然人139件: the parts may be of either number.
_OF_EITHER = (Act.DONE.value, Act.REPLIED.value)


def _fits(claim: Claim, account: Account, known: Numbers) -> bool:
    value = account.value(known)
    return value is not None and claim.mention.fits(value)


def _judge(claim: Claim, known: Numbers) -> Iterator[Outcome]:
    """Yield what is wrong with a claim: nothing where one of its accounts bears it out."""
    accounts = open_accounts(claim, known)
    if any(_fits(claim, account, known) for account in accounts):
        return
    strict = [a for a in accounts if not a.loose]
    values = [value for a in strict if (value := a.value(known)) is not None]
    if len(values) < len(strict):
        yield Skip(f"“{words_of(claim)}”所指的表格数字有空白或无法辨认", strict[0].cells)
        return
    found, *others = dict.fromkeys(shown(value) for value in values)
    yield Hit(
        *strict[0].cells,
        *strict[0].less,
        quote=claim_quote(claim),
        level=claim.level,
        words=words_of(claim),
        said=shown(claim.mention.value),
        account=strict[0].name,
        found=found,
        others=f"（按其他口径为{'、'.join(others)}）" if others else "",
    )


def _judge_all(dossier: Dossier, *concerns: Concern) -> Iterator[Outcome]:
    made = [c for c in claims_of(dossier.report) if c.concern in concerns]
    if not made:
        return
    known = numbers(dossier.report)
    for claim in made:
        yield from _judge(claim, known)


@rule(
    "NR01",
    "正文申请数量与表三一致",
    _SAYS,
    source=R711.art(50),
)
def request_numbers_agree(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写收到、受理、办理、办结、答复的申请件数，须与表三相应数字之一相等。

    “新收”“收到”指本年新收；“受理”“办理”可指新收、新收加结转或办结，三者都不等才算错；“办结”“答复”指
    （七）总计，也可只数当年新收中办结的。写明“含上年结转”的，按新收加结转核对。他人的、往年的、
    分渠道分类别的数字不核对。

    Right: 正文“受理申请40件”，表三新收36、结转4。
    Wrong: 正文“新收申请40件”，表三新收36、结转4。
    """
    yield from _judge_all(dossier, Concern.INTAKE)


@rule(
    "NR02",
    "“收到”的口径",
    "正文称“{words}”，是新收与上年结转之和；表三本年新收为{found}，“收到”宜只计新收，或写明含上年结转",
    source=FORM2021.part("表三第一项、第二项"),
    level=Level.WARNING,
)
def received_means_new(dossier: Dossier) -> Iterator[Outcome]:
    """正文说“收到”若干件而未写明含结转的，应为本年新收，不含上年结转。

    Right: 新收36、结转4，正文“收到申请36件”，或“收到申请40件（含上年结转4件）”。
    Wrong: 新收36、结转4，正文“收到申请40件”。
    """
    made = [c for c in claims_of(dossier.report) if any(a.loose for a in c.accounts)]
    known = numbers(dossier.report) if made else {}
    for claim in made:
        strict = [a for a in claim.accounts if not a.loose]
        if any(_fits(claim, a, known) for a in strict):
            continue
        wide = next((a for a in claim.accounts if a.loose and _fits(claim, a, known)), None)
        value = strict[0].value(known)
        if wide is not None and value is not None:
            yield Hit(
                *wide.cells,
                quote=claim_quote(claim),
                words=words_of(claim),
                said=shown(claim.mention.value),
                found=shown(value),
            )


@rule("NR03", "正文结转数量与表三一致", _SAYS, source=R711.art(50))
def carried_numbers_agree(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写上年结转、结转下年度的件数，须与表三第二项、第四项的总计相等。

    Right: 正文“另有6件结转下年度办理”，表三结转下年度6。
    Wrong: 正文“含上年度结转3件”，表三上年结转4。
    """
    yield from _judge_all(dossier, Concern.CARRIED)


@rule("NR04", "正文办理结果与表三一致", _SAYS, source=R711.art(50))
def outcome_numbers_agree(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写予以公开、部分公开、不予公开、无法提供、不予处理、其他处理及其小项的件数，须与表三一致。

    大类是其下各小项总计之和：不予公开八项，无法提供三项，不予处理五项，其他处理三项（2019年格式一项）。

    Right: 正文“无法提供9件”，表三无法提供三小项为7、2、0。
    Wrong: 正文“因不掌握等原因无法提供7件”，表三无法提供三小项为7、2、0。
    """
    yield from _judge_all(dossier, Concern.OUTCOME)


@rule("NR05", "正文申请人分类与表三一致", _SAYS, source=R711.art(50))
def applicant_numbers_agree(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写自然人、法人或其他组织（五列之和）、商业企业等的申请件数，须与表三相应列一致，口径随总数。

    Right: 正文“办理申请40件，其中自然人33件”，表三自然人新收30、结转3。
    Wrong: 正文“新收36件，其中自然人33件”，表三自然人新收30、结转3。
    """
    yield from _judge_all(dossier, Concern.APPLICANT)


@rule("NR06", "正文复议诉讼数量与表四一致", _SAYS, source=R711.art(50))
def remedy_numbers_agree(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写行政复议、行政诉讼的件数及其结果，须与表四一致；诉讼为直接起诉与复议后起诉两组之和。

    Right: 正文“行政复议5件、行政诉讼3件”，表四复议总计5，两组诉讼总计1和2。
    Wrong: 正文“行政复议5件，其中维持4件”，表四复议结果维持3。
    """
    yield from _judge_all(dossier, Concern.REMEDY)


@rule("NR07", "正文文件与执法数量与表二一致", _SAYS, source=R711.art(50))
def document_numbers_agree(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写规章、行政规范性文件的制发、废止、现行有效件数和行政许可、处罚、强制件数，须与表二一致。

    只说“公开”“发布”而未说制发的，与制发、现行有效都不等才提示核对。政策文件、部门规范性文件、公报
    刊登的文件不核对。

    Right: 正文“制发行政规范性文件7件，废止2件”，表二制发7、废止2。
    Wrong: 正文“现行有效行政规范性文件31件”，表二现行有效30。
    """
    yield from _judge_all(dossier, Concern.DOCUMENT)


def _denials(dossier: Dossier, *tones: Tone, soft: bool = False) -> Iterator[Outcome]:
    made = [a for a in assertions_of(dossier.report) if a.tone in tones]
    known = numbers(dossier.report) if made else {}
    for assertion in made:
        accounts = assertion.soft if soft else assertion.accounts
        values = [(account, account.value(known)) for account in accounts]
        against = [(account, value) for account, value in values if value]
        unknown = [account for account, value in values if value is None]
        if against:
            yield _against(assertion, against)
        elif unknown:
            yield Skip("表格中相应的数字有空白或无法辨认", unknown[0].cells)


def _against(assertion: Assertion, against: list[tuple[Account, Number]]) -> Hit:
    passage = assertion.passage
    return Hit(
        *dict.fromkeys(cell for account, _ in against for cell in account.cells),
        quote=passage.quote(assertion.start, assertion.end, assertion.mark),
        words=passage.text[assertion.start : assertion.end].strip("\n"),
        found="，".join(f"{account.name}为{shown(value)}" for account, value in against),
    )


@rule("NR08", "正文说没有的，表格中也没有", "正文称“{words}”，而{found}", source=R711.art(50))
def nothing_denied_is_counted(dossier: Dossier) -> Iterator[Outcome]:
    """正文说无（未发生、未收到、零）复议、诉讼、纠错、申请、结转、规范性文件的，表格相应数字须为零。

    Right: 正文“本年度没有因信息公开引发的行政复议”，表四复议总计0。
    Wrong: 正文“未发生行政复议、行政诉讼”，表四复议总计2。
    """
    yield from _denials(dossier, Tone.DENIED)


@rule("NR09", "“均获维持”与表四一致", "正文称“{words}”，而{found}", source=R711.art(50))
def all_upheld(dossier: Dossier) -> Iterator[Outcome]:
    """正文说复议、诉讼均获维持的，表四相应的结果纠正、其他结果、尚未审结须为零。

    Right: 正文“行政复议3件，均被维持”，表四复议维持3、其余为零。
    Wrong: 正文“行政复议3件，均被维持”，表四复议维持2、尚未审结1。
    """
    yield from _denials(dossier, Tone.UPHELD)


@rule("NR10", "“均已结案”与表四一致", "正文称“{words}”，而{found}", source=R711.art(50))
def all_closed(dossier: Dossier) -> Iterator[Outcome]:
    """正文说复议、诉讼均已审结的，表四相应的尚未审结须为零。

    Right: 正文“行政诉讼2件，均已审结”，表四两组诉讼尚未审结0。
    Wrong: 正文“行政诉讼2件，均已审结”，表四未经复议直接起诉尚未审结1。
    """
    yield from _denials(dossier, Tone.CLOSED)


@rule("NR25", "“均被纠正”“均未审结”与表四一致", "正文称“{words}”，而{found}", source=R711.art(50))
def all_overturned_or_pending(dossier: Dossier) -> Iterator[Outcome]:
    """正文说复议、诉讼均被纠正（撤销、确认违法、败诉）或者均未审结的，表四相应的其余各列须为零。

    Right: 正文“行政复议2件，均未审结”，表四复议尚未审结2、其余为零。
    Wrong: 正文“行政复议2件，均被撤销”，表四复议结果维持2。
    """
    yield from _denials(dossier, Tone.OVERTURNED, Tone.PENDING)


@rule("NR11", "“无败诉”与表四一致", "正文称“{words}”，而{found}", source=R711.art(50))
def no_suit_lost(dossier: Dossier) -> Iterator[Outcome]:
    """正文说没有败诉的，表四两组诉讼的结果纠正须为零。

    Right: 正文“无一败诉”，表四两组诉讼结果纠正均为0。
    Wrong: 正文“无败诉案件”，表四复议后起诉结果纠正1。
    """
    yield from _denials(dossier, Tone.UNBEATEN)


@rule(
    "NR12",
    "“无败诉”与复议纠错并存",
    "正文称“{words}”，而{found}；败诉虽指诉讼，仍宜把复议纠错一并写明",
    source=PRACTICE.part("表四与正文对照"),
    level=Level.INFO,
)
def no_loss_beside_corrections(dossier: Dossier) -> Iterator[Outcome]:
    """正文把复议和诉讼放在一起说“无败诉”的，复议最好也没有被纠正的。

    Right: 正文“复议4件、诉讼1件，无败诉”，表四复议结果纠正0。
    Wrong: 正文“复议4件、诉讼1件，无败诉”，表四复议结果纠正2。
    """
    yield from _denials(dossier, Tone.UNBEATEN, soft=True)


@rule(
    "NR13",
    "“全部办结”与结转下年度并存",
    "正文称“{words}”，而{found}",
    source=R711.art(50),
    level=Level.WARNING,
)
def all_finished(dossier: Dossier) -> Iterator[Outcome]:
    """正文说所收申请全部办结（办结率100%）的，表三结转下年度继续办理须为零。

    前面的数字本身就是办结数的，不在此列。

    Right: 正文“收到申请12件，均已办结”，表三结转下年度0。
    Wrong: 正文“收到申请12件，均已办结”，表三结转下年度2。
    """
    made = [a for a in assertions_of(dossier.report) if a.tone is Tone.FINISHED]
    known = numbers(dossier.report) if made else {}
    left = known.get(CellId(3, CARRIED_OUT, TOTAL))
    for assertion in made:
        claim = assertion.claim
        finished = claim is not None and any(
            a.key.startswith("done") and _fits(claim, a, known) for a in claim.accounts
        )
        if left and not finished:
            yield _against(assertion, [(assertion.accounts[0], left)])
