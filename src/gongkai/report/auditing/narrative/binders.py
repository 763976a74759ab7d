"""Binding a number to what it counts: requests and their outcomes, applicants, remedies, documents.

A binder looks at the words around one number and at what the pass has seen, and answers a claim or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import (
    RECONSIDERATION,
    SUITS,
    Act,
    act_accounts,
    carried_accounts,
    group_accounts,
    remedy_account,
    row_accounts,
    table2_account,
)
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.prose import Topic
from gongkai.report.auditing.narrative.scope import Kind, other_year, speaks_of_whole
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.findings import Level
from gongkai.report.schema import CARRIED_IN, CARRIED_OUT, Edition

_REQUEST_UNITS = frozenset(("件", "条", "份", "宗", "项", "个", "起", "例", "件次", "次", ""))
_CASE_UNITS = frozenset(("件", "起", "例", "宗", "次", "个", "项", "件次", ""))
_DOCUMENT_UNITS = frozenset(("件", "份", "个", "部", "项", "篇"))


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


def _remedy(walk: Walk, lead: Lead) -> Claim | None:
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


def _document(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.documents or lead.mention.unit not in _DOCUMENT_UNITS:
        return None
    if match := words.DOCUMENT_LEAD.search(lead.words):
        return _documents_named(walk, lead, match.start(), "rules" if match["rules"] else "normative")
    if walk.document:
        for pattern, what in words.ELLIPSIS_LEADS:
            if pattern.match(lead.words):
                return _documents_claim(walk, lead, walk.document, what)
    return _decisions(walk, lead)


def _fees(walk: Walk, lead: Lead) -> Claim | None:
    if lead.mention.unit != "元" or "收费" not in lead.words or walk.edition is not Edition.FORM_2021:
        return None
    match = words.FEES_LEAD.search(lead.words)
    if match is None or not walk.whole(lead, lead.words[: match.start()]):
        return None
    account = table2_account("fees_10k_yuan", "amount", walk.edition)
    in_ten_thousands = replace(lead.mention, value=Decimal(lead.mention.value) / 10_000, unit="万元")
    claim = walk.claim(lead, Concern.DOCUMENT, (account,), topic="fees", level=Level.WARNING)
    return replace(claim, mention=in_ten_thousands)


def _documents_named(walk: Walk, lead: Lead, start: int, kind: str) -> Claim | None:
    prefix = lead.words[:start]
    before = walk.passage.text[max(walk.sentence.start, lead.start - 12) : lead.start]
    if words.NOT_DOCUMENTS.search(lead.words) or "刊" in before:
        return None
    what = next((w for pattern, w in words.DOCUMENT_ACTS if pattern.search(prefix)), "")
    if not what and walk.document and not prefix:
        what = walk.last.topic if walk.last and walk.last.concern is Concern.DOCUMENT else ""
    own = prefix
    for word in ("政府及", "网站", "平台", "通过", "计划", "未"):
        own = own.replace(word, "") if kind == "rules" or word == "未" else own
    if not what or (kind == "normative" and walk.who.kind is Kind.AREA and "政府" in prefix):
        return None
    if not walk.whole(lead, own):
        return None
    walk.document = kind
    return _documents_claim(walk, lead, kind, what)


_DOCUMENT_ROWS = {"rules": "government_rules", "normative": "normative_documents"}
_DOCUMENT_COLUMNS: dict[Edition, dict[str, tuple[str, ...]]] = {
    Edition.FORM_2021: {
        "made": ("made",),
        "repealed": ("repealed",),
        "in_force": ("in_force",),
        "published": ("made", "in_force"),
    },
    Edition.FORM_2019: {
        "made": ("newly_made", "newly_published"),
        "in_force": ("published_total",),
        "published": ("newly_published", "newly_made", "published_total"),
    },
}


def _documents_claim(walk: Walk, lead: Lead, kind: str, what: str) -> Claim | None:
    if other_year(walk.passage.text, walk.sentence.start, lead.mention.start, walk.year):
        return None
    columns = _DOCUMENT_COLUMNS[walk.edition].get(what, ())
    accounts = tuple(table2_account(_DOCUMENT_ROWS[kind], column, walk.edition) for column in columns)
    if not accounts:
        return None
    if what == "published" and lead.tail.startswith("("):
        return None  # 公开规章9件（含修改4件）: what is counted is not what was made
    level = None if what != "published" else _PUBLISHED_LEVEL[walk.edition]
    return walk.claim(lead, Concern.DOCUMENT, accounts, topic=what, level=level)


# The 2021 form has no column for published documents, so only the made and the valid ones can be compared.
_PUBLISHED_LEVEL = {Edition.FORM_2021: Level.INFO, Edition.FORM_2019: Level.WARNING}
_DECISION_ROWS = {"许可": "permits", "处罚": "penalties", "强制": "coercion"}


def _decisions(walk: Walk, lead: Lead) -> Claim | None:
    match = words.DECISION_LEAD.search(lead.words)
    if match is None or lead.mention.unit != "件" or not walk.whole(lead, lead.words[: match.start()]):
        return None
    account = table2_account(_DECISION_ROWS[match["what"]], "decisions", walk.edition)
    return walk.claim(lead, Concern.DOCUMENT, (account,), topic="decisions", level=Level.WARNING)


BINDERS: tuple[Callable[[Walk, Lead], Claim | None], ...] = (
    _carried,
    _remedy,
    _outcome,
    _applicant,
    _intake,
    _document,
    _fees,
)
