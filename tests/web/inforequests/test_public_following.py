"""A case followed without an account: found by number and code only, for a while, nobody else's in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from applicant import PERSON, PNG, entered, looked_over, sent
from county import County
from desk import APPLICANT, GIVEN, asked
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html

from gongkai.law.procedure.states import Action, Service
from gongkai.web.agencies.models import Notification, Tally
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models import CaseFileItem, InfoRequest, Letter, Rating
from gongkai.web.inforequests.services import (
    acting,
    asking,
    files,
    following,
    granting,
    lettering,
    letters,
    numbering,
)
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.files import Upload

PROGRESS = "/shenqing/jindu/"
CORRECTION = Draft(details={"correction_items": "请写明年份和水厂", "correction_days": 10})


def today() -> str:
    return timezone.localdate().isoformat()


def _text(response: object) -> str:
    return response.content.decode()


def _main(response: object) -> str:
    """Return the main part of a page, without the tokens that differ each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", _text(response))
    return text.split("<main")[1].split("</main")[0]


class Office:
    """The bureau's desk."""

    def __init__(self, county: County) -> None:
        self.clerk = county.person(Role.CLERK, county.bureau)
        self.approver = county.person(Role.APPROVER, county.bureau)

    def letter(self, case: InfoRequest, kind: str, content: Draft, service: Service) -> Letter:
        """Draft, sign and send a letter today."""
        letter = letters.draft(case=case, kind=kind, content=content, by=self.clerk)
        letter = letters.submit(letter=letter, by=self.clerk)
        letter = letters.issue(letter=letter, by=self.approver)
        return letters.send(letter=letter, service=service, by=self.clerk)

    def correction(self, case: InfoRequest) -> Letter:
        """Ask the applicant to correct."""
        letter = letters.draft(case=case, kind="correction_notice", content=CORRECTION, by=self.clerk)
        letter = letters.issue(letter=letter, by=self.clerk)
        return letters.send(letter=letter, service=Service.ELECTRONIC, by=self.clerk)

    def annex(self, case: InfoRequest, *, kind: FileKind = FileKind.ANNEX) -> CaseFileItem:
        """Put a file into the case."""
        upload = Upload(name="水质.pdf", content_type="application/pdf", data=b"%PDF-x", scanned_clean=None)
        return files.attach(case=case, upload=upload, kind=kind, by=self.clerk)


@pytest.fixture
def office(county: County) -> Office:
    county.bureau.phone = "0990-1234567"
    county.bureau.save()
    return Office(county)


@pytest.fixture
def case(county: County) -> InfoRequest:
    return asked(county.bureau, today())


@pytest.fixture
def follower(client: Client, case: InfoRequest) -> Client:
    """The applicant, who has entered number and code."""
    answer = entered(client, case, numbering.query_code(case))
    assert (answer.status_code, answer.headers["Location"]) == (302, PROGRESS)
    return client


# Getting in.


@pytest.mark.parametrize(
    "address", ["", "qixian/", "buzheng/", "liyou/", "chehui/", "wenshu/1.pdf", "fujian/1/"]
)
def test_without_number_and_code_nothing_opens(client: Client, county: County, address: str) -> None:
    assert county.portal.live
    answer = client.get(f"{PROGRESS}{address}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/shenqing/chaxun/")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(client: Client, case: InfoRequest) -> None:
    code = numbering.query_code(case)
    wrong_code = _main(entered(client, case, "AAAA-AAAA"))
    wrong_number = _main(client.post("/shenqing/chaxun/", {"number": "2020-001-00001", "code": code}))
    assert "登记编号或者查询码不对" in wrong_code
    same = wrong_code.replace(case.number, "N").replace("AAAA-AAAA", "C")
    assert same == wrong_number.replace("2020-001-00001", "N").replace(code, "C")
    assert client.get(PROGRESS).status_code == 302


def test_the_code_of_another_case_does_not_open_this_one(
    client: Client, county: County, case: InfoRequest
) -> None:
    other = asked(county.bureau, today())
    assert entered(client, case, numbering.query_code(other)).status_code == 200


def test_too_many_tries_at_a_number_close_it_for_all_whether_it_is_there_or_not(
    case: InfoRequest,
) -> None:
    for number in (case.number, "2020-001-00001"):
        for at in range(10):
            with_sender = {"REMOTE_ADDR": f"192.0.2.{at}"}
            wrong = {"number": number, "code": "AAAA-AAAA"}
            assert Client().post("/shenqing/chaxun/", wrong, **with_sender).status_code == 200
        late = Client().post("/shenqing/chaxun/", {"number": number, "code": numbering.query_code(case)})
        assert late.status_code == 429
        assert "查询次数过多" in _text(late)


def test_too_many_tries_of_a_sender_end_it_for_them_only(case: InfoRequest) -> None:
    for at in range(30):
        Client().post("/shenqing/chaxun/", {"number": f"2020-001-{at:05d}", "code": "AAAA-AAAA"})
    code = numbering.query_code(case)
    assert entered(Client(), case, code).status_code == 429
    elsewhere = {"number": case.number, "code": code}
    assert Client().post("/shenqing/chaxun/", elsewhere, REMOTE_ADDR="192.0.2.9").status_code == 302
    assert not any(case.number in tally.key for tally in Tally.objects.all())


def test_right_tries_are_not_counted_at_the_number(case: InfoRequest) -> None:
    code = numbering.query_code(case)
    assert all(entered(Client(), case, code).status_code == 302 for _ in range(12))


def test_half_an_hour_without_a_page_ends_it(follower: Client) -> None:
    session = follower.session
    grant = session["inforequests.grant"]
    session["inforequests.grant"] = grant | {"at": grant["at"] - granting.IDLE_SECONDS + 60}
    session.save()
    assert follower.get(PROGRESS).status_code == 200
    assert follower.session["inforequests.grant"]["at"] >= grant["at"]
    session = follower.session
    session["inforequests.grant"] = grant | {"at": grant["at"] - granting.IDLE_SECONDS - 1}
    session.save()
    assert follower.get(PROGRESS).status_code == 302
    assert not Session.objects.exists()


def test_ended_it_is_over_for_whoever_kept_the_cookie_too(follower: Client) -> None:
    copied = Client()
    copied.cookies.load({"sessionid": follower.cookies["sessionid"].value})
    assert copied.get(PROGRESS).status_code == 200
    assert follower.post("/shenqing/jieshu/").headers["Location"] == "/shenqing/chaxun/"
    assert copied.get(PROGRESS).status_code == 302
    assert follower.get("/shenqing/jieshu/").status_code == 405


def test_a_planted_session_does_not_become_the_applicants(client: Client, case: InfoRequest) -> None:
    entered(client, case, numbering.query_code(case))
    before = client.cookies["sessionid"].value
    entered(client, case, numbering.query_code(case))
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["expires"] == ""


def test_staff_who_look_stay_logged_in(
    county: County, client_of: Callable[..., Client], case: InfoRequest
) -> None:
    staff = client_of(Role.CLERK, county.bureau)
    entered(staff, case, numbering.query_code(case))
    staff.post("/shenqing/jieshu/")
    assert staff.get("/admin/").status_code == 200
    assert staff.get(PROGRESS).status_code == 302


# What is seen.


def test_it_stands_where_it_stands_in_plain_words(follower: Client, case: InfoRequest) -> None:
    answer = follower.get(PROGRESS)
    text = _main(answer)
    due = case.due_on
    for words in (
        "正在办理",
        "测溪县教育局",
        f"{due.year}年{due.month}月{due.day}日",
        "您在网上提交了申请",
        case.wanted,
    ):
        assert words in text
    assert "周**" in text
    for value in (
        APPLICANT.name,
        APPLICANT.identity_number,
        APPLICANT.phone,
        APPLICANT.email,
        APPLICANT.address,
    ):
        assert value not in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert numbering.query_code(case) not in text


def test_what_the_office_does_inside_is_not_seen(follower: Client, case: InfoRequest, office: Office) -> None:
    acting.note(case=case, text="内部说明甲", by=office.clerk)
    acting.record_act(case=case, action=Action.ASSIGN, facts={"to": "供水科"}, by=office.clerk)
    letters.draft(case=case, kind="granted.given", content=GIVEN, by=office.clerk)
    office.annex(case, kind=FileKind.WORKING)
    text = _main(follower.get(PROGRESS))
    for words in ("内部说明甲", "供水科", "水质.pdf", "答复书", "测试人员"):
        assert words not in text


def test_a_third_party_stays_unnamed_even_in_the_reckoning(
    follower: Client, case: InfoRequest, office: Office
) -> None:
    about = Draft(details={"third_party": "秘密科技公司", "summary": "水质数据"})
    letter = letters.draft(case=case, kind="third_party_letter", content=about, by=office.clerk)
    letter = letters.issue(letter=letter, by=office.clerk)
    letters.send(letter=letter, service=Service.IN_PERSON, by=office.clerk)
    opinion = {"name": "秘密科技公司", "opinion": "objects"}
    text = _main(follower.get(PROGRESS)) + _main(follower.get(f"{PROGRESS}qixian/"))
    assert "正在征求意见" in text
    acting.record_act(case=case, action=Action.OPINION, facts=opinion, by=office.clerk)
    text += _main(follower.get(PROGRESS)) + _main(follower.get(f"{PROGRESS}qixian/"))
    assert "有关第三方" in text
    assert "秘密科技公司" not in text
    assert "不同意公开" not in text
    assert "征求第三方意见书" not in text


def test_every_day_of_the_count_is_shown_with_its_reason(client: Client, county: County) -> None:
    case = asked(county.bureau, "2025-09-25")
    entered(client, case, numbering.query_code(case))
    page = html.document_fromstring(_text(client.get(f"{PROGRESS}qixian/")))
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//table[@class='days']//tbody/tr")]
    steps = following.steps_of(case)
    ledger = next(step.ledger for step in steps if step.ledger)
    assert len(rows) == len(ledger.days)
    assert sum("个工作日" in row for row in rows) == 20
    assert any("2025年10月1日" in row and "不计入" in row and "国庆" in row for row in rows)
    assert any("2025年9月28日" in row and "调休上班" in row for row in rows)
    assert any("第三十三条第二款" in text for text in page.xpath("//p/text()"))


def test_overdue_is_said_with_what_one_can_do(client: Client, county: County) -> None:
    case = asked(county.bureau, "2025-03-03")
    entered(client, case, numbering.query_code(case))
    text = _main(client.get(PROGRESS))
    assert "已经超过答复期限" in text
    assert "行政复议" in text


# Letters and what comes with them.


def test_the_reply_and_its_annexes_are_there_once_sent(
    follower: Client, case: InfoRequest, office: Office
) -> None:
    annex, inner = office.annex(case), office.annex(case)
    assert follower.get(f"{PROGRESS}fujian/{annex.pk}/").status_code == 404
    content = lettering.with_annexes(GIVEN, [annex])
    letter = letters.draft(case=case, kind="granted.given", content=content, by=office.clerk)
    letter = letters.submit(letter=letter, by=office.clerk)
    letter = letters.issue(letter=letter, by=office.approver)
    assert follower.get(f"{PROGRESS}wenshu/{letter.pk}.pdf").status_code == 404
    assert "已作出决定，正在送达" in _main(follower.get(PROGRESS))
    letters.send(letter=letter, service=Service.IN_PERSON, by=office.clerk)
    before = case.records.count()
    text = _main(follower.get(PROGRESS))
    assert "已答复：予以公开" in text
    assert letter.number in text
    pdf = follower.get(f"{PROGRESS}wenshu/{letter.pk}.pdf")
    assert pdf.status_code == 200, _text(pdf)[-1500:]
    with Letter.objects.get(pk=letter.pk).pdf.open("rb") as kept:
        assert pdf.content == kept.read()
    assert "no-store" in pdf.headers["Cache-Control"]
    assert follower.get(f"{PROGRESS}wenshu/{letter.pk}.docx").content.startswith(b"PK")
    handed = follower.get(f"{PROGRESS}fujian/{annex.pk}/")
    assert (handed.content, handed.headers["Content-Type"]) == (b"%PDF-x", "application/pdf")
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert follower.get(f"{PROGRESS}fujian/{inner.pk}/").status_code == 404
    assert case.records.count() == before


def test_another_cases_letters_and_files_are_out_of_reach(
    follower: Client, county: County, office: Office
) -> None:
    other = asked(county.bureau, today())
    annex = office.annex(other)
    content = lettering.with_annexes(GIVEN, [annex])
    letter = office.letter(other, "granted.given", content, Service.IN_PERSON)
    for address in (f"wenshu/{letter.pk}.pdf", f"wenshu/{letter.pk}.docx", f"fujian/{annex.pk}/"):
        assert follower.get(f"{PROGRESS}{address}").status_code == 404
        assert Client().get(f"{PROGRESS}{address}").status_code == 302
    assert follower.get(f"{PROGRESS}wenshu/999999999999.pdf").status_code == 404


def test_identity_documents_are_never_handed_out(follower: Client, case: InfoRequest, office: Office) -> None:
    upload = Upload(name="证.png", content_type="image/png", data=PNG, scanned_clean=None)
    item = files.attach(case=case, upload=upload, kind=FileKind.IDENTITY, by=None)
    content = lettering.with_annexes(GIVEN, [item])
    office.letter(case, "granted.given", content, Service.IN_PERSON)
    assert follower.get(f"{PROGRESS}fujian/{item.pk}/").status_code == 404
    text = _main(follower.get(PROGRESS))
    assert "身份证明1份" in text
    assert "证.png" not in text


# What the applicant does.


def test_told_to_correct_one_corrects_once(follower: Client, case: InfoRequest, office: Office) -> None:
    assert follower.get(f"{PROGRESS}buzheng/").status_code == 302
    office.correction(case)
    text = _main(follower.get(PROGRESS))
    assert "等您补正" in text
    assert "补正告知书" in text
    assert "补正期限" in _main(follower.get(f"{PROGRESS}buzheng/"))
    assert "请写明内容" in _main(follower.post(f"{PROGRESS}buzheng/", {"text": ""}))
    material = SimpleUploadedFile("说明.pdf", b"%PDF-1.7")
    answer = follower.post(f"{PROGRESS}buzheng/", {"text": "2024年，城北水厂<b>", "material": material})
    assert answer.headers["Location"] == PROGRESS
    case.refresh_from_db()
    assert case.state == "in_hand"
    assert [(each.kind, each.name) for each in case.files.all()] == [
        ("correction", "补正内容.txt"), ("correction", "说明.pdf"),
    ]  # fmt: skip
    with case.files.first().file.open("rb") as kept:
        assert kept.read().decode() == "2024年，城北水厂<b>"
    assert case.records.filter(act="correct", by=None).count() == 1
    assert Notification.objects.filter(title__startswith="申请人已补正").exists()
    again = follower.post(f"{PROGRESS}buzheng/", {"text": "再补"})
    assert "可能已经提交过" in _text(again)
    assert "您补正了申请" in _main(follower.get(PROGRESS))
    assert acting.breaks(case) == []


def test_a_correction_with_a_bad_file_changes_nothing(
    follower: Client, case: InfoRequest, office: Office
) -> None:
    office.correction(case)
    bad = SimpleUploadedFile("说明.pdf", b"MZ")
    text = _text(follower.post(f"{PROGRESS}buzheng/", {"text": "城北水厂", "material": bad}))
    assert "内容与它的类型不符" in text
    assert "城北水厂" in text
    case.refresh_from_db()
    assert case.state == "awaiting_correction"
    assert case.files.count() == 0


def test_asked_for_reasons_one_gives_them(follower: Client, case: InfoRequest, office: Office) -> None:
    about = Draft(details={"scale": "本月提出12件", "answer_by": date(2099, 1, 5)})
    kind = {"reply_by", "answer_by"} & {
        field.code for field, _ in letters.letters.details_of("reasons_letter")
    }
    details = {"scale": "本月提出12件"} | dict.fromkeys(kind, date(2099, 1, 5))
    assert about
    letter = letters.draft(case=case, kind="reasons_letter", content=Draft(details=details), by=office.clerk)
    letter = letters.issue(letter=letter, by=office.clerk)
    letters.send(letter=letter, service=Service.ELECTRONIC, by=office.clerk)
    assert "请您说明理由" in _main(follower.get(PROGRESS))
    follower.post(f"{PROGRESS}liyou/", {"text": "几个村的情况不同"})
    assert case.records.filter(act="reasons_given", by=None).exists()
    assert "请您说明理由" not in _main(follower.get(PROGRESS))


def test_taken_back_after_being_asked_whether_it_is_meant(follower: Client, case: InfoRequest) -> None:
    assert "确定撤回" in _main(follower.get(f"{PROGRESS}chehui/"))
    case.refresh_from_db()
    assert case.closed_on is None
    follower.post(f"{PROGRESS}chehui/")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "other.misc")
    text = _main(follower.get(PROGRESS))
    assert "已撤回" in text
    assert "撤回申请</a>" not in text
    assert "不能撤回" in _main(follower.post(f"{PROGRESS}chehui/", follow=True))


def test_paid_is_told_once_and_recorded_by_the_office_only(
    follower: Client, case: InfoRequest, office: Office
) -> None:
    assert "没有等待您缴纳的费用" in _main(follower.post(f"{PROGRESS}yijiaofei/", follow=True))
    row = acting.locked(case)
    now = timezone.now()
    acting.write(
        row, action=Action.CHARGE, on=timezone.localdate(), facts={"amount_known": False}, by=office.clerk,
        now=now, as_it_was=True,
    )  # fmt: skip
    assert "等您缴费" in _main(follower.get(PROGRESS))
    assert "已经告知受理机关" in _main(follower.post(f"{PROGRESS}yijiaofei/", follow=True))
    assert "您已经告知过" in _main(follower.post(f"{PROGRESS}yijiaofei/", follow=True))
    case.refresh_from_db()
    assert case.state == "awaiting_payment"
    assert "您告知已经缴费" in _main(follower.get(PROGRESS))


def test_rated_once_after_it_is_done(follower: Client, case: InfoRequest, office: Office) -> None:
    assert "办结之后可以评价" in _main(follower.post(f"{PROGRESS}pingjia/", {"score": "5"}, follow=True))
    office.letter(case, "granted.given", GIVEN, Service.IN_PERSON)
    for score in ("", "6", "0", "x"):
        assert "满意度：" in _main(follower.post(f"{PROGRESS}pingjia/", {"score": score}))
    follower.post(f"{PROGRESS}pingjia/", {"score": "4", "words": "快<script>"})
    rating = Rating.objects.get()
    assert (rating.score, rating.words) == (4, "快<script>")
    assert "您已经评价过" in _main(follower.post(f"{PROGRESS}pingjia/", {"score": "1"}, follow=True))
    text = _main(follower.get(PROGRESS))
    assert "您作了评价" in text
    assert "快" not in text.split("办理经过")[1].split("</section")[0]


def test_an_address_is_added_but_not_changed(client: Client, county: County) -> None:
    sent(client, county.bureau.slug)
    case = InfoRequest.objects.get()
    assert "电子邮箱：" in _main(client.post(f"{PROGRESS}youxiang/", {"email": "不是邮箱"}))
    client.post(f"{PROGRESS}youxiang/", {"email": "zhou@example.org"})
    case.applicant.refresh_from_db()
    assert case.applicant.email == "zhou@example.org"
    answer = client.post(f"{PROGRESS}youxiang/", {"email": "other@example.org"}, follow=True)
    assert "您已经留过电子邮箱" in _main(answer)
    case.applicant.refresh_from_db()
    assert case.applicant.email == "zhou@example.org"
    told = str(list(case.records.values_list("facts", flat=True)))
    assert "zhou@example.org" not in told
    assert "zhou@example.org" not in _main(client.get(PROGRESS))


def test_acts_from_elsewhere_are_refused(case: InfoRequest) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = _text(strict.get("/shenqing/chaxun/"))
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    code = numbering.query_code(case)
    given = {"number": case.number, "code": code}
    assert strict.post("/shenqing/chaxun/", given).status_code == 403
    assert strict.post("/shenqing/chaxun/", given | {"csrfmiddlewaretoken": token}).status_code == 302
    for address in ("chehui/", "pingjia/", "yijiaofei/", "youxiang/"):
        assert strict.post(f"{PROGRESS}{address}", {"score": "1"}).status_code == 403
    case.refresh_from_db()
    assert case.closed_on is None


@pytest.mark.parametrize("act", ["withdraw", "correct", "pay"])
def test_the_law_is_asked_before_every_act(case: InfoRequest, office: Office, act: str) -> None:
    office.letter(case, "granted.given", GIVEN, Service.IN_PERSON)
    assert not asking.awaits(InfoRequest.objects.get(pk=case.pk), act)


# A terminal in a hall.


def test_after_the_terminals_reset_nothing_is_left(county: County) -> None:
    terminal = Client(enforce_csrf_checks=True)
    terminal.post("/zizhu/kaishi/")
    slug = county.bureau.slug
    page = _text(terminal.get(f"/shenqing/{slug}/tianxie/"))
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    preview = looked_over(terminal, slug, PERSON | {"csrfmiddlewaretoken": token})
    assert "自助终端不能上传文件" in _text(preview)
    assert 'type="file"' not in _text(preview)
    key = _text(preview).split('name="key" value="')[1].split('"')[0]
    again = PERSON | {"csrfmiddlewaretoken": token, "buzhou": "tijiao", "key": key}
    assert terminal.post(f"/shenqing/{slug}/tianxie/", again).status_code == 302
    receipt = _text(terminal.get("/shenqing/huizhi/"))
    case = InfoRequest.objects.get()
    assert numbering.query_code(case) in receipt
    assert "回执 Word" not in receipt
    assert terminal.get("/shenqing/huizhi/huizhi.pdf").headers["Location"].startswith("/zizhu/kan/")
    assert terminal.get("/shenqing/huizhi/huizhi.docx").status_code == 403
    old = terminal.cookies["sessionid"].value
    terminal.post("/zizhu/jieshu/")
    assert terminal.get("/shenqing/huizhi/").headers["Location"] == "/shenqing/chaxun/"
    assert terminal.get(PROGRESS).status_code == 302
    copied = Client()
    copied.cookies.load({"sessionid": old})
    assert copied.get(PROGRESS).status_code == 302
    # What was filled in cannot be sent again by going back: its token is gone with the cookie.
    assert terminal.post(f"/shenqing/{slug}/tianxie/", again).status_code == 403


def test_in_use_the_pages_are_in_large_type_and_go_by_themselves(county: County) -> None:
    terminal = Client()
    terminal.post("/zizhu/kaishi/")
    slug = county.bureau.slug
    for address in ("/shenqing/", f"/shenqing/{slug}/", f"/shenqing/{slug}/tianxie/", "/shenqing/chaxun/"):
        text = _text(terminal.get(address))
        assert 'class="large kiosk"' in text
        assert 'content="90;url=/zizhu/jieshu/"' in text
