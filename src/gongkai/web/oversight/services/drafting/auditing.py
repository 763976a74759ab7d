"""A draft audited at every save: the rules' findings, what the body says of them, whom its words are like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gongkai.report import codec
from gongkai.report.auditing.series import likeness
from gongkai.report.compare import COMPARED
from gongkai.report.findings import Level
from gongkai.report.schema import Report
from gongkai.web.oversight.choices import Standing
from gongkai.web.oversight.models import AnnualReport, Draft, Explanation
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting.composing import Drafted
from gongkai.web.oversight.services.reports.auditing import (
    TooLong,
    as_registered,
    audit_pair,
    last_years,
    rules_version,
)
from gongkai.web.oversight.services.reports.presentation import Said

Json = dict[str, Any]
LIKE, SAME = 0.85, 0.95
MOST_ALIKE = 5
_TOO_FEW = 60


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A report whose sections 一, 五 and 六 read like the draft's, by the share of letters in common."""

    report: int
    agency: str
    year: int
    share: float
    is_own: bool

    @property
    def grade(self) -> str:
        """How grave: `error` from 95 per cent, `warning` from 85, else nothing."""
        if self.share >= SAME:
            return Level.ERROR.value
        return Level.WARNING.value if self.share >= LIKE else ""

    @property
    def percent(self) -> int:
        """The share in whole per cent, cut off, so that nothing below a limit reads as at it."""
        return int(self.share * 100)


def audit_of_draft(found: Drafted, *, alike: bool = True) -> Json:
    """Return what every rule says of a draft, what is still wanting in it, and whom it is like.

    Args:
        found: the draft read out.
        alike: compare the words anew; else what was found before is kept.
    Raises:
        Refused: the rules came to no end.
    """
    last = last_years(found.draft)
    try:
        result = audit_pair(found.report, as_registered(last) if last else None)
    except TooLong as error:
        raise Refused("改动已经保存，但核查超过时限，没有完成。正文可能过长，请删减后再核查。") from error
    before = found.draft.audit.get("alike", [])
    return {
        **result,
        "gaps": found.gaps,
        "alike": [asdict(each) for each in most_alike(found)] if alike else before,
        "rules": rules_version(),
        "last": {"report": last.pk, "year": last.year, "version": last.version} if last else None,
        "of": digest(found.report),
    }


def digest(report: Report) -> str:
    """Return a name for a report's numbers and words: another one where any of them differs."""
    text = json.dumps(codec.dump(report), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def most_alike(found: Drafted) -> list[Alike]:
    """Return the reports most like the draft: its own of last year, and sister bodies' of both years.

    Sister bodies are of the same kind below the same body.
    Source: R711 art. 47 by way of 国办公开办函〔2021〕30号: reports that are copied are called to account.
    """
    draft = found.draft
    near = {"agency__kind": draft.agency.kind, "agency__parent": draft.agency.parent_id}
    sisters = AnnualReport.objects.current().filter(year__in=(draft.year, draft.year - 1), **near)
    own = last_years(draft)
    others = sisters.exclude(agency=draft.agency_id).select_related("agency")
    compared = [_alike(found.report, each, is_own=each == own) for each in (*filter(None, [own]), *others)]
    ranked = sorted((each for each in compared if each is not None), key=lambda each: -each.share)
    return ranked[:MOST_ALIKE]


def _alike(report: Report, record: AnnualReport, *, is_own: bool) -> Alike | None:
    share = likeness(report, as_registered(record), COMPARED, _TOO_FEW)
    if share is None:
        return None
    return Alike(
        report=record.pk, agency=record.agency.name, year=record.year, share=round(share, 4), is_own=is_own
    )


def alike_of(draft: Draft) -> list[Alike]:
    """Return what was found at the latest comparison."""
    return [Alike(**each) for each in draft.audit.get("alike", [])]


# What the body says of findings


def place_of(finding: Mapping[str, Any]) -> str:
    """Return where a finding stands, as explanations are kept: its cells, else the section it quotes."""
    if finding["where"]:
        return " ".join(finding["where"])
    return finding["quote"]["section"] if finding["quote"] else ""


def explanations_in_force(draft: Draft) -> dict[tuple[str, str], Explanation]:
    """Return by rule and place what the body said, this year or before; what it took back is left out."""
    rows = Explanation.objects.filter(agency=draft.agency_id, year__lte=draft.year)
    latest = {(row.code, row.where): row for row in rows.select_related("by").order_by("year", "pk")}
    return {place: row for place, row in latest.items() if not row.is_taken_back}


def said_of(draft: Draft, findings: Iterable[Json]) -> dict[str, Said]:
    """Return by key which of the findings are explained, and how."""
    known = explanations_in_force(draft)
    explained = ((f["key"], known.get((f["code"], place_of(f)))) for f in findings)
    return {key: Said(Standing.DISMISSED, row) for key, row in explained if row is not None}


def open_findings(draft: Draft, findings: Iterable[Json]) -> Iterator[Json]:
    """Yield the findings that nobody has explained."""
    known = explanations_in_force(draft)
    return (f for f in findings if (f["code"], place_of(f)) not in known)


def tally(draft: Draft, findings: Iterable[Json]) -> dict[str, int]:
    """Return the derived columns of a draft: how many findings are open, and how many of them errors."""
    still = list(open_findings(draft, findings))
    return {"findings_open": len(still), "errors_open": sum(f["level"] == Level.ERROR for f in still)}
