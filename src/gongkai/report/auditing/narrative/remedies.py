"""Binding a number to what Table 4 counts: reconsiderations and suits, and what came of them."""

from __future__ import annotations

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import RECONSIDERATION, SUITS, remedy_account
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.findings import Level

_CASE_UNITS = frozenset(("件", "起", "例", "宗", "次", "个", "项", "件次", ""))


def remedy(walk: Walk, lead: Lead) -> Claim | None:
    """Return what a number says of Table 4, if it says anything."""
    if not walk.remedies or lead.mention.unit not in _CASE_UNITS:
        return None
    rows = _remedy_rows(walk, lead)
    if rows:
        walk.remedy = rows
        _told_at_once(walk, lead, rows)
        return walk.claim(lead, Concern.REMEDY, (remedy_account(rows),), topic="remedy", level=_level(walk))
    return _result(walk, lead)


def _remedy_rows(walk: Walk, lead: Lead) -> tuple[str, ...]:
    named = list(words.REMEDY_LEAD.finditer(lead.words)) if "复议" in lead.words or "诉" in lead.words else []
    last = named[-1] if named else None
    rest = words.REMEDY_REST.match(lead.words[last.end() :]) if last is not None else None
    if last is None or rest is None:
        return _remedy_after(walk, lead)
    prefix = lead.words[: last.start()]
    if last["suit"] and prefix.removesuffix("行政").endswith("复议"):
        return ()
    if "分别" in rest["glue"] or not _about_remedies(walk, lead, prefix):
        return ()
    if last["direct"]:
        return ("direct_suit",)
    if last["after"]:
        return ("suit_after_reconsideration",)
    rows = SUITS if last["suit"] else RECONSIDERATION
    if not words.REMEDY_PAIR.search(prefix.removesuffix("行政")):
        return rows
    if "均" in rest["glue"] or "各" in rest["glue"]:
        other = SUITS if rows == RECONSIDERATION else RECONSIDERATION
        walk.found.append(walk.claim(lead, Concern.REMEDY, (remedy_account(other),), topic="remedy"))
        return rows
    return (*RECONSIDERATION, *SUITS)


def _remedy_after(walk: Walk, lead: Lead) -> tuple[str, ...]:
    """Return the rows where the remedy is named after its number: 引发3件行政复议、1件行政诉讼."""
    match = words.REMEDY_TAIL.match(lead.tail)
    if match is None or words.APART.search(walk.passage.text[: lead.start][-3:] + lead.words):
        return ()
    if walk.remedy and "其中" in lead.words:
        return ()
    before = words.REMEDY_LINK.sub("", lead.words) if walk.remedy else lead.words
    goes_on = bool(walk.remedy) and words.SHORT_LEAD.match(before) is not None
    if not (goes_on or words.REMEDY_VERB.search(before)) or not _about_remedies(walk, lead, before):
        return ()
    return RECONSIDERATION if match["what"] == "复议" else SUITS


def _about_remedies(walk: Walk, lead: Lead, prefix: str) -> bool:
    sentence = walk.passage.text[walk.sentence.start : walk.sentence.end]
    if words.IS_ORGAN.search(sentence):
        return False
    after = walk.passage.text[lead.mention.end : walk.sentence.end]
    before = walk.passage.text[walk.sentence.start : lead.mention.start]
    if "信息公开" not in before and words.OF_ALL_WORK.match(after):
        return False
    told = "信息公开" in sentence or "依申请" in sentence
    if words.NOT_REMEDY.search(prefix) or (not told and words.AS_ORGAN.search(prefix)):
        return False
    plain = prefix
    for cause in ("涉及", "关于", "申请公开", "信息公开", "占", "未经", "复议", "诉讼"):
        plain = plain.replace(cause, "")
    return walk.whole(lead, plain)


def _result(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.remedy:
        return None
    column = _result_column(walk, lead)
    if column is None or walk.elsewhen(lead) or (column == "upheld" and _upheld_in_parts(walk, lead)):
        return None
    accounts: tuple[Account, ...] = (remedy_account(walk.remedy, column),)
    if len(walk.remedy) > len(SUITS):
        accounts += (remedy_account(RECONSIDERATION, column), remedy_account(SUITS, column))
    return walk.claim(lead, Concern.REMEDY, accounts, topic="result", level=_level(walk))


def _result_column(walk: Walk, lead: Lead) -> str | None:
    """Return the column of Table 4 a result named before or behind its number belongs to."""
    column = next((c for pattern, c in words.RESULT_LEADS if pattern.match(lead.words)), None)
    short = words.SHORT_LEAD.match(lead.words) is not None
    if column is None and short:
        column = next((c for pattern, c in words.RESULT_TAILS if pattern.match(lead.tail)), None)
    if column is not None:
        return column
    if walk.remedy == SUITS and words.LOST_LEAD.match(lead.words):
        return "corrected"
    overturned = words.OVERTURNED_LEAD.match(lead.words) or (short and words.OVERTURNED_TAIL.match(lead.tail))
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    return "corrected" if overturned and len(words.OVERTURNED.findall(text)) == 1 else None


def _told_at_once(walk: Walk, lead: Lead, rows: tuple[str, ...]) -> None:
    """Claim the one result that a bracket gives for all cases: 行政复议1件（维持）."""
    text = walk.passage.text[lead.mention.end : lead.mention.end + 12]
    column = next((c for pattern, c in words.ONE_RESULT if pattern.match(text)), None)
    if column is not None:
        account = remedy_account(rows, column)
        walk.found.append(walk.claim(lead, Concern.REMEDY, (account,), topic="result", level=Level.WARNING))


def _level(walk: Walk) -> Level | None:
    """Return how grave a difference is: less where the sentence does not tie the cases to disclosure."""
    return None if walk.surely else Level.WARNING


def _upheld_in_parts(walk: Walk, lead: Lead) -> bool:
    """Whether what the form counts as upheld is told in two kinds: 维持3件，驳回复议请求2件."""
    if "结果维持" in lead.words:
        return False
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    return words.DISMISSED.search(text) is not None
