"""Binding a number to what Table 2 counts: rules and normative documents, decisions, fees."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import table2_account
from gongkai.report.auditing.narrative.scope import Kind, other_year
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.findings import Level
from gongkai.report.schema import Edition

_DOCUMENT_UNITS = frozenset(("件", "份", "个", "部", "项", "篇"))


def document(walk: Walk, lead: Lead) -> Claim | None:
    if not walk.documents or lead.mention.unit not in _DOCUMENT_UNITS:
        return None
    if match := words.DOCUMENT_LEAD.search(lead.words):
        return _documents_named(walk, lead, match.start(), "rules" if match["rules"] else "normative")
    if walk.document:
        for pattern, what in words.ELLIPSIS_LEADS:
            if pattern.match(lead.words):
                return _documents_claim(walk, lead, walk.document, what)
    return _decisions(walk, lead)


def fees(walk: Walk, lead: Lead) -> Claim | None:
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
