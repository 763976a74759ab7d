"""Binding a number to what it counts: requests and their outcomes, applicants, remedies, documents.

A binder looks at the words around one number and at what the pass has seen, and answers a claim or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import (
    Act,
    act_accounts,
    carried_accounts,
    group_accounts,
    row_accounts,
)
from gongkai.report.auditing.narrative.documents import document, fees, procurement
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.prose import Topic
from gongkai.report.auditing.narrative.remedies import remedy
from gongkai.report.auditing.narrative.scope import speaks_of_whole
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.findings import Level
from gongkai.report.schema import CARRIED_IN, CARRIED_OUT

_REQUEST_UNITS = frozenset(("件", "条", "份", "宗", "项", "个", "起", "例", "件次", "次", ""))


def _carried(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS:
        return None
    row = _carried_row(walk, lead) or _still_open_row(walk, lead)
    if row is None or _tells_of_remedies(walk, lead):
        return None
    if not _in_sentence(walk, walk.base) and _of_other_matters(walk):
        return None
    return walk.claim(lead, Concern.CARRIED, carried_accounts(row))


def _in_sentence(walk: Walk, claim: Claim | None) -> bool:
    return claim is not None and claim.mention.start >= walk.sentence.start


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


def _still_open_row(walk: Walk, lead: Lead) -> str | None:
    """Return the row of requests not yet done: 答复52件，尚在办理4件; 办结52件，结转4件."""
    if walk.base is None or _counted_otherwise(lead):
        return None
    if words.YEAR_END_CARRIED_LEAD.match(lead.words) and not walk.elsewhen(lead):
        return CARRIED_OUT
    if words.BARE_CARRIED_LEAD.match(lead.words) and _after_done(walk) and not walk.elsewhen(lead):
        return CARRIED_OUT
    match = words.STILL_OPEN_LEAD.search(lead.words)
    if match is None or not words.PLAIN_PREFIX.match(_STILL.sub("", lead.words[: match.start()])):
        return None
    return CARRIED_OUT


def _after_done(walk: Walk) -> bool:
    """Whether the sentence has told how many requests were done."""
    done = (Act.DONE.value, Act.REPLIED.value, Act.HANDLED.value)
    return any(claim.topic in done for claim in walk.found)


_STILL = re.compile(
    r"^(?:至|截[至止])?(?:\d{4}年)?(?:年)?[底末]?(?:其中|其余|另有|另|还有|尚有|仍有|有|剩余)*"
)


def _by_year(year: int | None, named: str | None, rows: dict[int, str], unnamed: str) -> str | None:
    if named is None:
        return unnamed
    return rows.get(int(named) - year) if year is not None else None


def _outcome(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS or "属性" in lead.words:
        return None
    accounts, prefix = _outcome_accounts(walk, lead)
    if words.WITH_PARTIAL.match(lead.tail) and accounts and accounts[0].key == "granted":
        accounts = group_accounts(("granted", "partial"), walk.edition)
    if not accounts or not walk.whole(lead, _without_causes(prefix)):
        return None
    sentence = walk.passage.text[walk.sentence.start : lead.mention.start]
    if walk.partly or words.SAMPLED.search(sentence) or walk.of_part(lead.start):
        return None
    if "属性" in sentence or "公文" in sentence or "对外" in lead.words or words.PUBLICITY.search(sentence):
        return None
    if "申请" not in sentence and not _in_sentence(walk, walk.base) and words.LETTERS.search(sentence):
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
    if words.BARE_GRANTED.match(lead.words) and _beside_outcomes(walk):
        return _bare_granted(walk), ""
    if words.BARE_OTHER.match(lead.words) and _beside_all(walk, lead):
        return group_accounts(("other",), walk.edition), ""
    if words.SHORT_LEAD.match(lead.words) or words.OF_THOSE_LEAD.match(lead.words):
        for pattern, groups in words.GROUP_TAIL:
            if match := pattern.match(lead.tail):
                joined = words.JOINS.match(lead.tail[match.end() :]) is not None
                return (() if joined else group_accounts(groups, walk.edition)), ""
    return (), ""


def _group(walk: Walk, lead: Lead, groups: tuple[str, ...], start: int) -> tuple[tuple[Account, ...], str]:
    prefix = lead.words[:start]
    while joined := words.JOINED.search(prefix):
        prefix = prefix[: joined.start()]
        ends = ((pattern.search(prefix), more) for pattern, more in words.GROUP_ENDS)
        before = next(((match, more) for match, more in ends if match), None)
        if before is None:
            return ((), "") if prefix else (group_accounts(groups, walk.edition), "")
        prefix, groups = prefix[: before[0].start()], (*before[1], *groups)
    accounts = group_accounts(groups, walk.edition)
    named = [row for pattern, row in words.ROW_WORDS if pattern.search(prefix)]
    if len(named) == 1 and "等" not in prefix:
        accounts += row_accounts(named[0], walk.edition)
    return accounts, prefix


def _bare_granted(walk: Walk) -> tuple[Account, ...]:
    """Return what a bare 公开 may stand for: with the partly granted, unless these are told apart."""
    granted = group_accounts(("granted",), walk.edition)
    if "部分" in walk.passage.text[walk.sentence.start : walk.sentence.end]:
        return granted
    return (*granted, *group_accounts(("granted", "partial"), walk.edition))


def _beside_outcomes(walk: Walk) -> bool:
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    return len(words.BESIDE_GRANTED.findall(text)) > 1


def _beside_all(walk: Walk, lead: Lead) -> bool:
    """Whether the list has counted every refusal the form knows, so that 其他 is its last group."""
    text = walk.passage.text[walk.sentence.start : lead.start].rpartition(":")[2]
    return all(
        re.search(rf"{name}[^，,。;、]{{0,4}}\d", text) for name in ("不予公开", "无法提供", "不予处理")
    )


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
    return _applicant_after(walk, lead)


def _applicant_after(walk: Walk, lead: Lead) -> Claim | None:
    """Return the claim where the applicant is named after its number: 315件为自然人提出."""
    if not words.SHORT_LEAD.match(lead.words) or walk.elsewhen(lead):
        return None
    for pattern, columns in words.APPLICANT_TAILS:
        if pattern.match(lead.tail):
            keys = Act.NAMED if walk.base is None else Act.HANDLED
            accounts = act_accounts(keys, walk.edition, columns, part=True)
            return walk.claim(lead, Concern.APPLICANT, accounts, base=walk.base)
    return None


def _intake(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.requests or lead.mention.unit not in _REQUEST_UNITS:
        return None
    said = _acts_said(walk, lead)
    if not said or (said == [Act.ACCEPTED] and _after_received(walk, lead)):
        return None
    if words.WITH_CARRIED.match(walk.passage.text[lead.mention.end : lead.mention.end + 40]):
        said = [Act.RECEIVED_IN_ALL if act is Act.RECEIVED else act for act in said]
    accounts: dict[str, Account] = {}
    for act in said:
        for account in act_accounts(act, walk.edition):
            accounts.setdefault(account.key, account)
    level = Level.WARNING if walk.guessed else None
    claim = walk.claim(lead, Concern.INTAKE, tuple(accounts.values()), topic=said[0].value, level=level)
    walk.base = claim
    return claim


def _after_received(walk: Walk, lead: Lead) -> bool:
    """Whether 受理 tells of another stage than the number before it: 收到62件，受理57件."""
    base = walk.base
    if base is None or not _in_sentence(walk, base) or base.topic not in (Act.RECEIVED.value, Act.NEW.value):
        return False
    return lead.mention.value < base.mention.value


def _acts_said(walk: Walk, lead: Lead) -> list[Act]:
    if match := words.VERB_LEAD.search(lead.words):
        prefix = lead.words[: match.start()]
        if words.NOT_THE_ACT.search(prefix) or prefix.startswith("代"):
            return []
        after = walk.passage.text[lead.mention.end : walk.sentence.end]
        if "公开" not in lead.words and words.OF_ALL_WORK.match(after):
            return []
        named = match["object"] or words.TAIL_REQUEST.match(lead.tail) or words.NAMED_BEFORE.search(prefix)
        if (named or _goes_without_saying(walk, lead, prefix)) and walk.whole(lead, prefix):
            return words.acts(match["verbs"])
        return []
    if words.ANSWERED_TAIL.match(lead.tail) and re.search(r"^(?:已|共|依法)*对$", lead.words):
        return [] if walk.elsewhen(lead) else [Act.REPLIED]
    match = words.NOUN_LEAD.search(lead.words)
    if match and words.PLAIN_PREFIX.match(lead.words[: match.start()]):
        named_request = "申请" in match["object"].replace("依申请", "")
        on_topic = "依申请" in match["object"] and (walk.guessed or walk.sentence.topic is Topic.REQUESTS)
        before = walk.passage.text[walk.sentence.start : lead.mention.start]
        if words.PUBLICITY.search(before):
            return []
        if (named_request or on_topic) and walk.whole(lead, ""):
            return [Act.NAMED]
    return []


def _goes_without_saying(walk: Walk, lead: Lead, prefix: str) -> bool:
    """Whether requests are meant though not named: 收到申请5件，办结4件; under their heading, 收到5件."""
    if _counted_otherwise(lead) or _behind_other_matters(walk, lead):
        return False
    if walk.base is not None and walk.base.mention.start >= walk.sentence.start:
        return True
    if _of_other_matters(walk) or words.PLAIN_PREFIX.match(prefix) is None:
        return False
    before = _JOINED_CARRY.sub("", walk.passage.text[walk.sentence.start : lead.start])
    if words.COUNTED_BEFORE.search(before):
        return False
    if walk.base is None and (
        walk.sentence.topic is Topic.REQUESTS or words.REQUESTS_INLINE.search(before) is not None
    ):
        return True
    return walk.base is not None and words.DONE_LEAD.search(lead.words) is not None


_JOINED_CARRY = re.compile(r"(?:结转|转入)[^，,。;\d]{0,6}[\d,]+件")


def _behind_other_matters(walk: Walk, lead: Lead) -> bool:
    """Whether a semicolon and another subject part a number from the requests: ；办理来信8件，办结8件."""
    text = walk.passage.text[walk.sentence.start : lead.start]
    _, semicolon, last = text.rpartition(";")
    return bool(semicolon) and "申请" not in last and words.OTHER_MATTER.search(last) is not None


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
    procurement,
)
