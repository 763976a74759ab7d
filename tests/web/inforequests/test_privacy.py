"""Who is hidden from whom: third parties, what supervisors see, cases that were cleared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from applicant import PERSON, PNG, entered, looked_over, sent
from county import County
from desk import APPLICANT, asked
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, CaseKind
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models import InfoRequest, LetterTemplate, Rating
from gongkai.web.inforequests.services import acting, applicants, asking, files, following, numbering
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.files import Upload
from gongkai.web.inforequests.services.letters import draft
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.registering import Person

ClientOf = Callable[..., Client]
THIRD, FIRM, PHONE = "李大明", "宁水建设有限公司", "13800001234"


def _today() -> date:
    return timezone.localdate()


def _act(case: InfoRequest, action: Action, **facts: Any) -> InfoRequest:
    row = acting.locked(case)
    now = timezone.now()
    return acting.write(row, action=action, on=_today(), facts=facts, by=None, now=now, as_it_was=True)


@pytest.fixture
def consulted(county: County, clerk: User) -> InfoRequest:
    """A case in which two third parties were asked, and much was written down of them and the applicant."""
    case = asked(county.bureau, _today().isoformat())
    for name in (THIRD, FIRM):
        case = _act(case, Action.CONSULT_THIRD_PARTY, name=name)
    case = _act(case, Action.OPINION, name=THIRD, opinion="objects")
    text = f"电话联系{APPLICANT.name}（{APPLICANT.phone}）和{FIRM}，{THIRD}电话{PHONE}"
    acting.note(case=case, text=text, by=clerk)
    upload = Upload(
        name=f"{APPLICANT.name}身份证.png", content_type="image/png", data=PNG, scanned_clean=None
    )
    files.attach(case=case, upload=upload, kind=FileKind.IDENTITY, by=None)
    notice = Draft(details={"third_party": THIRD, "summary": f"{FIRM}的施工图"})
    letter = draft(case=case, kind="third_party_letter", content=notice, by=clerk)
    letter.remarks = f"{FIRM}的名称请核对"
    letter.save()
    return InfoRequest.objects.get(pk=case.pk)


def _held(response: Any) -> str:
    """All texts of a package, in JSON, index and letters."""
    package = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    told = []
    for name in package.namelist():
        data = package.read(name)
        if name.endswith(".docx"):
            data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
        told.append(name + data.decode(errors="ignore"))
    return "".join(told)


def test_a_bundle_without_persons_hides_third_parties_too(consulted: InfoRequest, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    page = reverse("desk:bundle", args=[consulted.pk])
    hidden = _held(client.post(page, {"why": "移送复议机关"}))
    for name in (THIRD, FIRM, PHONE, APPLICANT.name, APPLICANT.phone):
        assert name not in hidden
    assert "李**" in hidden
    full = _held(client.post(page, {"why": "移送复议机关", "persons": "full"}))
    assert THIRD in full
    assert FIRM in full


def test_what_was_done_wrong_names_nobody_to_a_supervisor(
    client_of: ClientOf, county: County, consulted: InfoRequest
) -> None:
    _act(consulted, Action.DECIDE, outcome="granted")
    address = reverse("desk:case", args=[consulted.pk])
    wrong = client_of(Role.CLERK, county.bureau).get(address).content.decode()
    assert FIRM in wrong.split("办理中的瑕疵")[1].split("</section>")[0]
    seen = client_of(Role.SUPERVISOR, county.office).get(address).content.decode()
    assert "宁***" in seen.split("办理中的瑕疵")[1].split("</section>")[0]
    assert FIRM not in seen


@pytest.mark.parametrize("page", ["desk:case", "desk:clock"])
def test_a_supervisor_sees_the_course_and_not_the_persons(
    client_of: ClientOf, county: County, consulted: InfoRequest, page: str
) -> None:
    address = reverse(page, args=[consulted.pk])
    seen = client_of(Role.SUPERVISOR, county.office).get(address).content.decode()
    for name in (THIRD, FIRM, PHONE, APPLICANT.name, APPLICANT.phone):
        assert name not in seen
    assert "李**" in seen
    own = client_of(Role.CLERK, county.bureau).get(address).content.decode()
    assert THIRD in own
    assert FIRM in own


def test_of_a_case_that_was_cleared_numbers_are_hidden_from_its_own_office(
    client_of: ClientOf, county: County, consulted: InfoRequest
) -> None:
    InfoRequest.objects.filter(pk=consulted.pk).update(purged_on=_today())
    own = client_of(Role.CLERK, county.bureau).get(reverse("desk:case", args=[consulted.pk]))
    assert PHONE not in own.content.decode()
    assert THIRD not in own.content.decode()


@pytest.mark.parametrize(
    ("person", "is_known"),
    [
        (Person(name="张伟"), False),
        (Person(name="张伟", phone=" "), False),
        (Person(name="张伟", phone=PHONE), True),
        (Person(name="张伟", identity_kind="passport", identity_number="E12345678"), True),
    ],
)
def test_a_name_alone_makes_nobody_the_same_applicant(
    county: County, person: Person, *, is_known: bool
) -> None:
    first, second = (asked(county.bureau, "2025-03-03", person=person) for _ in range(2))
    assert bool(first.applicant.fingerprint) is is_known
    assert [each.same_applicant for each in applicants.alike(second)] == [is_known]
    assert applicants.frequency(second).year == 1 + is_known


def test_after_clearing_nothing_personal_is_taken_in(client: Client, county: County) -> None:
    case = asked(county.bureau, "2025-03-03", person=Person(name="周晓岚", phone=PHONE))
    for action, facts in ((Action.DECIDE, {"outcome": "granted"}), (Action.SERVE, {"by": "in_person"})):
        case = _act(case, action, **facts)
    InfoRequest.objects.filter(pk=case.pk).update(purged_on=_today())
    entered(client, case, numbering.query_code(case))
    page = client.get("/shenqing/jindu/").content.decode()
    assert "youxiang" not in page
    assert "pingjia" not in page
    for address, given in (("youxiang", {"email": "zhou@example.org"}), ("pingjia", {"score": "5"})):
        answer = client.post(f"/shenqing/jindu/{address}/", given, follow=True)
        assert "已经到期清除" in answer.content.decode()
    case.applicant.refresh_from_db()
    assert case.applicant.email == ""
    assert not Rating.objects.exists()


def _uploads(number: int) -> list[tuple[FileKind, Upload]]:
    upload = Upload(name="材料.txt", content_type="text/plain", data=b"x", scanned_clean=None)
    return [(FileKind.REQUEST, upload)] * number


def _submitted(county: County, number: int) -> InfoRequest:
    return asking.submit(
        agency=county.bureau, kind="request", applicant_kind="natural_person", person=APPLICANT,
        wanted="2024年度供水水质检测结果", medium="electronic", delivery="online", needs_help=False,
        uploads=_uploads(number), submission_key="k" * 32,
    )  # fmt: skip


def test_files_sent_with_the_request_do_not_keep_reasons_out(county: County) -> None:
    case = _submitted(county, 5)
    case = _act(case, Action.ASK_REASONS)
    five = [upload for _, upload in _uploads(5)]
    with pytest.raises(Refused, match="一次不能超过5个"):
        asking.hand_in(case=case, action=Action.REASONS_GIVEN, text="各用于一处房屋", uploads=five)
    case = asking.hand_in(case=case, action=Action.REASONS_GIVEN, text="各用于一处房屋", uploads=five[1:])
    assert case.files.count() == 10
    assert "说明理由内容.txt" in {each.name for each in case.files.all()}


def test_more_than_five_of_a_kind_are_not_taken_with_a_request(county: County) -> None:
    with pytest.raises(Refused, match="一次不能超过5个"):
        _submitted(county, 6)
    assert not InfoRequest.objects.exists()


def _receipt(case: InfoRequest) -> str:
    data, _ = following.receipt_file(case, "docx")
    return re.sub("<[^>]+>", "", zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode())


def test_a_receipt_before_the_day_is_agreed_says_so(county: County, clerk: User) -> None:
    case = asked(county.bureau, "2025-03-03", by=clerk, channel=Channel.FAX)
    text = _receipt(case)
    assert "尚待与你确认收到；确认之日为收到之日" in text
    assert "待填" not in text
    row = acting.locked(case)
    on = date(2025, 3, 6)
    acting.write(
        row, action=Action.CONFIRM_RECEIPT, on=on, facts={}, by=clerk, now=timezone.now(), as_it_was=True
    )
    text = _receipt(InfoRequest.objects.get(pk=case.pk))
    assert "2025年3月6日，本机关收到你" in text
    assert "尚待" not in text


def test_an_offices_own_receipt_without_that_case_shows_no_gap_either(county: County, clerk: User) -> None:
    case = asked(county.bureau, "2025-03-03", by=clerk, channel=Channel.FAX)
    own = "回执\n{申请人}：\n{收到日期}收到申请。{收到依据}。\n{落款}\n{联系方式}"
    LetterTemplate.objects.create(agency=county.bureau, kind="receipt", text=own, by=clerk, at=timezone.now())
    text = _receipt(case)
    assert "（收到之日待与您确认）收到申请" in text
    assert "待填" not in text


@pytest.mark.parametrize(
    ("outcome", "words"), [("records.corrected", "已答复：予以更正"), ("records.refused", "已答复：不予更正")]
)
def test_how_a_correction_of_records_ended_is_said(county: County, outcome: str, words: str) -> None:
    case = asked(county.bureau, _today().isoformat(), kind=CaseKind.RECORDS)
    case = _act(case, Action.DECIDE, outcome=outcome)
    case = _act(case, Action.SERVE, by="in_person")
    assert following.view_of(case).standing.headline == words


def test_the_form_for_records_promises_no_new_period(client: Client, county: County) -> None:
    request = looked_over(client, county.bureau.slug, PERSON).content.decode()
    assert "答复期限从补正之日重新起算" in request
    records = looked_over(client, county.bureau.slug, PERSON, "?shi=gengzheng").content.decode()
    assert "重新起算" not in records
    assert "核对身份以后办理更正" in records


def test_bytes_no_database_keeps_are_left_out(consulted: InfoRequest, clerk: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(clerk)
    answer = client.post(reverse("desk:bundle", args=[consulted.pk]), {"why": "移送\0复议"})
    assert answer.status_code == 200
    assert consulted.records.filter(act="export").get().facts["why"] == "移送复议"
    item = consulted.files.get()
    answer = client.post(reverse("desk:detach", args=[item.pk]), {"reason": "重\0复"})
    assert answer.status_code == 302
    assert consulted.records.filter(act="detach").get().facts["why"] == "重复"


@pytest.mark.parametrize("version", ["9" * 30, "١", "\0", "-1"])
def test_odd_versions_of_settings_are_no_fault(county: County, version: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(county.person(Role.APPROVER, county.bureau))
    given = {"do": "save", "text": "x\0", "version": version}
    assert client.post(reverse("desk:template", args=["receipt"]), given).status_code in (409, 422)
    assert client.post(reverse("desk:settings"), {"version": version}).status_code in (409, 422)


def test_a_zero_byte_in_the_request_is_a_fault_of_the_field(client: Client, county: County) -> None:
    answer = sent(client, county.bureau.slug, PERSON)
    assert answer.status_code == 302
    answer = client.post(
        f"/shenqing/{county.bureau.slug}/tianxie/", PERSON | {"wanted": "水\0质", "buzhou": "yulan"}
    )
    assert answer.status_code == 200
    assert InfoRequest.objects.count() == 1
