"""The letter room: who may see and do what, letters written by their form, nothing escapes its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from county import County
from desk import asked
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import FileKind, LetterState
from gongkai.web.inforequests.models import CaseFileItem, DeskSettings, InfoRequest, Letter
from gongkai.web.inforequests.services import acting, files, lettering, letters
from gongkai.web.inforequests.services.drafting import Draft, draft_of

SCRIPT = "<script>alert(1)</script>"
REPLY = {"d_given": "供水水质检测结果", "d_delivery": "电子文本，随本答复发送"}


@pytest.fixture
def case(county: County) -> InfoRequest:
    """A request of a few days ago to the bureau, whose letters know what they need."""
    DeskSettings.objects.create(agency=county.bureau, mark="测教")
    county.bureau.phone = "0990-1234567"
    county.bureau.save()
    day = timezone.localdate() - timedelta(days=3)
    return asked(county.bureau, day.isoformat())


@pytest.fixture
def clerk(client_of: Callable[..., Client], county: County) -> Client:
    return client_of(Role.CLERK, county.bureau)


@pytest.fixture
def approver(client_of: Callable[..., Client], county: County) -> Client:
    return client_of(Role.APPROVER, county.bureau)


def _write(client: Client, case: InfoRequest, kind: str = "granted.given", **given: object) -> Letter:
    page = reverse("desk:letter_new", args=[case.pk, kind])
    answer = client.post(page, {"version": _version(case), **(given or REPLY)})
    assert answer.status_code == 302, answer.content.decode()
    return case.letters.last()


def _version(row: InfoRequest | Letter) -> int:
    row.refresh_from_db()
    return row.version


def _do(client: Client, letter: Letter, do: str, **given: object) -> object:
    return client.post(
        reverse("desk:letter", args=[letter.pk]), {"do": do, "version": _version(letter), **given}
    )


def _attached(case: InfoRequest, kind: FileKind = FileKind.ANNEX, name: str = "检测结果.pdf") -> CaseFileItem:
    upload = files.Upload(name=name, content_type="application/pdf", data=b"%PDF-1.7 x", scanned_clean=None)
    return files.attach(case=case, upload=upload, kind=kind, by=None)


def test_a_reply_goes_from_form_to_post_office(case: InfoRequest, clerk: Client, approver: Client) -> None:
    annex = _attached(case)
    letter = _write(clerk, case, **REPLY, annexes=[annex.pk], served_online="")
    page = clerk.get(reverse("desk:letter", args=[letter.pk])).content.decode()
    assert "附件：检测结果" in page and "0990-1234567" in page
    assert _do(clerk, letter, "submit").status_code == 302
    assert _do(approver, letter, "issue").status_code == 302
    letter.refresh_from_db()
    assert letter.number == f"测教公开答〔{timezone.localdate().year}〕1号"
    today = timezone.localdate()
    proof = SimpleUploadedFile("交邮单.pdf", b"%PDF-1.4 proof")
    sent = {
        "service": "post",
        "on": today.isoformat(),
        "postal_enterprise": "on",
        "mail_number": "EA123456789CN",
    }
    assert _do(clerk, letter, "send", **sent, proof=proof).status_code == 302
    case.refresh_from_db()
    assert (case.closed_on, case.outcome, case.defects) == (today, "granted", 0)
    assert case.files.get(kind=FileKind.SERVICE).name == "交邮单.pdf"
    page = clerk.get(reverse("desk:letter", args=[letter.pk])).content.decode()
    assert "EA123456789CN" in page and "邮寄（邮政企业）" in page


def test_a_courier_is_shown_as_a_defect_before_it_is_recorded(
    case: InfoRequest, clerk: Client, approver: Client
) -> None:
    letter = _write(clerk, case)
    _do(clerk, letter, "submit")
    _do(approver, letter, "issue")
    sent = {"service": "post", "on": timezone.localdate().isoformat()}
    answer = _do(clerk, letter, "send", **sent)
    assert answer.status_code == 409
    assert "照实登记" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.sent_on is None
    assert _do(clerk, letter, "send", **sent, as_it_was="1").status_code == 302
    case.refresh_from_db()
    assert case.defects == 1


def test_no_one_signs_their_own_draft(county: County, case: InfoRequest) -> None:
    both = county.person(Role.CLERK, county.bureau)
    both.groups.add(Group.objects.get(name=Role.APPROVER.value))
    client = Client()
    client.force_login(both)
    letter = _write(client, case)
    _do(client, letter, "submit")
    page = client.get(reverse("desk:letter", args=[letter.pk])).content.decode()
    assert "应当由另一名审批人员签发" in page and 'value="issue"' not in page
    assert _do(client, letter, "issue").status_code == 409
    letter.refresh_from_db()
    assert letter.state == LetterState.SUBMITTED


def test_what_is_missing_leads_to_its_field(case: InfoRequest, clerk: Client) -> None:
    letter = _write(clerk, case, "denied.process_info", grounds=["draft"])
    page = clerk.get(reverse("desk:letter", args=[letter.pk])).content.decode()
    form = reverse("desk:letter_edit", args=[letter.pk])
    assert f'href="{form}#at-d_reasons"' in page
    assert 'id="at-d_reasons"' in clerk.get(form).content.decode()
    answer = _do(clerk, letter, "submit")
    assert answer.status_code == 409 and "理由" in answer.content.decode()


def test_withheld_parts_have_rows_and_more_rows(case: InfoRequest, clerk: Client) -> None:
    page = reverse("desk:letter_new", args=[case.pk, "partial"])
    assert clerk.get(page).content.decode().count("不予公开的内容</label>") == 5
    more = clerk.post(page, {"rows": "5", "more": "1", "part0": "姓名"}).content.decode()
    assert more.count("不予公开的内容</label>") == 10 and "姓名" in more
    letter = _write(
        clerk,
        case,
        "partial",
        **REPLY,
        rows="10",
        part7="身份证号码",
        ground7="personal_privacy",
        why7="属于隐私",
    )
    assert draft_of(letter).withheld == (("身份证号码", "personal_privacy", "属于隐私"),)
    assert case.letters.count() == 1


def test_dates_that_follow_from_the_case_are_shown_not_asked(case: InfoRequest, clerk: Client) -> None:
    page = clerk.get(reverse("desk:letter_new", args=[case.pk, "extension_notice"])).content.decode()
    assert "d_extended_to" not in page and "延长后的期限" in page
    assert "原答复期限届满之日起" in page


def test_a_new_letter_begins_with_what_the_office_has_set(
    county: County, case: InfoRequest, clerk: Client
) -> None:
    DeskSettings.objects.filter(agency=county.bureau).update(correction_days=12)
    page = clerk.get(reverse("desk:letter_new", args=[case.pk, "correction_notice"]))
    assert page.context["form"]["d_correction_days"].value() == 12
    page = clerk.get(reverse("desk:letter_new", args=[case.pk, "denied.state_secret"]))
    assert [box.code for box, is_ticked in page.context["form"].ground_boxes() if is_ticked] == [
        "state_secret"
    ]


def test_script_in_any_field_stays_text(case: InfoRequest, clerk: Client) -> None:
    InfoRequest.objects.filter(pk=case.pk).update(wanted=SCRIPT)
    case.applicant.name = SCRIPT
    case.applicant.save()
    given = {"d_given": SCRIPT, "d_delivery": SCRIPT, "part0": SCRIPT, "why0": SCRIPT, "ground0": "draft"}
    letter = _write(clerk, case, "partial", rows="5", **given)
    for name in ("desk:letter", "desk:letter_edit"):
        page = clerk.get(reverse(name, args=[letter.pk])).content.decode()
        assert SCRIPT not in page and "&lt;script&gt;" in page


def test_two_clerks_do_not_overwrite_each_other(case: InfoRequest, clerk: Client) -> None:
    letter = _write(clerk, case)
    page, stale = reverse("desk:letter_edit", args=[letter.pk]), _version(letter)
    assert clerk.post(page, {**REPLY, "version": stale}).status_code == 302
    answer = clerk.post(page, {**REPLY, "d_delivery": "另一种方式", "version": stale})
    assert answer.status_code == 409
    assert "没有保存" in answer.content.decode() and "另一种方式" in answer.content.decode()
    letter.refresh_from_db()
    assert draft_of(letter).details["delivery"] == REPLY["d_delivery"]


def test_a_letter_is_returned_and_voided_with_words(
    case: InfoRequest, clerk: Client, approver: Client
) -> None:
    letter = _write(clerk, case)
    _do(clerk, letter, "submit")
    assert _do(approver, letter, "give_back", remarks="写明页数").status_code == 302
    assert "写明页数" in clerk.get(reverse("desk:letter_edit", args=[letter.pk])).content.decode()
    assert _do(clerk, letter, "void", reason="").status_code == 409
    assert _do(clerk, letter, "void", reason="改用另一种答复").status_code == 302
    letter.refresh_from_db()
    assert letter.state == LetterState.VOID


def test_what_is_public_already_is_shown_beside_a_reply(
    county: County, case: InfoRequest, clerk: Client
) -> None:
    county.document(county.bureau, f"{case.wanted}公告", published_on=timezone.localdate())
    page = clerk.get(reverse("desk:letter_new", args=[case.pk, "granted.public"]))
    assert [hit.url for hit in page.context["published"]]
    assert "公告</a>" in page.content.decode()
    assert clerk.get(reverse("desk:letter_new", args=[case.pk, "receipt"])).context["published"] is None


def test_an_unfit_ground_is_signed_only_as_it_is(case: InfoRequest, clerk: Client, approver: Client) -> None:
    given = {"grounds": ["draft", "trade_secret"], "d_reasons": "属于过程稿"}
    letter = _write(clerk, case, "denied.process_info", **given)
    _do(clerk, letter, "submit")
    answer = _do(approver, letter, "issue")
    assert answer.status_code == 409 and 'name="as_it_was"' in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (LetterState.SUBMITTED, "")
    assert _do(approver, letter, "issue", as_it_was="1").status_code == 302
    case.refresh_from_db()
    assert case.defects


def test_an_annex_of_a_signed_letter_stays(case: InfoRequest, clerk: Client) -> None:
    annex = _attached(case)
    letter = _write(clerk, case, **REPLY, annexes=[annex.pk])
    _do(clerk, letter, "submit")
    clerk.post(reverse("desk:detach", args=[annex.pk]), {"reason": "换一份"})
    annex.refresh_from_db()
    assert annex.removed_at is None
    _do(clerk, letter, "void", reason="x")
    letter.refresh_from_db()
    assert letter.state == LetterState.SUBMITTED


def test_a_kind_that_is_not_open_is_not_written(case: InfoRequest, clerk: Client) -> None:
    assert clerk.get(reverse("desk:letter_new", args=[case.pk, "other.fee_unpaid"])).status_code == 302
    assert clerk.get(reverse("desk:letter_new", args=[case.pk, "nothing"])).status_code == 404
    assert case.letters.count() == 0


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (Role.CLERK, "bureau", 200),
        (Role.REVIEWER, "bureau", 200),
        (Role.APPROVER, "bureau", 200),
        (Role.SECRECY_REVIEWER, "bureau", 404),
        (Role.ADMINISTRATOR, "bureau", 404),
        (Role.CLERK, "township", 404),
        (Role.APPROVER, "stranger", 404),
        (Role.SUPERVISOR, "office", 302),
    ],
)
def test_letters_are_seen_by_the_office_alone(
    county: County,
    case: InfoRequest,
    clerk: Client,
    client_of: Callable[..., Client],
    role: Role,
    where: str,
    status: int,
) -> None:
    letter, item = _write(clerk, case), _attached(case)
    client = client_of(role, getattr(county, where))
    pages = [
        reverse("desk:letter", args=[letter.pk]),
        reverse("desk:letter_file", args=[letter.pk, "docx"]),
        reverse("desk:attach", args=[case.pk]),
        reverse("desk:file", args=[item.pk]),
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == status, page
        if status == 302:
            assert case.applicant.name not in client.get(page, follow=True).content.decode()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER])
def test_only_clerks_draft(
    case: InfoRequest, county: County, client_of: Callable[..., Client], role: Role
) -> None:
    client = client_of(role, county.bureau)
    answer = client.get(reverse("desk:letter_new", args=[case.pk, "granted.given"]))
    assert answer.status_code in (302, 403) and case.letters.count() == 0


def test_a_letter_is_handed_out_to_be_saved(case: InfoRequest, clerk: Client) -> None:
    letter = _write(clerk, case)
    for suffix, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = clerk.get(reverse("desk:letter_file", args=[letter.pk, suffix]))
        assert answer.content.startswith(begins)
        assert answer["Content-Disposition"].startswith("attachment;")
        assert case.applicant.name not in answer["Content-Disposition"]
        assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)
    assert clerk.get(reverse("desk:letter_file", args=[letter.pk, "exe"])).status_code == 404


def test_files_are_put_in_named_if_refused_and_taken_out(case: InfoRequest, clerk: Client) -> None:
    page = reverse("desk:attach", args=[case.pk])
    sent = [SimpleUploadedFile("结果.pdf", b"%PDF-1.4 a"), SimpleUploadedFile("程序.exe", b"MZ")]
    answer = clerk.post(page, {"kind": "annex", "file": sent})
    assert answer.status_code == 422 and "程序.exe" in answer.content.decode()
    item = case.files.get()
    assert item.name == "结果.pdf"
    out = reverse("desk:detach", args=[item.pk])
    clerk.post(out, {"reason": ""})
    item.refresh_from_db()
    assert item.removed_at is None
    clerk.post(out, {"reason": "版本有误"})
    assert clerk.get(reverse("desk:file", args=[item.pk])).status_code == 404


def test_an_identity_document_is_opened_for_a_reason_on_record(case: InfoRequest, clerk: Client) -> None:
    item = _attached(case, FileKind.IDENTITY, "证件.pdf")
    page = reverse("desk:file", args=[item.pk])
    asked_for = clerk.get(page)
    assert "用途" in asked_for.content.decode() and "Content-Disposition" not in asked_for
    assert clerk.post(page, {"why": " "}).status_code == 409
    assert not case.records.filter(act="unmask").exists()
    answer = clerk.post(page, {"why": "核对身份"})
    assert answer.content == b"%PDF-1.7 x"
    assert answer["Content-Disposition"].startswith("attachment;") and "no-store" in answer["Cache-Control"]
    assert case.records.get(act="unmask").facts == {"file": item.pk, "why": "核对身份"}


def test_a_reviewer_opens_no_identity_document(
    county: County, case: InfoRequest, client_of: Callable[..., Client]
) -> None:
    item = _attached(case, FileKind.IDENTITY, "证件.pdf")
    client = client_of(Role.REVIEWER, county.bureau)
    assert client.post(reverse("desk:file", args=[item.pk]), {"why": "看看"}).status_code == 409


def test_each_kind_has_a_guide_and_can_be_saved_empty(county: County, case: InfoRequest) -> None:
    by = county.person(Role.CLERK, county.bureau)
    for kind in lettering.drafting.offered(lettering.folding.case_file(case)):
        guide = lettering.guide(case, kind, Draft())
        assert guide.must_hold and (guide.articles or kind == "other.misc")
        letter = letters.draft(case=case, kind=kind, content=Draft(), by=by)
        lacks = lettering.lacks_of(lettering.standing(letter), guide)
        form = [each for each in lacks if each.place not in ("case", "settings")]
        names = {f"d_{each.code}" for each in guide.asked} | {"parts", "grounds", "tariff"}
        assert {each.place for each in form} <= names


def test_a_decision_set_aside_is_made_anew_by_a_letter(
    case: InfoRequest, clerk: Client, approver: Client
) -> None:
    today = timezone.localdate().isoformat()
    sent = {"service": "in_person", "on": today}
    first = _write(clerk, case)
    _do(clerk, first, "submit")
    _do(approver, first, "issue")
    assert _do(clerk, first, "send", **sent).status_code == 302
    for action, facts in (
        (Action.RECONSIDERATION_FILED, {"ref": "测政复〔2026〕1号"}),
        (Action.RECONSIDERATION_DECIDED, {"ref": "测政复〔2026〕1号", "ending": "revoked"}),
    ):
        acting.record_act(case=case, action=action, by=None, facts=facts, as_it_was=True)
    second = _write(clerk, case, "denied.process_info", grounds=["draft"], d_reasons="属于过程稿")
    _do(clerk, second, "submit")
    assert _do(approver, second, "issue").status_code == 302
    assert case.records.filter(act="redecide").count() == 1
    assert _do(clerk, second, "send", **sent).status_code == 302
    case.refresh_from_db()
    assert case.records.filter(act="serve").count() == 2
