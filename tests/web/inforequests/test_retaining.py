"""Personal data goes when its time is over and two persons say so; cases, records and counts stay."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from county import County
from desk import APPLICANT, asked, at
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import FileKind, Retention
from gongkai.web.inforequests.models import CaseFileItem, Destruction, InfoRequest, Letter
from gongkai.web.inforequests.models.files import sealed_storage
from gongkai.web.inforequests.services import acting, applicants, counting, files, folding, retaining
from gongkai.web.inforequests.services.refusing import Refused

ON = date(2036, 1, 1)
NOW = at("2036-03-03")


def _act(case: InfoRequest, action: Action, day: str, **facts: object) -> InfoRequest:
    on = date.fromisoformat(day)
    row = acting.locked(case)
    return acting.write(row, action=action, on=on, facts=facts, by=None, now=at(day), as_it_was=True)


def answered(county: County, day: str = "2025-03-03", done: str = "2025-03-20") -> InfoRequest:
    """Return a case that was answered."""
    case = asked(county.bureau, day)
    _act(case, Action.DECIDE, done, outcome="granted")
    return _act(case, Action.SERVE, done, by="in_person")


def two(county: County) -> tuple[User, User]:
    """Return an approver and a reviewer of the body."""
    return county.person(Role.APPROVER, county.bureau), county.person(Role.REVIEWER, county.bureau)


def _listed(on: date, county: County) -> list[InfoRequest]:
    return list(retaining.expired([county.bureau], on))


def test_ten_years_run_from_the_new_year_after_the_end(county: County) -> None:
    case = answered(county)
    assert _listed(date(2035, 12, 31), county) == []
    assert _listed(date(2036, 1, 1), county) == [case]
    assert list(retaining.expired([county.township], ON)) == []


@pytest.mark.parametrize(("kept", "first"), [(Retention.LONG, date(2056, 1, 1)), (Retention.PERMANENT, None)])
def test_longer_classes_wait_longer_or_for_ever(county: County, kept: Retention, first: date | None) -> None:
    case = answered(county)
    InfoRequest.objects.update(retention=kept)
    assert _listed(date(2055, 12, 31), county) == []
    assert _listed(first or date(2999, 1, 1), county) == ([case] if first else [])


def test_a_dispute_keeps_the_data_until_its_own_time_is_over(county: County) -> None:
    case = answered(county)
    _act(case, Action.SUIT_FILED, "2025-06-02", ref="诉1")
    assert _listed(date(2060, 1, 1), county) == []
    _act(case, Action.SUIT_JUDGED, "2026-02-02", ref="诉1", ending="upheld")
    assert _listed(date(2036, 12, 31), county) == []
    assert _listed(date(2037, 1, 1), county) == [case]


def test_an_open_case_is_never_listed(county: County) -> None:
    asked(county.bureau, "2025-03-03")
    assert _listed(date(2999, 1, 1), county) == []


def _with_files(county: County, case: InfoRequest) -> list[CaseFileItem]:
    clerk = county.person(Role.CLERK, county.bureau)
    upload = files.checked("证件.txt", io.BytesIO("周晓岚的证件".encode()))
    kinds = (FileKind.IDENTITY, FileKind.SERVICE, FileKind.WORKING)
    return [files.attach(case=case, upload=upload, kind=kind, by=clerk) for kind in kinds]


def test_who_asked_goes_and_what_was_done_stays(
    county: County, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    case = answered(county)
    identity, service, working = _with_files(county, case)
    letter = Letter.objects.create(
        case=case, kind="granted", drafted_by=county.person(Role.CLERK, county.bureau), drafted_at=NOW,
        fields={"given": "寄周晓岚"}, number="测教公开告〔2025〕1号",
    )  # fmt: skip
    letter.pdf.save("letter", io.BytesIO(b"%PDF-"), save=True)
    counted = [counting.table3([county.bureau], year) for year in (2025, 2036)]
    paths = [Path(sealed_storage().path(each.file.name)) for each in (identity, service)]
    paths.append(Path(sealed_storage().path(letter.pdf.name)))
    approver, reviewer = two(county)
    made = retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    assert APPLICANT.name == InfoRequest.objects.get(pk=case.pk).applicant.name
    with django_capture_on_commit_callbacks(execute=True):
        retaining.confirm(destruction=made, by=reviewer, now=NOW)
    case = InfoRequest.objects.get(pk=case.pk)
    assert {getattr(case.applicant, name) for name in applicants.PERSONAL} == {""}
    assert (case.applicant.fingerprint, case.applicant.identity_kind) == ("", "")
    assert applicants.masked_name(case.applicant, case.applicant_kind) == "（已清除）"
    assert case.purged_on == date(2036, 3, 3)
    assert [path.exists() for path in paths] == [False] * 3
    working.refresh_from_db()
    assert working.file.open().read() == "周晓岚的证件".encode()
    letter.refresh_from_db()
    assert (letter.number, letter.fields, bool(letter.pdf)) == ("测教公开告〔2025〕1号", {}, False)
    identity.refresh_from_db()
    assert identity.sha256 and not identity.file and identity.removed_at
    assert [counting.table3([county.bureau], year) for year in (2025, 2036)] == counted
    assert counted[0]["granted", "natural_person"] == 1
    assert case.records.last().act == "purge" and acting.breaks(case) == []
    assert folding.refresh(case, folding.case_file(case, on=ON)) is False
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inforequests_applicant")
        assert all(value in ("", case.pk, case.applicant.pk) for value in cursor.fetchone())


def test_bytes_are_written_over_before_the_file_is_removed(
    county: County, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    case = answered(county)
    identity = _with_files(county, case)[0]
    path = Path(sealed_storage().path(identity.file.name))
    before = path.read_bytes()
    seen: list[bytes] = []
    storage = type(sealed_storage())
    delete = storage.delete

    def deleted(self: object, name: str) -> None:
        seen.append(Path(self.path(name)).read_bytes())
        delete(self, name)

    monkeypatch.setattr(storage, "delete", deleted)
    approver, reviewer = two(county)
    made = retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        retaining.confirm(destruction=made, by=reviewer, now=NOW)
    assert len(seen[0]) == len(before) and seen[0] != before
    made.refresh_from_db()
    assert made.files == []


def test_what_a_broken_run_left_is_erased_by_the_next(
    county: County, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    case = answered(county)
    path = Path(sealed_storage().path(_with_files(county, case)[0].file.name))
    approver, reviewer = two(county)
    made = retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    with django_capture_on_commit_callbacks(execute=False):
        retaining.confirm(destruction=made, by=reviewer, now=NOW)
    assert path.exists()
    assert retaining.erase_left() == 2
    assert not path.exists() and retaining.erase_left() == 0


def test_two_persons_are_needed_and_in_their_roles(county: County) -> None:
    case = answered(county)
    approver, reviewer = two(county)
    clerk = county.person(Role.CLERK, county.bureau)
    outsider = county.person(Role.APPROVER, county.township)
    for by in (clerk, reviewer, outsider):
        with pytest.raises(Refused, match="审批"):
            retaining.propose(agency=county.bureau, cases=[case.pk], by=by, now=NOW)
    made = retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    for by in (clerk, outsider):
        with pytest.raises(Refused, match="审批"):
            retaining.confirm(destruction=made, by=by, now=NOW)
    with pytest.raises(Refused, match="自己确认"):
        retaining.confirm(destruction=made, by=approver, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=made.pk).update(confirmed_by=approver, done_at=NOW, signature="x")
    retaining.confirm(destruction=made, by=reviewer, now=NOW)
    with pytest.raises(Refused, match="已经处理"):
        retaining.confirm(destruction=made, by=reviewer, now=NOW)


def test_only_what_is_on_the_list_is_put_forward_and_once(county: County) -> None:
    case, fresh = answered(county), answered(county, "2035-03-05", "2035-03-20")
    approver, reviewer = two(county)
    for cases in ([], [case.pk, fresh.pk], [case.pk, 999_999], list(range(501))):
        with pytest.raises(Refused):
            retaining.propose(agency=county.bureau, cases=cases, by=approver, now=NOW)
    made = retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    with pytest.raises(Refused, match="等待确认"):
        retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    retaining.withdraw(destruction=made, by=reviewer)
    assert retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)


def test_a_dispute_brought_meanwhile_stops_the_whole_list(county: County) -> None:
    first, second = answered(county), answered(county, "2025-04-07", "2025-04-21")
    approver, reviewer = two(county)
    made = retaining.propose(agency=county.bureau, cases=[first.pk, second.pk], by=approver, now=NOW)
    _act(second, Action.SUIT_FILED, "2036-03-03", ref="诉1")
    with pytest.raises(Refused, match="不再符合"):
        retaining.confirm(destruction=made, by=reviewer, now=NOW)
    assert {case.applicant.name for case in InfoRequest.objects.all()} == {APPLICANT.name}


def test_a_list_changed_after_it_was_signed_shows_it(county: County) -> None:
    case = answered(county)
    approver, reviewer = two(county)
    made = retaining.propose(agency=county.bureau, cases=[case.pk], by=approver, now=NOW)
    retaining.confirm(destruction=made, by=reviewer, now=NOW)
    kept = Destruction.objects.get(pk=made.pk)
    assert kept.cases == [[case.number, "2025-03-20", 10]]
    assert retaining.is_intact(kept)
    Destruction.objects.update(cases=[["2025-000-00009", "2025-03-20", 10]])
    assert not retaining.is_intact(Destruction.objects.get(pk=made.pk))


def test_the_command_lists_and_clears_nothing(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    case = answered(county)
    InfoRequest.objects.update(registered_on=date(2012, 3, 5), closed_on=date(2012, 3, 20))
    call_command("list_expired")
    out = capsys.readouterr().out
    assert case.number in out and "共 1 件" in out and APPLICANT.name not in out
    assert InfoRequest.objects.get().applicant.name == APPLICANT.name


def test_on_the_page_one_puts_forward_and_another_confirms(
    county: County, client_of: Callable[..., Client]
) -> None:
    case = answered(county)
    InfoRequest.objects.update(registered_on=date(2012, 3, 5), closed_on=date(2012, 3, 20))
    address = reverse("desk:expired")
    approver, reviewer = client_of(Role.APPROVER, county.bureau), client_of(Role.REVIEWER, county.bureau)
    shown = approver.get(address).content.decode()
    assert case.number in shown and "周**" in shown and APPLICANT.name not in shown
    approver.post(reverse("desk:propose_destruction"), {"case": [case.pk]})
    made = Destruction.objects.get()
    settle = reverse("desk:settle_destruction", args=[made.pk])
    approver.post(settle, {"yijian": "queren", "sure": "1"})
    reviewer.post(settle, {"yijian": "queren"})
    assert InfoRequest.objects.get().applicant.name == APPLICANT.name
    reviewer.post(settle, {"yijian": "queren", "sure": "1"})
    assert InfoRequest.objects.get().applicant.name == ""
    assert "签名相符" in reviewer.get(address).content.decode()
    assert client_of(Role.APPROVER, county.township).post(settle, {"yijian": "queren"}).status_code == 404
    assert client_of(Role.SUPERVISOR, county.office).get(address).status_code == 302
