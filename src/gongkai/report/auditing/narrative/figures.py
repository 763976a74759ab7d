"""Rules on the prose's own arithmetic and wording: sums, shares, growth, what is left out, units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.law.sources import FORM2021, PRACTICE, R711
from gongkai.report.auditing.narrative.accounts import RECONSIDERATION, SUITS, Act, act_accounts
from gongkai.report.auditing.narrative.claims import Claim, Concern
from gongkai.report.auditing.narrative.comparisons import comparisons
from gongkai.report.auditing.narrative.ledger import Numbers, numbers
from gongkai.report.auditing.narrative.mentions import Bound
from gongkai.report.auditing.narrative.partitions import Partition, partitions
from gongkai.report.auditing.narrative.proportions import Proportion, cut, growths, rounded, shares
from gongkai.report.auditing.narrative.prose import Passage, passages
from gongkai.report.auditing.narrative.rules import claim_quote, claims_of, open_accounts, shown, words_of
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, rule
from gongkai.report.findings import Level
from gongkai.report.numerals import Number
from gongkai.report.schema import CARRIED_OUT, OUTCOME_GROUPS, TOTAL_DONE, CellId, Report, SectionCode


@rule(
    "NR14",
    "总数等于分项之和",
    "正文称总数{said}{unit}，所列{count}项合计{total}{unit}，相差{gap}",
    source=PRACTICE.part("正文数据自洽"),
)
def parts_make_the_whole(dossier: Dossier) -> Iterator[Outcome]:
    """正文“共N条，其中：甲a条、乙b条……”所列各项之和，不得大于N；列举完整的，须等于N。

    列举完整，指以“其他”收尾，或用冒号、括号、“包括”列出三项以上同一量词的数字；所列四项以上已占九成八的，提示核对。括号里的再分项只计外层。只举例的、
    量词不一的、分渠道发布（可重复计）的不核对。

    Right: 正文“公开信息90条，其中：公文30条、公告50条、其他10条”。
    Wrong: 正文“公开信息90条，其中：公文30条、公告50条、其他20条”。
    """
    bound: dict[Passage, set[int]] = {}
    for claim in claims_of(dossier.report):
        if claim.concern is not Concern.INTAKE:
            bound.setdefault(claim.passage, set()).add(claim.mention.start)
    for passage in passages(dossier.report.sections):
        for found in partitions(passage, bound.get(passage, ())):
            total = found.total
            if found.level is not None and total != found.whole.value:
                yield _partition_hit(found, total)


def _partition_hit(found: Partition, total: Number) -> Hit:
    whole = found.whole
    marks = [(m.start, m.end) for m in (whole, *found.parts)]
    return Hit(
        quote=found.passage.quote(found.start, found.parts[-1].end, *marks),
        level=found.level,
        said=shown(whole.value),
        unit=whole.unit,
        count=len(found.parts),
        total=shown(total),
        gap=shown(max(total, whole.value) - min(total, whole.value)),
    )


@rule(
    "NR15",
    "各类办理结果之和等于办理总数",
    "正文所列各类办理结果合计{total}件，与正文所称{said}件、表三办理结果总计{found}件都不等",
    source=R711.art(50),
    level=Level.WARNING,
)
def outcomes_make_the_whole(dossier: Dossier) -> Iterator[Outcome]:
    """正文把予以公开、部分公开、不予公开、无法提供、不予处理、其他处理都列出的，其和须等于所称总数。

    列有结转下年度的，可连结转一并等于新收加上年结转。

    Right: 正文“办结10件：予以公开4、部分公开1、不予公开2、无法提供2、不予处理1、其他处理0”。
    Wrong: 正文“办结10件：予以公开4、部分公开1、不予公开2、无法提供2、不予处理0、其他处理0”。
    """
    made = claims_of(dossier.report)
    known = numbers(dossier.report) if made else {}
    for run in _outcome_runs(made):
        total: Number = sum(claim.mention.value for claim in run)
        bases = {c.mention.value for c in made if c.concern is Concern.INTAKE}
        out = {c.mention.value for c in made if c.accounts[0].key == CARRIED_OUT}
        done = known.get(CellId(3, TOTAL_DONE, "total"))
        right = {*bases, *({done} if done is not None else ())}
        if not right or total in right or any(total + left in right for left in out):
            continue
        yield Hit(
            CellId(3, TOTAL_DONE, "total"),
            quote=run[0].passage.quote(
                run[0].start, run[-1].mention.end, *((c.mention.start, c.mention.end) for c in run)
            ),
            total=shown(total),
            said="、".join(shown(b) for b in sorted(bases)) or "—",
            found=shown(done) if done is not None else "—",
        )


def _outcome_runs(made: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Yield each run of outcome claims that names all six groups once."""
    groups = frozenset(OUTCOME_GROUPS[next(iter(OUTCOME_GROUPS))])
    run: list[Claim] = []
    named: set[str] = set()
    for claim in made:
        if claim.concern is not Concern.OUTCOME or claim.mention.bound is not Bound.EXACT:
            continue
        keys = set(claim.accounts[0].key.split("+"))
        if not keys <= groups:
            continue
        if keys & named or (run and run[-1].passage is not claim.passage):
            run, named = [], set()
        run.append(claim)
        named |= keys
        if named == groups:
            yield run
            run, named = [], set()


def _bases(proportion: Proportion, known: Numbers, report: Report) -> list[Number]:
    said = proportion.claim.base
    found: list[Number] = [said.mention.value] if said is not None else []
    for account in act_accounts(Act.HANDLED, report.edition):
        value = account.value(known)
        if value is not None and account.key in ("done", "all", "new"):
            found.append(value)
    return [value for value in dict.fromkeys(found) if value]


@dataclass(frozen=True, eq=False)
class _WrongShare:
    """A share that no base bears out; `right` is what it should be of `base`."""

    share: Proportion
    base: Number
    right: tuple[Decimal, ...]
    was_cut: bool


def _wrong_shares(dossier: Dossier) -> Iterator[_WrongShare]:
    made = claims_of(dossier.report)
    if not made:
        return
    known = numbers(dossier.report)
    for passage in passages(dossier.report.sections):
        for share in shares(passage, made):
            wrong = _wrong_share(share, known, dossier.report)
            if wrong is not None:
                yield wrong


def _wrong_share(share: Proportion, known: Numbers, report: Report) -> _WrongShare | None:
    parts: list[Number] = [share.claim.mention.value]
    parts += [v for a in open_accounts(share.claim, known) if (v := a.value(known)) is not None]
    bases = _bases(share, known, report)
    said, decimals = Decimal(share.mention.value), share.mention.decimals
    pairs = [(part, base) for base in bases for part in dict.fromkeys(parts) if base >= part]
    if not pairs or any(rounded(part, base, decimals) == said for part, base in pairs):
        return None
    for part, base in pairs:
        if cut(part, base, decimals) == said:
            return _WrongShare(share, base, (rounded(part, base, decimals),), True)
    base = pairs[0][1]
    return _WrongShare(share, base, tuple(rounded(p, b, decimals) for p, b in pairs if b == base), False)


def _share_hit(wrong: _WrongShare) -> Hit:
    share, claim = wrong.share, wrong.share.claim
    return Hit(
        *claim.accounts[0].cells,
        quote=share.passage.quote(
            claim.start,
            share.mention.end,
            (claim.mention.start, claim.mention.end),
            (share.mention.start, share.mention.end),
        ),
        words=words_of(claim),
        said=f"{shown(share.mention.value)}%",
        base=shown(wrong.base),
        right="或".join(f"{value}%" for value in dict.fromkeys(wrong.right)),
    )


@rule(
    "NR16",
    "占比算得对",
    "正文称“{words}”占{said}，以{base}件为总数应为{right}，按其他总数计算也对不上",
    source=PRACTICE.part("正文数据自洽"),
    level=Level.WARNING,
)
def shares_are_right(dossier: Dossier) -> Iterator[Outcome]:
    """正文“N件，占P%”的P，须等于N除以办结总数、新收数或新收加结转数之一，四舍五入到所写的位数。

    Right: 正文“不予公开1件，占16.67%”，表三办理结果总计6。
    Wrong: 正文“不予公开1件，占18%”，表三新收、办结都是6。
    """
    for wrong in _wrong_shares(dossier):
        if not wrong.was_cut:
            yield _share_hit(wrong)


@rule(
    "NR17",
    "占比四舍五入",
    "正文称“{words}”占{said}，是截去尾数所得，占{base}件四舍五入应为{right}",
    source=PRACTICE.part("正文数据自洽"),
    level=Level.INFO,
)
def shares_are_rounded(dossier: Dossier) -> Iterator[Outcome]:
    """占比的末位须四舍五入，不得截去尾数。

    Right: 5件占14件的35.71%，6件占42.86%。
    Wrong: 6件占14件的42.85%。
    """
    for wrong in _wrong_shares(dossier):
        if wrong.was_cut:
            yield _share_hit(wrong)


@rule(
    "NR18",
    "同比与上年报告一致",
    "正文称“{words}”{way}{said}，按上年报告计算{right}",
    source=PRACTICE.part("正文数据自洽"),
    level=Level.WARNING,
)
def growth_is_right(dossier: Dossier) -> Iterator[Outcome]:
    """正文所写同比增减的幅度或件数，须能由上年报告的同一数字算出；上年为零的，不存在同比幅度。

    手头没有上年报告时不核对。

    Right: 上年新收40件，今年新收50件，正文“同比增长25%”。
    Wrong: 上年新收40件，今年新收50件，正文“同比增长20%”。
    """
    made = claims_of(dossier.report)
    if dossier.last is None or not made:
        return
    now, then = numbers(dossier.report), numbers(dossier.last)
    for passage in passages(dossier.report.sections):
        for growth in growths(passage, made):
            right = _growth_answers(growth, now, then)
            if right is not None:
                yield _growth_hit(growth, right)


def _growth_answers(growth: Proportion, now: Numbers, then: Numbers) -> str | None:
    """Return what the growth should be, or None where what is said is borne out or cannot be worked out."""
    answers: list[str] = []
    for account in growth.claim.accounts:
        before, after = account.value(then), account.value(now)
        if before is None:
            continue
        for value in dict.fromkeys(v for v in (growth.claim.mention.value, after) if v is not None):
            change = (value - before) * growth.sign
            if growth.mention.unit != "%":
                if growth.mention.fits(change):
                    return None
                answers.append(f"应为{shown(change * growth.sign)}")
            elif not before:
                answers.append("无从计算（上年为0）")
            else:
                exact = rounded(change, before, growth.mention.decimals)
                if exact == growth.mention.value or not _is_exact(growth, exact):
                    return None
                answers.append(f"应为{exact * growth.sign}%")
    return "或".join(dict.fromkeys(answers)) if answers else None


def _is_exact(growth: Proportion, exact: Decimal) -> bool:
    return growth.mention.bound is Bound.EXACT or not growth.mention.fits(exact)


def _growth_hit(growth: Proportion, right: str) -> Hit:
    claim, unit = growth.claim, growth.mention.unit
    return Hit(
        *claim.accounts[0].cells,
        quote=growth.passage.quote(
            claim.start,
            growth.mention.end,
            (claim.mention.start, claim.mention.end),
            (growth.mention.start, growth.mention.end),
        ),
        words=words_of(claim),
        way="比上年增长" if growth.sign > 0 else "比上年下降",
        said=f"{shown(growth.mention.value)}{unit}",
        right=right,
    )


@rule(
    "NR21",
    "增减与所列基数一致",
    "正文称“{words}”，按所列数字计算，{right}",
    source=PRACTICE.part("正文数据自洽"),
    level=Level.WARNING,
)
def growth_fits_its_own_base(dossier: Dossier) -> Iterator[Outcome]:
    """正文在同一句里写出今年数、上年数和增减幅度（件数）的，三者须能互相算出。

    幅度四舍五入、截去尾数都算对；写“约”“余”的不核对。

    Right: 正文“收到申请30件，较上年的25件增加5件，增长20%”。
    Wrong: 正文“收到申请30件，较上年的25件增加5件，增长25%”。
    """
    for passage in passages(dossier.report.sections):
        for found in comparisons(passage):
            right = found.right
            if right is not None:
                yield Hit(
                    quote=passage.quote(found.start, found.end),
                    words=passage.text[found.start : found.end],
                    right=right,
                )


_REMEDY_SILENCE = ((RECONSIDERATION, "复议", "行政复议"), (SUITS, "诉", "行政诉讼"))


@rule(
    "NR19",
    "正文交代复议诉讼情况",
    "表四记有{what}，正文只字未提，宜在总体情况中说明数量和结果",
    source=R711.art(50),
    level=Level.INFO,
)
def remedies_are_told(dossier: Dossier) -> Iterator[Outcome]:
    """表四有复议、诉讼的，正文应当提到；结果有纠正的，更应说明。

    Right: 表四复议总计2，正文写有“被申请行政复议2件”。
    Wrong: 表四复议总计2，正文通篇不见“复议”二字。
    """
    texts = [s.text for s in dossier.report.sections if s.code is not SectionCode.PREAMBLE]
    if not any(texts):
        return
    known = numbers(dossier.report)
    untold: list[str] = []
    where: list[CellId] = []
    for rows, sign, name in _REMEDY_SILENCE:
        total = sum(known.get(CellId(4, row, "total"), 0) for row in rows)
        if total and not any(sign in text for text in texts):
            corrected = sum(known.get(CellId(4, row, "corrected"), 0) for row in rows)
            more = f"（其中结果纠正{shown(corrected)}件）" if corrected else ""
            untold.append(f"{name}{shown(total)}件{more}")
            where += [CellId(4, row, "total") for row in rows]
    if untold:
        yield Hit(*where, what="、".join(untold))


@rule(
    "NR20",
    "申请以“件”计",
    "政府信息公开申请以“件”为单位，正文写作“{words}”，全文共{count}处",
    source=FORM2021.part("表三"),
    level=Level.INFO,
)
def requests_are_counted_in_items(dossier: Dossier) -> Iterator[Outcome]:
    """依申请公开的申请和办理结果以“件”计，不以“条”“项”“次”计。

    Right: 正文“部分公开9件”。
    Wrong: 正文“部分公开9条”。
    """
    kinds = (Concern.INTAKE, Concern.OUTCOME, Concern.CARRIED, Concern.APPLICANT)
    odd = [
        claim
        for claim in claims_of(dossier.report)
        if claim.concern in kinds and claim.mention.unit in ("条", "项", "次")
    ]
    if odd:
        yield Hit(quote=claim_quote(odd[0]), words=words_of(odd[0]), count=len(odd))
