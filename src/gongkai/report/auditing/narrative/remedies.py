"""Binding a number to what Table 4 counts: reconsiderations and suits, and what came of them."""

from __future__ import annotations

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import RECONSIDERATION, SUITS, remedy_account
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.scope import other_year
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk

_CASE_UNITS = frozenset(("件", "起", "例", "宗", "次", "个", "项", "件次", ""))


def remedy(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.remedies or lead.mention.unit not in _CASE_UNITS:
        return None
    rows = _remedy_rows(walk, lead)
    if rows:
        walk.remedy = rows
        return walk.claim(lead, Concern.REMEDY, (remedy_account(rows),), topic="remedy")
    return _result(walk, lead)


def _remedy_rows(walk: Walk, lead: Lead) -> tuple[str, ...]:
    named = list(words.REMEDY_LEAD.finditer(lead.words)) if "复议" in lead.words or "诉" in lead.words else []
    last = named[-1] if named else None
    rest = words.REMEDY_REST.match(lead.words[last.end() :]) if last is not None else None
    if last is None or rest is None:
        return _remedy_after(walk, lead)
    prefix = lead.words[: last.start()]
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
    if match is None:
        return ()
    before = words.REMEDY_LINK.sub("", lead.words) if walk.remedy else lead.words
    goes_on = bool(walk.remedy) and words.SHORT_LEAD.match(before) is not None
    if not (goes_on or words.REMEDY_VERB.search(before)) or not _about_remedies(walk, lead, before):
        return ()
    return RECONSIDERATION if match["what"] == "复议" else SUITS


def _about_remedies(walk: Walk, lead: Lead, prefix: str) -> bool:
    sentence = walk.passage.text[walk.sentence.start : walk.sentence.end]
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
    column = next((c for pattern, c in words.RESULT_LEADS if pattern.match(lead.words)), None)
    if column is None and words.SHORT_LEAD.match(lead.words):
        column = next((c for pattern, c in words.RESULT_TAILS if pattern.match(lead.tail)), None)
    if column is None or other_year(walk.passage.text, walk.sentence.start, lead.mention.start, walk.year):
        return None
    accounts: tuple[Account, ...] = (remedy_account(walk.remedy, column),)
    if len(walk.remedy) > len(SUITS):
        accounts += (remedy_account(RECONSIDERATION, column), remedy_account(SUITS, column))
    return walk.claim(lead, Concern.REMEDY, accounts, topic="result")
