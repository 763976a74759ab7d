"""The government's report as the sum of its members' accepted reports, live and as it was settled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.report import codec
from gongkai.report.numerals import Value
from gongkai.report.schema import CellId, Report
from gongkai.report.summing import Aside, Difference, Imbalance, Summed, differences, imbalances, sum_reports
from gongkai.report.summing import Member as Offered
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.choices import Act, CellAct, Filed, Scope
from gongkai.web.oversight.models import (
    AnnualReport,
    CellDecision,
    Collection,
    Draft,
    Filing,
    Member,
    ReportEvent,
)
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing.access import check_may_collect, locked_collection
from gongkai.web.oversight.services.ledger import append_event
from gongkai.web.oversight.services.reports.settled import report_of, with_decisions

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sum:
    """The sum of a collection as it stands, and the filing behind each report that was offered for it.

    `pending` are members that filed again after what is added was accepted.
    """

    collection: Collection
    summed: Summed
    filings: Mapping[Offered, Filing]
    pending: Sequence[Member]

    @property
    def report(self) -> Report:
        """The sum as a report."""
        return self.summed.report

    @property
    def aside(self) -> list[Aside]:
        """What was offered and not added."""
        return list(self.summed.aside)

    @property
    def wanting(self) -> int:
        """How many cells have members whose number is wanting."""
        return sum(bool(cell.unadded) for cell in self.summed.cells.values())

    @property
    def imbalances(self) -> list[Imbalance]:
        """The balances of the form that the sum breaks, and the members in whose reports they do not hold."""
        return list(imbalances(self.summed))

    @property
    def is_whole(self) -> bool:
        """Whether nobody and nothing is wanting."""
        return self.summed.is_whole and not self.pending


def sum_of(collection: Collection, only: CellId | None = None) -> Sum:
    """Add up the members' accepted reports, each as it stands with people's decisions on its cells.

    Args:
        only: the one cell to add; None for all of the form.
    """
    accepted = _accepted(collection)
    decisions = _decisions([each.report_id for each in accepted])
    filings = {
        Offered(
            report=_figures(each, decisions.get(each.report_id, {})),
            source=f"第 {each.report.version} 版",
            version=each.report.version,
        ): each
        for each in accepted
    }
    members = list(collection.members.select_related("agency", "latest"))
    used = {each.member_id: each.pk for each in accepted}
    return Sum(
        collection=collection,
        summed=sum_reports(
            filings,
            year=collection.year,
            agency=collection.government.name if collection.government else "",
            expected=[each.agency.name for each in members],
            only=None if only is None else {only},
        ),
        filings=filings,
        pending=[each for each in members if each.pk in used and each.latest_id != used[each.pk]],
    )


def _accepted(collection: Collection) -> list[Filing]:
    """Return the latest accepted filing of each member, in the members' order."""
    accepted = Filing.objects.filter(member__collection=collection, state=Filed.ACCEPTED)
    newest = accepted.values("member").annotate(newest=Max("pk")).values("newest")
    rows = Filing.objects.filter(pk__in=newest).select_related("member__agency", "report")
    return list(rows.order_by("member__agency__position", "member__agency_id"))


def _decisions(reports: Sequence[int]) -> dict[int, dict[str, CellDecision]]:
    """Return the decisions in force by report and cell, in one query."""
    latest: dict[int, dict[str, CellDecision]] = {}
    for row in CellDecision.objects.filter(report__in=reports).order_by("pk"):
        latest.setdefault(row.report_id, {})[row.cell] = row
    return {
        pk: {cell: row for cell, row in rows.items() if row.decision != CellAct.UNSETTLED}
        for pk, rows in latest.items()
    }


def _figures(filing: Filing, decisions: Mapping[str, CellDecision]) -> Report:
    """Return the report's cells as they stand; its prose and where it was read are left out, for speed."""
    reading = filing.report.reading
    report = codec.load({**reading, "sections": [], "labels": {}, "cells": None})
    found = reading.get("cells")
    cells = report.cells if found is None else {c: v for c, v in report.cells.items() if str(c) in found}
    named = replace(report, cells=cells, agency=filing.member.agency.name, year=filing.report.year)
    return with_decisions(named, decisions)


@transaction.atomic
def settle(*, collection: Collection, by: User, now: datetime, despite: bool = False, seen: str = "") -> Sum:
    """Settle the sum: the numbers as they stand are kept with the versions they were made of.

    Args:
        seen: `standing_of` the sum that the person looked at; "" if that does not matter.
    Raises:
        PermissionDenied: `by` does not run the collection.
        NeedsConfirmation: members are missing, reports set aside or cells wanting, and `despite` is not said.
        Refused: nothing was accepted yet, or the sum has changed since it was looked at.
    """
    check_may_collect(by, collection)
    collection = locked_collection(collection)
    made = sum_of(collection)
    if not made.summed.members:
        raise Refused("还没有接收任何单位的报告，没有可以汇总的数。")
    if seen and seen != standing_of(made):
        raise Refused("汇总数刚刚有变化（有报告接收、退回或者改正），没有确定。请核对现在的数，再确定。")
    if not despite and (lacks := list(lacks_of(made))):
        raise NeedsConfirmation(f"{'；'.join(lacks)}。确认仍按现在的数汇总吗？")
    members = [_version(made.filings[each]) for each in made.summed.members]
    collection.settled = {
        "report": codec.dump(made.report),
        "members": members,
        "missing": list(made.summed.missing),
        "aside": [{"name": each.member.name, "said": each.said} for each in made.aside],
    }
    collection.settled_by, collection.settled_at = by, now
    collection.save(update_fields=["settled", "settled_by", "settled_at"])
    append_event(
        act=Act.SUMMED,
        by=by,
        at=now,
        collection=collection,
        members=[[each["name"], each["version"]] for each in members],
        missing=list(made.summed.missing),
        wanting=made.wanting,
    )
    return made


def standing_of(made: Sum) -> str:
    """Return what changes whenever a number of the sum does, a report in it, or what it lacks."""
    versions = [_version(made.filings[each]) for each in made.summed.members]
    told = [versions, codec.dump(made.report), list(lacks_of(made))]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def lacks_of(made: Sum) -> Iterator[str]:
    """Yield in words what keeps a sum from being whole."""
    if made.summed.missing:
        yield f"还有 {len(made.summed.missing)} 家没有计入"
    if made.aside:
        yield f"有 {len(made.aside)} 份报告没有计入"
    if made.pending:
        yield f"有 {len(made.pending)} 家报来更正，还没有接收"
    if made.wanting:
        yield f"有 {made.wanting} 格因个别单位空白或未能识读，不能得出总数"


def _version(filing: Filing) -> Json:
    return {
        "agency": filing.member.agency_id,
        "name": filing.member.agency.name,
        "report": filing.report_id,
        "version": filing.report.version,
    }


@dataclass(frozen=True, kw_only=True)
class MemberChange:
    """A member whose report is no longer that of the settled sum; None where it was or is not added."""

    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """A cell whose sum is no longer the settled one."""

    cell: CellId
    before: Value
    after: Value


@dataclass(frozen=True, kw_only=True)
class Drift:
    """What has changed since the sum was settled."""

    members: Sequence[MemberChange]
    cells: Sequence[CellChange]

    def __bool__(self) -> bool:
        return bool(self.members or self.cells)


def drift_of(made: Sum) -> Drift | None:
    """Return what has changed since the sum was settled; None where it never was."""
    settled = made.collection.settled
    if not settled:
        return None
    was = {each["name"]: each for each in settled["members"]}
    now = {
        made.filings[each].member.agency.name: _version(made.filings[each]) for each in made.summed.members
    }
    changed = [name for name in was | now if _report(was.get(name)) != _report(now.get(name))]
    before = codec.load(settled["report"])
    return Drift(
        members=[
            MemberChange(name=name, before=_number(was.get(name)), after=_number(now.get(name)))
            for name in changed
        ],
        cells=[
            CellChange(cell=cell, before=before.value(cell), after=made.report.value(cell))
            for cell in made.report.form.cells()
            if before.value(cell) != made.report.value(cell)
        ],
    )


def _report(version: Json | None) -> int | None:
    return version and version["report"]


def _number(version: Json | None) -> int | None:
    return version and version["version"]


def own_report(collection: Collection) -> AnnualReport | None:
    """Return what the government itself reported for the year: the published version, else the latest."""
    if collection.government is None:
        return None
    reports = AnnualReport.objects.filter(agency=collection.government, year=collection.year)
    return reports.published().first() or reports.current().first()


def differences_with(made: Sum, own: AnnualReport) -> list[Difference]:
    """Return the cells in which the government's report is not the sum.

    Raises:
        Refused: it is on another edition of the form.
    """
    try:
        return list(differences(made.summed, replace(report_of(own), year=own.year)))
    except ValueError as error:
        raise Refused(str(error)) from error


def settled_collection(government: Agency, year: int) -> Collection | None:
    """Return the collection whose settled sum is the government's report of the year, if there is one."""
    found = Collection.objects.filter(government=government, year=year, settled__isnull=False)
    return found.order_by("-settled_at").first()


def settled_report(government: Agency, year: int) -> Report | None:
    """Return the settled sum for a government's report of a year; None where none was settled."""
    collection = settled_collection(government, year)
    return codec.load(collection.settled["report"]) if collection else None


def public_members(report: AnnualReport) -> list[str] | None:
    """Return whose reports a published report was summed from, in order; None where nobody can say for sure.

    They are those of the sum that was settled last when the draft was sent up, unless a report was accepted
    or returned between the two.
    """
    draft = Draft.objects.filter(report=report, scope=Scope.MEMBERS).only("submitted_at").first()
    if draft is None or draft.submitted_at is None:
        return None
    acts = ReportEvent.objects.filter(
        act__in=(Act.SUMMED, Act.ACCEPTED, Act.RETURNED),
        collection__government=report.agency_id,
        collection__year=report.year,
        at__lte=draft.submitted_at,
    )
    last = acts.order_by("-sequence").first()
    return [name for name, _ in last.details["members"]] if last and last.act == Act.SUMMED else None
