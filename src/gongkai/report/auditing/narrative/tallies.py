"""Rules on lists beside their totals, shares told in one breath, and rates of Table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gongkai.law.sources import PRACTICE
from gongkai.report.auditing.narrative.accounts import RECONSIDERATION, SUITS, Act, act_accounts
from gongkai.report.auditing.narrative.claims import Claim, Concern
from gongkai.report.auditing.narrative.ledger import Numbers, numbers
from gongkai.report.auditing.narrative.mentions import Bound, Mention, by_sentence
from gongkai.report.auditing.narrative.partitions import Partition
from gongkai.report.auditing.narrative.proportions import cut, rounded
from gongkai.report.auditing.narrative.prose import Passage, Sentence, passages
from gongkai.report.auditing.narrative.rules import claims_of, shown
from gongkai.report.auditing.narrative.totals import channel_lists, sums_told
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, rule
from gongkai.report.findings import Level
from gongkai.report.numerals import Number
from gongkai.report.schema import CellId, Report

_CONSISTENT = PRACTICE.part("正文数据自洽")


@rule(
    "NR22",
    "渠道与合计",
    "正文所列{count}项之和为{total}{unit}，而所称{said}{unit}，相差{gap}",
    source=_CONSISTENT,
    level=Level.WARNING,
)
def lists_make_their_totals(dossier: Dossier) -> Iterator[Outcome]:
    """正文把网上、信函、当面各收到多少件都列出的，其和须等于所称申请数；“甲、乙，合计N”的N须是所列之和。

    与同句、前句任一数字或表三新收、应办、办结相等的，都算对。

    Right: 正文“收到申请30件，其中网上20件、信函7件、当面3件”。
    Wrong: 正文“收到申请30件，其中网上21件、信函7件、当面3件”。
    """
    report = dossier.report
    made = claims_of(report)
    known = numbers(report) if made else {}
    totals = _totals(report, known)
    for passage in passages(report.sections):
        here = [claim for claim in made if claim.passage is passage]
        for found in (*channel_lists(passage, here, totals), *sums_told(passage)):
            yield _hit(found)


def _hit(found: Partition) -> Hit:
    mentions = sorted((found.whole, *found.parts), key=lambda m: m.start)
    total, said = found.total, found.whole.value
    return Hit(
        quote=found.passage.quote(mentions[0].start, mentions[-1].end, *((m.start, m.end) for m in mentions)),
        count=len(found.parts),
        total=shown(total),
        said=shown(said),
        unit=found.whole.unit,
        gap=shown(max(total, said) - min(total, said)),
    )


def _totals(report: Report, known: Numbers) -> set[Number]:
    accounts = (a for a in act_accounts(Act.HANDLED, report.edition) if a.key in ("new", "all", "done"))
    return {value for account in accounts if (value := account.value(known))}


_EACH = re.compile(
    r"[，,;(]?(?:分别占|(?:所?占)?比[例重]?分别[为是]|分别占比|各占|占(?:比)?)(?:[^，,;。\d]{0,10}的)?(?:比)?(?:为)?"
)
_BETWEEN = re.compile(r"(?:、|和|及|以及|，|,)")


@rule(
    "NR23",
    "分别占比算得对",
    "正文称“{words}”，以{base}为总数应为{right}",
    source=_CONSISTENT,
    level=Level.WARNING,
)
def shares_told_together_are_right(dossier: Dossier) -> Iterator[Outcome]:
    """正文“甲a件、乙b件，分别占x%、y%”，须有一个总数（所列之和、同句前句的数或表三的数）能算出全部占比。

    Right: 正文“网上20件、信函5件，分别占80%、20%”。
    Wrong: 正文“网上20件、信函5件，分别占85%、20%”。
    """
    report = dossier.report
    totals: set[Number] | None = None
    for passage in passages(report.sections):
        if "%" not in passage.text:
            continue
        if totals is None:
            totals = _totals(report, numbers(report))
        before: tuple[Mention, ...] = ()
        for said in by_sentence(passage):
            for parts, shares in _told_together(passage, said):
                yield from _wrong_together(
                    passage, parts, shares, {m.value for m in (*before, *said)} | totals
                )
            before = said


def _told_together(
    passage: Passage, said: tuple[Mention, ...]
) -> Iterator[tuple[tuple[Mention, ...], tuple[Mention, ...]]]:
    """Yield each list of numbers with the list of shares told behind it, one for each."""
    for first in range(2, len(said)):
        lead = passage.text[said[first - 1].end : said[first].start]
        if said[first].unit != "%" or said[first - 1].unit == "%" or not _EACH.fullmatch(lead):
            continue
        last = first + 1
        while last < len(said) and _BETWEEN.fullmatch(passage.text[said[last - 1].end : said[last].start]):
            last += 1
        shares = said[first:last]
        parts = said[max(0, first - len(shares)) : first]
        units = {m.unit for m in parts}
        exact = all(m.bound is Bound.EXACT for m in (*parts, *shares))
        if len(parts) == len(shares) > 1 and len(units) == 1 and "%" not in units and exact:
            yield parts, shares


@rule(
    "NR26",
    "所占比例与前后数字一致",
    "正文称“{words}”，以{base}为总数应为{right}，按前后文和表三的其他数字计算也对不上",
    source=_CONSISTENT,
    level=Level.WARNING,
)
def shares_of_what_is_told_are_right(dossier: Dossier) -> Iterator[Outcome]:
    """说到申请数量的地方所写“N件，占P%”，须能由本句、前两句的数字或表三的总数算出。

    办理结果、申请人的占比另由NR16、NR17核对。

    Right: 正文“收到申请30件。涉及征地的12件，占40%”。
    Wrong: 正文“收到申请30件。涉及征地的12件，占45%”。
    """
    report = dossier.report
    made = claims_of(report)
    totals = _totals(report, numbers(report)) if made else set()
    for passage in passages(report.sections) if made else ():
        if "%" not in passage.text:
            continue
        here = [claim for claim in made if claim.passage is passage]
        bound = {c.mention.end for c in here if c.concern in (Concern.OUTCOME, Concern.APPLICANT)}
        intake = sorted(c.mention.start for c in here if c.concern is Concern.INTAKE)
        window: list[tuple[Mention, ...]] = []
        for sentence, said in zip(passage.sentences, by_sentence(passage), strict=True):
            window = [*window[-2:], said]
            near = [m for part in window for m in part if m.unit == "件"]
            if near and any(near[0].start <= at < sentence.end for at in intake):
                yield from _wrong_singles(passage, said, near, bound, totals)


_OF_ALL = re.compile(
    r"[，,(]?(?:占(?:比|了|到)?|比[重例])(?:全部|全年|总|申请|受理|办理|办结|收到|新收|数|量|件|的|案件|比例|比重)*(?:为|达|:)?"
)
_SHARES_ELSEWHERE = re.compile(r"约|超|近$|上年|去年|同期")


def _wrong_singles(
    passage: Passage, said: tuple[Mention, ...], near: list[Mention], bound: set[int], totals: set[Number]
) -> Iterator[Outcome]:
    told = {m.value for m in near}
    for part, share in pairwise(said):
        words = passage.text[part.end : share.start]
        if part.unit != "件" or share.unit != "%" or part.end in bound or not _OF_ALL.fullmatch(words):
            continue
        if Bound.EXACT is not part.bound or Bound.EXACT is not share.bound or share.value > 100:
            continue
        bases = {base for base in told | totals | _sums(near, part) if base >= part.value}
        listed = passage.text.startswith(("、", "和"), share.end)
        if listed or not totals or any(_fits(part, share, base, slack=0) for base in bases):
            continue
        base = min(totals, key=lambda base: abs(rounded(part.value, base, 2) - Decimal(share.value)))
        yield Hit(
            quote=passage.quote(part.start, share.end, (share.start, share.end)),
            words=passage.text[part.start : share.end],
            base=shown(base),
            right=f"{rounded(part.value, base, share.decimals)}%",
        )


def _sums(near: list[Mention], part: Mention) -> set[Number]:
    """Return the sums of the numbers around one: 甲9件，占45%；乙11件 may be shares of both."""
    sums: set[Number] = set()
    for first in range(len(near)):
        total: Number = 0
        for mention in near[first:]:
            total += mention.value
            if total > part.value:
                sums.add(total)
    return sums


def _wrong_together(
    passage: Passage, parts: tuple[Mention, ...], shares: tuple[Mention, ...], told: set[Number]
) -> Iterator[Outcome]:
    total = sum((part.value for part in parts), 0)
    bases = {base for base in {*told, total} if base and base >= max(part.value for part in parts)}
    if not bases or any(all(_fits(p, s, base) for p, s in zip(parts, shares, strict=True)) for base in bases):
        return
    base = max(bases, key=lambda base: (sum(map(_fits, parts, shares, [base] * len(parts))), base == total))
    right = "、".join(f"{rounded(p.value, base, s.decimals)}%" for p, s in zip(parts, shares, strict=True))
    yield Hit(
        quote=passage.quote(parts[0].start, shares[-1].end, *((m.start, m.end) for m in shares)),
        words=passage.text[parts[0].start : shares[-1].end],
        base=shown(base),
        right=right,
    )


def _fits(part: Mention, share: Mention, base: Number, slack: int = 1) -> bool:
    """Whether a share is right for a base, rounded, cut off, or off by `slack` in the last place."""
    exact = rounded(part.value, base, share.decimals)
    said = Decimal(share.value)
    off = Decimal(slack).scaleb(-share.decimals)
    return said == cut(part.value, base, share.decimals) or abs(said - exact) <= off


_RATE = re.compile(
    r"(?P<what>维持率|纠[错正]率|败诉率|胜诉率)(?:分别)?(?:为|达到?|:|仅|是|约)*(?P<rate>\d{1,3}(?:\.(?P<places>\d{1,2}))?)%"
)
_ELSEWHERE = re.compile(r"上年|去年|全[省市国]平均|平均|目标|同期|由|一审|二审|低于|高于|不超过|控制")
_NUMERATORS: dict[str, tuple[tuple[str, ...], ...]] = {
    "维持率": (("upheld",), ("upheld", "other")),
    "纠错率": (("corrected",), ("corrected", "other")),
    "纠正率": (("corrected",), ("corrected", "other")),
    "败诉率": (("corrected",),),
    "胜诉率": (("upheld",), ("upheld", "other")),
}
_DENOMINATORS = (
    ("upheld", "corrected", "other", "pending"),
    ("upheld", "corrected", "other"),
    ("upheld", "corrected"),
)


@rule(
    "NR24",
    "维持率、纠错率、败诉率与表四一致",
    "正文称“{words}”，按表四计算应为{right}",
    source=_CONSISTENT,
    level=Level.WARNING,
)
def rates_fit_table_4(dossier: Dossier) -> Iterator[Outcome]:
    """正文写有复议维持率、纠错率和诉讼败诉率的，须能由表四算出；分母取总计、已审结数或维持加纠正数都算对。

    Right: 正文“行政复议20件，纠错率10%”，表四复议总计20、结果纠正2。
    Wrong: 正文“行政复议20件，纠错率12%”，表四复议总计20、结果纠正2。
    """
    made = [c for c in claims_of(dossier.report) if c.topic == "remedy" and c.concern is Concern.REMEDY]
    if not made:
        return
    known = numbers(dossier.report)
    for passage in passages(dossier.report.sections):
        if "率" not in passage.text:
            continue
        for sentence in passage.sentences:
            here = [c for c in made if c.passage is passage and sentence.start <= c.start < sentence.end]
            if here:
                yield from _wrong_rates(passage, sentence, here, known)


def _wrong_rates(
    passage: Passage, sentence: Sentence, made: list[Claim], known: Numbers
) -> Iterator[Outcome]:
    named = {cell.row for claim in made for cell in claim.accounts[0].cells}
    floor = sentence.start
    for match in _RATE.finditer(passage.text, sentence.start, sentence.end):
        clause = passage.text[max(floor, match.start() - 20) : match.start()].rpartition("，")[2]
        floor = match.end()
        rows = _rows(match["what"], clause, passage.text[sentence.start : match.start()])
        if _ELSEWHERE.search(clause) or not named.intersection(rows):
            continue
        right = _rates(match["what"], rows, known, len(match["places"] or ""))
        said = Decimal(match["rate"])
        if right and all(said != rate for rate in right):
            yield Hit(
                *(CellId(4, row, "total") for row in rows),
                quote=passage.quote(match.start(), match.end(), match.span("rate")),
                words=match[0],
                right="或".join(f"{rate}%" for rate in right[::2]),
            )


def _rows(what: str, clause: str, before: str) -> tuple[str, ...]:
    """Return the rows of Table 4 a rate is worked out from."""
    if what in ("败诉率", "胜诉率") or "诉" in clause:
        return SUITS
    if "复议" in clause:
        return RECONSIDERATION
    return RECONSIDERATION if before.rfind("复议") > before.rfind("诉讼") else SUITS


def _rates(what: str, rows: tuple[str, ...], known: Numbers, places: int) -> list[Decimal]:
    """Return the rates the table allows, each rounded and cut off; none where a cell is unknown."""
    found: list[Decimal] = []
    for over in _NUMERATORS[what]:
        for under in _DENOMINATORS:
            if not set(over) <= set(under):
                continue
            cells = [(known.get(CellId(4, row, column)), column) for row in rows for column in under]
            if any(value is None for value, _ in cells):
                return []
            whole = sum(value for value, _ in cells if value is not None)
            part = sum(value for value, column in cells if value is not None and column in over)
            if whole:
                found += (rounded(part, whole, places), cut(part, whole, places))
    return found
