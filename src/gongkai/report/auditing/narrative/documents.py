"""Binding a number to what Table 2 counts: rules and normative documents, decisions, fees."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.accounts import table2_account
from gongkai.report.auditing.narrative.mentions import Mention
from gongkai.report.auditing.narrative.scope import other_year
from gongkai.report.auditing.narrative.statements import Claim, Concern, Lead, Walk
from gongkai.report.findings import Level
from gongkai.report.schema import Edition

_PROJECT_UNITS = frozenset(("个", "项", "次", "宗", "件"))
_DOCUMENT_UNITS = frozenset(("件", "份", "个", "部", "项", "篇"))


def document(walk: Walk, lead: Lead) -> Claim | None:
    """Return what a number says of Table 2's documents or decisions, if it says anything."""
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
    """Return what an amount says of Table 2's fees, if it says anything."""
    if lead.mention.unit != "元" or "收费" not in lead.words or walk.edition is not Edition.FORM_2021:
        return None
    match = words.FEES_LEAD.search(lead.words) or words.BARE_FEES_LEAD.search(lead.words)
    if match is None or words.NOT_FEES.search(lead.words + lead.tail):
        return None
    if not walk.whole(lead, lead.words[: match.start()]):
        return None
    account = table2_account("fees_10k_yuan", "amount", walk.edition)
    claim = walk.claim(lead, Concern.DOCUMENT, (account,), topic="fees", level=Level.WARNING)
    return replace(claim, mention=_in_ten_thousands(lead.mention))


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
    if not what or (kind == "normative" and walk.who.area and "政府" in prefix):
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
    if what == "repealed" and _repealed_in_parts(walk):
        return None
    if what == "published" and lead.tail.startswith("("):
        return None  # 公开规章9件（含修改4件）: what is counted is not what was made
    level = None if what != "published" else _PUBLISHED_LEVEL[walk.edition]
    return walk.claim(lead, Concern.DOCUMENT, accounts, topic=what, level=level)


def _repealed_in_parts(walk: Walk) -> bool:
    """Whether the sentence tells what was repealed apart from what lapsed: 废止3件、宣布失效2件."""
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    return words.REPEALED_ONLY.search(text) is not None and words.LAPSED_ONLY.search(text) is not None


# The 2021 form has no column for published documents, so only the made and the valid ones can be compared.
_PUBLISHED_LEVEL = {Edition.FORM_2021: Level.INFO, Edition.FORM_2019: Level.WARNING}
_DECISION_ROWS = {"许可": "permits", "处罚": "penalties", "强制": "coercion"}


def _listed_decision(walk: Walk, lead: Lead) -> re.Match[str] | None:
    """Return the match of a decision that stands in a list of them: 许可12件、处罚3件、强制0件."""
    text = walk.passage.text[walk.sentence.start : walk.sentence.end]
    if len(words.DECISIONS_LISTED.findall(text)) < 2 or words.NOT_DECISIONS.search(text):
        return None
    return words.BARE_DECISION_LEAD.match(lead.words)


def procurement(walk: Walk, lead: Lead) -> Claim | None:
    """Return the claim of a number of central procurements, which only the 2019 form counts."""
    if walk.edition is not Edition.FORM_2019 or lead.mention.unit not in _PROJECT_UNITS:
        return None
    match = words.PROJECTS_LEAD.search(lead.words)
    if match is None or not walk.whole(lead, lead.words[: match.start()]):
        return None
    account = table2_account("procurement", "count", walk.edition)
    return walk.claim(lead, Concern.DOCUMENT, (account,), topic="procurement", level=Level.WARNING)


def _in_ten_thousands(mention: Mention) -> Mention:
    return replace(
        mention,
        value=Decimal(mention.value) / 10_000,
        unit="万元",
        step=Decimal(mention.step) / 10_000,
    )


def _decisions(walk: Walk, lead: Lead) -> Claim | None:
    match = words.DECISION_LEAD.search(lead.words) or _listed_decision(walk, lead)
    if match is None or lead.mention.unit != "件" or not walk.whole(lead, lead.words[: match.start()]):
        return None
    account = table2_account(_DECISION_ROWS[match["what"]], "decisions", walk.edition)
    return walk.claim(lead, Concern.DOCUMENT, (account,), topic="decisions", level=Level.WARNING)
