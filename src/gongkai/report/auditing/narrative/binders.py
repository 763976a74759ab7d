"""Binding a number to what it counts: requests and their outcomes, applicants, remedies, documents.

A binder looks at the words around one number and at what the pass has seen, and answers a claim or None.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import (
    Act,
    act_accounts,
    carried_accounts,
    group_accounts,
    row_accounts,
)
from gongkai.report.auditing.narrative.documents import document, fees
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.prose import Topic
from gongkai.report.auditing.narrative.remedies import remedy
from gongkai.report.auditing.narrative.scope import speaks_of_whole
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.schema import CARRIED_IN, CARRIED_OUT

_REQUEST_UNITS = frozenset(("件", "条", "份", "宗", "项", "个", "起", "例", "件次", "次", ""))


def _carried(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS:
        return None
    row = _carried_row(walk, lead)
    if row is None or _tells_of_remedies(walk, lead):
        return None
    if walk.base is None and _of_other_matters(walk):
        return None
    return walk.claim(lead, Concern.CARRIED, carried_accounts(row))


def _of_other_matters(walk: Walk) -> bool:
    """Whether the sentence counts letters, calls, proposals, and names no request."""
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    return words.OTHER_MATTER.search(text) is not None and "申请" not in text


def _tells_of_remedies(walk: Walk, lead: Lead) -> bool:
    """Whether the sentence last named cases of reconsideration or litigation, not requests."""
    before = walk.passage.text[walk.sentence.start : lead.mention.start]
    remedy = max(before.rfind("复议"), before.rfind("诉讼"))
    return remedy > before.rfind("申请") and remedy > before.rfind("信息公开")


def _carried_row(walk: Walk, lead: Lead) -> str | None:
    if "转" in lead.words or "延" in lead.words or "遗留" in lead.words or "未办结" in lead.words:
        if match := words.CARRIED_OUT_LEAD.search(lead.words):
            if not speaks_of_whole(lead.words[: match.start()].replace("未", ""), walk.who):
                return None
            return _by_year(walk.year, match["out"], {1: CARRIED_OUT, 0: CARRIED_IN}, CARRIED_OUT)
        if match := words.CARRIED_IN_LEAD.search(lead.words):
            if not speaks_of_whole(lead.words[: match.start()], walk.who):
                return None
            return _by_year(
                walk.year, match["from"] or match["of"], {-1: CARRIED_IN, 0: CARRIED_OUT}, CARRIED_IN
            )
    if "转" in lead.tail or "延" in lead.tail:
        short = words.SHORT_LEAD.match(lead.words) is not None or "尚" in lead.words
        match = words.CARRIED_OUT_TAIL.match(lead.tail) if short or "申请" in lead.words else None
        match = match or (words.STILL_OPEN_TAIL.match(lead.tail) if short else None)
        if match:
            return _by_year(walk.year, match["out"], {1: CARRIED_OUT, 0: CARRIED_IN}, CARRIED_OUT)
    return None


def _by_year(year: int | None, named: str | None, rows: dict[int, str], unnamed: str) -> str | None:
    if named is None:
        return unnamed
    return rows.get(int(named) - year) if year is not None else None


def _outcome(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS or "属性" in lead.words:
        return None
    accounts, prefix = _outcome_accounts(walk, lead)
    if not accounts or not walk.whole(lead, _without_causes(prefix)):
        return None
    sentence = walk.passage.text[walk.sentence.start : lead.mention.start]
    if "属性" in sentence or "公文" in sentence or "对外" in lead.words:
        return None
    return walk.claim(lead, Concern.OUTCOME, accounts, base=walk.base, topic="outcome")


def _without_causes(prefix: str) -> str:
    """Return the words before an outcome without the grounds the form itself names."""
    for ground in (
        "信访",
        "投诉",
        "举报",
        "涉及",
        "本机关",
        "本单位",
        "部门",
        "行政机关",
        "补正",
        "未",
        "单位",
        "占",
    ):
        prefix = prefix.replace(ground, "")
    return prefix


def _outcome_accounts(walk: Walk, lead: Lead) -> tuple[tuple[Account, ...], str]:
    for pattern, row in words.ROW_LEADS:
        if match := pattern.search(lead.words):
            return row_accounts(row, walk.edition), lead.words[: match.start()]
    for pattern, groups in words.GROUP_LEADS:
        if match := pattern.search(lead.words):
            return _group(walk, lead, groups, match.start())
    if words.BARE_GRANTED.match(lead.words) and ("不予公开" in lead.tail or _beside_outcomes(walk)):
        return group_accounts(("granted",), walk.edition), ""
    if words.SHORT_LEAD.match(lead.words) or words.OF_THOSE_LEAD.match(lead.words):
        for pattern, groups in words.GROUP_TAIL:
            if pattern.match(lead.tail):
                return group_accounts(groups, walk.edition), ""
    return (), ""


def _group(walk: Walk, lead: Lead, groups: tuple[str, ...], start: int) -> tuple[tuple[Account, ...], str]:
    prefix = lead.words[:start]
    accounts = group_accounts(groups, walk.edition)
    named = [row for pattern, row in words.ROW_WORDS if pattern.search(prefix)]
    if len(named) == 1 and "等" not in prefix:
        accounts += row_accounts(named[0], walk.edition)
    return accounts, prefix


def _beside_outcomes(walk: Walk) -> bool:
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    return "不予公开" in text and "部分公开" in text


def _applicant(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS:
        return None
    if walk.last is not None and walk.last.concern in (Concern.OUTCOME, Concern.REMEDY):
        return None
    for pattern, columns in words.APPLICANT_LEADS:
        match = pattern.search(lead.words)
        if match and walk.whole(lead, lead.words[: match.start()].replace("涉及", "").replace("其中", "")):
            keys = Act.NAMED if walk.base is None else Act.HANDLED
            accounts = act_accounts(keys, walk.edition, columns, part=True)
            return walk.claim(lead, Concern.APPLICANT, accounts, base=walk.base)
    return None


def _intake(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS:
        return None
    said = _acts_said(walk, lead)
    if not said:
        return None
    if words.WITH_CARRIED.match(walk.passage.text[lead.mention.end : lead.mention.end + 40]):
        said = [Act.RECEIVED_IN_ALL if act is Act.RECEIVED else act for act in said]
    accounts: dict[str, Account] = {}
    for act in said:
        for account in act_accounts(act, walk.edition):
            accounts.setdefault(account.key, account)
    claim = walk.claim(lead, Concern.INTAKE, tuple(accounts.values()), topic=said[0].value)
    walk.base = claim
    return claim


def _acts_said(walk: Walk, lead: Lead) -> list[Act]:
    if match := words.VERB_LEAD.search(lead.words):
        prefix = lead.words[: match.start()]
        named = match["object"] or words.TAIL_REQUEST.match(lead.tail) or words.NAMED_BEFORE.search(prefix)
        if (named or _goes_without_saying(walk, lead, prefix)) and walk.whole(lead, prefix):
            return words.acts(match["verbs"])
        return []
    match = words.NOUN_LEAD.search(lead.words)
    if match and words.PLAIN_PREFIX.match(lead.words[: match.start()]):
        named_request = "申请" in match["object"].replace("依申请", "")
        on_topic = walk.sentence.topic is Topic.REQUESTS and "依申请" in match["object"]
        if (named_request or on_topic) and walk.whole(lead, ""):
            return [Act.NAMED]
    return []


def _goes_without_saying(walk: Walk, lead: Lead, prefix: str) -> bool:
    """Whether requests are meant though not named: 收到申请5件，办结4件; under their heading, 收到5件."""
    if _counted_otherwise(lead):
        return False
    if walk.base is not None and walk.base.mention.start >= walk.sentence.start:
        return True
    if walk.sentence.topic is not Topic.REQUESTS or walk.base is not None or _of_other_matters(walk):
        return False
    before = walk.passage.text[walk.sentence.start : lead.start]
    return words.PLAIN_PREFIX.match(prefix) is not None and words.COUNTED_BEFORE.search(before) is None


def _counted_otherwise(lead: Lead) -> bool:
    """Whether the words after a number give it another object than requests."""
    return bool(lead.tail) and lead.tail[0] not in "，,;。、():\n"


BINDERS: tuple[Callable[[Walk, Lead], Claim | None], ...] = (
    _carried,
    remedy,
    _outcome,
    _applicant,
    _intake,
    document,
    fees,
)
