"""The demonstration's requests: of every kind, in every state, as a desk would have left them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from apart import own_database
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from gongkai import letters as core
from gongkai.law.channels import Channel
from gongkai.law.procedure.casefile import Opinion, Result, Track
from gongkai.law.procedure.states import State
from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES
from gongkai.letters import Entry
from gongkai.web.agencies.models import Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.config import demonstration
from gongkai.web.config.demonstration_cases import STORIES, fill_cases
from gongkai.web.config.demonstration_cases.people import APPLICANTS
from gongkai.web.config.demonstration_cases.telling import Telling
from gongkai.web.inforequests.choices import LetterState, RelationKind, TaskKind, TaskState
from gongkai.web.inforequests.models import (
    CaseRelation,
    InfoRequest,
    Letter,
    NumberSeries,
    Proceeding,
    Proposal,
    Rating,
    Record,
    Task,
)
from gongkai.web.inforequests.services import acting, asking, folding, letters, working
from gongkai.web.inforequests.services.drafting import Draft, compose, draft_of

Told = Mapping[str, Telling]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None,  # noqa: ARG001  what is filled is a copy of it
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Told]:
    """The demonstration's cases, by their keys, in a database of their own."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("demonstration")):
        agencies = demonstration.make_agencies()
        demonstration.make_people(agencies)
        yield fill_cases(agencies, make_password("unused"), timezone.now())


def _file(told: Told, key: str) -> Any:
    return folding.case_file(told[key].case)


def test_nobody_in_it_is_real() -> None:
    for each in APPLICANTS:
        person = each.person
        assert asking.identity_problem(person.identity_kind, person.identity_number) == ""
        # No region of China begins so.
        assert "990121" in person.identity_number[:8]
        assert person.phone.startswith("139000")
        assert person.email.endswith(".example") or not person.email


def test_there_are_cases_of_every_kind(told: Told) -> None:
    cases = InfoRequest.objects.filter(kind="request")
    assert InfoRequest.objects.count() >= 64
    assert len(told) == len(STORIES)
    assert cases.values("agency").distinct().count() >= 6
    assert set(cases.values_list("state", flat=True)) == {state.value for state in State}
    assert set(cases.values_list("outcome", flat=True)) - {""} == set(OUTCOMES)
    assert set(cases.values_list("applicant_kind", flat=True)) == set(APPLICANT_KINDS)
    assert set(cases.values_list("channel", flat=True)) == {channel.value for channel in Channel}
    days = cases.order_by("registered_on").values_list("registered_on", flat=True)
    assert timedelta(days=550) < folding.today() - days[0] < timedelta(days=750)
    records = InfoRequest.objects.filter(kind="records")
    assert set(records.values_list("outcome", flat=True)) == {"records.corrected", ""}


def test_what_consultations_came_to(told: Told) -> None:
    keys = ("zhengdi-sanfang", "canting-jiancha", "nongzi-tongyi", "heliu-gongzhi", "dai-disanfang")
    opinions = [_file(told, key).consultations[0].opinion for key in keys]
    assert opinions == [Opinion.OBJECTS, Opinion.SILENT, Opinion.AGREES, Opinion.DEEMED_CONSENT, None]


def test_extensions_fees_reasons_and_corrections(told: Told) -> None:
    in_time, late = _file(told, "guihua-shuju"), _file(told, "yanqi-chi")
    assert (in_time.clock.extended, in_time.defects) == (15, ())
    assert {"extension_late", "reply_late"} == {defect.code for defect in late.defects}
    assert _file(told, "pinfan-10").charge.amount == 100
    assert _file(told, "pinfan-12").clock.delayed
    assert _file(told, "an-ye-yijiao").charge.paid
    for key in ("pinfan-11", "an-ye-weijiao"):
        assert told[key].case.outcome == "other.fee_unpaid"
    assert [defect.code for defect in _file(told, "buzheng-chi").defects] == ["correction_notice_late"]
    assert told["xuesheng-bufen"].case.defects == 0


def test_disputes_stand_in_every_column(told: Told) -> None:
    found = set(Proceeding.objects.values_list("track", "result"))
    assert {track for track, _ in found} == {track.value for track in Track}
    assert {result for _, result in found} == {"", *(result.value for result in Result)}
    assert len(_file(told, "fuyi-chexiao").redecisions) == 1
    assert (
        Proceeding.objects.exclude(cause="").count() == Proceeding.objects.filter(result="corrected").count()
    )


def test_what_waits_today(told: Told) -> None:
    clerk = User.objects.get(username="jingban")
    counts = working.scope_counts(clerk)
    assert all(counts[scope] for scope in ("wode", "daoqi", "yuqi", "daiqianfa", "daiqueren")), counts
    calendar, today = folding.calendar(), folding.today()
    first = today if calendar.status(today).is_working else calendar.add_working_days(today, 1).on
    due = [told[key].case.next_due_on for key in ("jintian-daoqi", "mingtian-daoqi", "sanri-daoqi")]
    assert due == [first, calendar.add_working_days(first, 1).on, calendar.add_working_days(first, 3).on]
    assert told["jintian-xin"].case.registered_on == today
    assert set(Letter.objects.values_list("state", flat=True)) == set(LetterState.values)
    assert set(Task.objects.values_list("kind", "state")) >= {
        *((kind, state) for kind in TaskKind.values for state in (TaskState.OPEN, TaskState.ANSWERED)),
        (TaskKind.TRANSFER, TaskState.RECALLED),
    }
    assert Task.objects.filter(state=TaskState.OPEN, due_on__lt=today).count() >= 2
    assert set(Proposal.objects.values_list("state", flat=True)) == {"open", "confirmed", "refused"}
    assert set(CaseRelation.objects.values_list("kind", flat=True)) == set(RelationKind.values)
    assert Rating.objects.count() >= 3
    unread = set(Notification.objects.filter(read_at=None).values_list("object_id", flat=True))
    closed = InfoRequest.objects.exclude(closed_on=None).values_list("pk", flat=True)
    assert unread
    assert not unread & set(map(str, closed))


@pytest.mark.usefixtures("told")
def test_its_records_hold() -> None:
    acts = Counter(Record.objects.values_list("act", flat=True))
    assert acts["void"] and acts["void_letter"] and acts["rate"] and acts["amend_record"]
    for case in InfoRequest.objects.all():
        assert acting.breaks(case) == []
        assert "not_allowed" not in [defect.code for defect in folding.case_file(case).defects], case
    assert not Record.objects.filter(at__gt=timezone.now())


@pytest.mark.usefixtures("told")
def test_numbers_run_as_the_days_do() -> None:
    for series in NumberSeries.objects.exclude(series="登记"):
        rows = Letter.objects.filter(
            case__agency=series.agency, series=series.series, year=series.year
        ).order_by("serial")
        assert [row.serial for row in rows] == list(range(1, series.last + 1))
        assert sorted(row.issued_on for row in rows) == [row.issued_on for row in rows]


def test_issued_letters_are_kept_as_files(told: Told) -> None:
    letter = told["taolun-jilu"].letter
    assert letter is not None
    letter.refresh_from_db()
    assert letters.file_of(letter, "pdf")[0].startswith(b"%PDF")
    assert letters.file_of(letter, "docx")[0].startswith(b"PK")


# Papers that no case of the demonstration has kept as a letter: from which case they are written, with what.
PAPERS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "registration_slip": ("jintian-daoqi", {}),
    "transfer_slip": (
        "jintian-daoqi",
        {"recipient": "体育卫生与艺术股", "instructions": "请提供方案", "answer_by": date(2026, 1, 5)},
    ),
    "reminder": ("yuqi-jiaoyu", {"recipient": "基础教育股", "answer_by": date(2026, 1, 5)}),
    "service_slip": (
        "taolun-jilu",
        {
            "document": "告知书",
            "addressee": "申请人",
            "service_place": "文峰路1号",
            "service_way": "直接送达",
        },
    ),
    "file_cover": ("taolun-jilu", {"closed_on": date(2026, 1, 5), "retention": "10年"}),
    "file_index": ("taolun-jilu", {}),
}


@pytest.mark.parametrize("kind", core.KINDS)
def test_every_letter_is_whole_from_some_case(told: Told, kind: str) -> None:
    if kind in PAPERS:
        key, details = PAPERS[kind]
        entries = (Entry(title="申请书"),) if kind == "file_index" else ()
        today = folding.today()
        shown = compose(told[key].case, kind, Draft(details=details), on=today, number="1号", entries=entries)
    else:
        row = Letter.objects.filter(kind=kind, state=LetterState.ISSUED).latest("pk")
        assert row.issued_on is not None
        shown = compose(row.case, kind, draft_of(row), on=row.issued_on, number=row.number)
    assert shown.missing == ()
    assert shown.paper.blocks


def test_other_bodies_have_their_clerk_and_approver(told: Told) -> None:
    for telling in told.values():
        agency = telling.story.body
        for role in (Role.CLERK, Role.APPROVER):
            assert User.objects.filter(agency__name=agency, groups__name=role.value).exists()
