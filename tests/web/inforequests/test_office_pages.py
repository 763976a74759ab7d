"""The office's settings and templates, a case taken out whole, a PDF severed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from county import County
from desk import APPLICANT, asked, at
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai import letters as core
from gongkai.law.procedure.states import Service
from gongkai.papers.paper import Paper, Paragraph, plain
from gongkai.papers.pdf import write_pdf
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models import CaseFileItem, DeskSettings, InfoRequest, SettingsChange, Severance
from gongkai.web.inforequests.services import (
    acting,
    bundling,
    files,
    folding,
    lettering,
    letters,
    office_settings,
    severance,
    templating,
)
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.refusing import Conflict, Refused

CONTENT = Draft(details={"given": ("水质检测结果",), "delivery": "电子文本"})
NUMBER = "11010119900307109X"


@pytest.fixture
def clerk(county: County) -> User:
    return county.person(Role.CLERK, county.bureau)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _attach(
    case: InfoRequest, clerk: User | None, name: str, data: bytes, kind: FileKind, type_: str
) -> CaseFileItem:
    upload = files.Upload(name=name, content_type=type_, data=data, scanned_clean=None)
    return files.attach(case=case, upload=upload, kind=kind, by=clerk)


def _pdf(*lines: str) -> bytes:
    return write_pdf(Paper(title="检测报告", blocks=tuple(Paragraph(plain(line)) for line in lines)))


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(document[page].get_textpage().get_text_bounded() for page in range(len(document)))


# A case taken out whole.


@pytest.fixture
def case(county: County, clerk: User) -> InfoRequest:
    """A case with a draft reply, an annex and what the applicant sent in."""
    day = timezone.localdate() - timedelta(days=2)
    case = asked(
        county.bureau, day.isoformat(), wanted=f"{APPLICANT.name}房屋征收补偿方案，电话{APPLICANT.phone}"
    )
    letters.draft(case=case, kind="granted.given", content=CONTENT, by=clerk)
    _attach(case, clerk, "检测结果.pdf", _pdf("第一行"), FileKind.ANNEX, "application/pdf")
    _attach(case, None, "证件.pdf", _pdf("证件"), FileKind.IDENTITY, "application/pdf")
    _attach(case, clerk, "坏的.pdf", b"%PDF-1.7 broken", FileKind.WORKING, "application/pdf")
    return case


def _unpacked(answer: object) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_bundle_hides_persons_unless_asked_for_them(case: InfoRequest, clerk: User) -> None:
    page = reverse("desk:bundle", args=[case.pk])
    answer = _client(clerk).post(page, {"why": "内部检查", "persons": "hidden"})
    assert answer["Content-Disposition"].startswith("attachment;") and "no-store" in answer["Cache-Control"]
    found = _unpacked(answer)
    assert not any("证件" in name or "坏的" in name for name in found)
    record = found["案件记录.json"].decode()
    whole = record + found["目录.txt"].decode() + _text(found[f"卷宗-{case.number}.pdf"])
    whole += "".join(
        _text(data) for name, data in found.items() if name.endswith(".pdf") and name.startswith("文书")
    )
    for value in (
        APPLICANT.name,
        APPLICANT.phone,
        APPLICANT.identity_number,
        APPLICANT.address,
        APPLICANT.email,
    ):
        assert value not in whole, value
    assert "未包含：身份证明" in found["目录.txt"].decode()
    assert not case.records.filter(act="unmask").exists()
    assert case.records.get(act="export").facts == {"why": "内部检查", "full": False}


def test_a_full_bundle_holds_all_of_it_and_says_who_took_it(case: InfoRequest, clerk: User) -> None:
    page = reverse("desk:bundle", args=[case.pk])
    found = _unpacked(_client(clerk).post(page, {"why": "复议举证", "persons": "full"}))
    assert json.loads(found["案件记录.json"])["申请人"]["name"] == APPLICANT.name
    listed = found["目录.txt"].decode()
    for name, data in found.items():
        if name != "目录.txt":
            assert f"{hashlib.sha256(data).hexdigest()}  {name}" in listed
    volume = pypdfium2.PdfDocument(found[f"卷宗-{case.number}.pdf"])
    assert "卷宗" in volume[0].get_textpage().get_text_bounded()
    index = "".join(volume[1].get_textpage().get_text_bounded().split())
    assert "证件.pdf" in index and "另附" in index
    assert case.records.filter(act="unmask").count() == 1
    case.refresh_from_db()
    assert acting.breaks(case) == []


def test_the_index_names_the_page_each_piece_begins_on(case: InfoRequest, clerk: User) -> None:
    made = bundling.bundle(case=case, by=clerk, full=True, why="归档")
    with zipfile.ZipFile(made.file) as package:
        volume = pypdfium2.PdfDocument(package.read(f"卷宗-{case.number}.pdf"))
    pages = (volume[page].get_textpage().get_text_bounded() for page in range(len(volume)))
    texts = ["".join(page.split()) for page in pages]
    place = next(at for at, text in enumerate(texts, 1) if "第一行" in text)
    today = timezone.localdate().isoformat()
    assert f"检测结果.pdf{today}{place}" in texts[1]


@pytest.mark.parametrize(("role", "status"), [(Role.REVIEWER, 302), (Role.SECRECY_REVIEWER, 404)])
def test_others_take_no_case_out(county: County, case: InfoRequest, role: Role, status: int) -> None:
    client = _client(county.person(role, county.bureau))
    assert client.post(reverse("desk:bundle", args=[case.pk]), {"why": "看看"}).status_code == status
    assert not case.records.filter(act="export").exists()


def test_a_bundle_without_a_reason_is_refused(case: InfoRequest, clerk: User) -> None:
    assert _client(clerk).post(reverse("desk:bundle", args=[case.pk]), {"why": " "}).status_code == 409


# Settings.


def _settings(client: Client, **given: str) -> object:
    page = client.get(reverse("desk:settings"))
    values = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    form = {field.html_name: field.value() for field in page.context["form"]}
    form = {name: value for name, value in {**values, **form}.items() if value not in (None, False, "")}
    return client.post(reverse("desk:settings"), form | {"version": page.context["seen"]} | given)


def test_a_switch_shows_what_it_moves_and_is_saved_on_the_second_click(
    county: County, approver: User, clerk: User
) -> None:
    case = asked(county.bureau, (timezone.localdate() - timedelta(days=9)).isoformat())
    content = Draft(details={"scale": "本月第31件", "answer_by": timezone.localdate() + timedelta(days=9)})
    letter = letters.draft(
        case=case, kind="reasons_letter", content=content, by=clerk, now=at(str(case.registered_on))
    )
    DeskSettings.objects.create(agency=county.bureau, mark="测教")
    county.bureau.phone = "0990-1234567"
    county.bureau.save()
    day = timezone.localdate() - timedelta(days=8)
    letter = letters.issue(letter=letter, by=clerk, now=at(day.isoformat()))
    letters.send(letter=letter, service=Service.ELECTRONIC, by=clerk, now=at(day.isoformat()))
    case.refresh_from_db()
    due = case.due_on
    client = _client(approver)
    shown = _settings(client, s_reasons_stop_clock="otherwise")
    assert shown.status_code == 200
    assert [each.case for each in shown.context["moved"]] == [case]
    assert "尚未保存" in shown.content.decode() and not SettingsChange.objects.exists()
    assert _settings(client, s_reasons_stop_clock="otherwise", confirm="1").status_code == 409
    saved = _settings(client, s_reasons_stop_clock="otherwise", confirm="1", reason="市公开办〔2026〕1号")
    assert saved.status_code == 302
    case.refresh_from_db()
    assert case.due_on != due
    change = SettingsChange.objects.get()
    assert (change.by, change.before["practice"], change.after["practice"]) == (
        approver,
        {},
        {"reasons_stop_clock": True},
    )
    assert office_settings.differences(change)[0][0] == "说明理由期间"


def test_particulars_are_saved_at_once_and_twice_is_a_conflict(county: County, approver: User) -> None:
    client = _client(approver)
    assert _settings(client, mark="测教").status_code == 302
    assert DeskSettings.objects.get(agency=county.bureau).mark == "测教"
    assert folding.practice_of(county.bureau.pk) == folding.STRICT
    assert _settings(client, mark="甲", version="0").status_code == 409
    with pytest.raises(TypeError):
        SettingsChange.objects.get().delete()


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
def test_others_of_the_office_see_but_do_not_change(county: County, role: Role) -> None:
    client = _client(county.person(role, county.bureau))
    page = client.get(reverse("desk:settings"))
    assert page.status_code == 200 and "由本机关审批人员修改" in page.content.decode()
    _settings(client, mark="乙")
    assert not DeskSettings.objects.filter(mark="乙").exists()


def test_an_administrator_has_no_part_in_it(county: County) -> None:
    client = _client(county.person(Role.ADMINISTRATOR, county.bureau))
    assert client.get(reverse("desk:settings")).status_code == 302
    assert client.get(reverse("desk:templates")).status_code == 302


def test_the_same_fee_switch_restarts_the_clock() -> None:
    assert office_settings.kept({"fee_clock", "organ_opinion_capped"}) == {
        "organ_opinion_capped": False,
        "fee_clock": "restart",
    }
    practice = folding.practice_from(
        office_settings.kept({choice.name for choice in office_settings.choices()})
    )
    assert practice != folding.STRICT


# Templates.


def test_an_office_words_a_letter_and_goes_back(county: County, approver: User) -> None:
    client, page = _client(approver), reverse("desk:template", args=["granted.given"])
    own = core.standard_template("granted.given").replace("经审核", "经研究")
    assert client.post(page, {"do": "save", "text": own, "version": "0"}).status_code == 302
    shown = client.get(page)
    assert [line.code for line in templating.lines(county.bureau) if line.is_own] == ["granted.given"]
    assert "经研究" in shown.content.decode() and shown.context["wording"].own == own.strip()
    assert client.post(page, {"do": "save", "text": own, "version": "0"}).status_code == 409
    assert (
        client.post(page, {"do": "restore", "version": shown.context["wording"].version}).status_code == 302
    )
    assert templating.wording(county.bureau, "granted.given").own == ""


def test_a_wording_without_what_the_law_wants_is_shown_why(county: County, approver: User) -> None:
    client, page = _client(approver), reverse("desk:template", args=["denied.process_info"])
    broken = (
        core.standard_template("denied.process_info").replace("{救济途径}\n", "")
        + "\n<script>{不知道}</script>"
    )
    answer = client.post(page, {"do": "save", "text": broken, "version": "0"})
    shown = answer.content.decode()
    assert answer.status_code == 409 or answer.status_code == 422
    assert "救济途径" in shown and "不知道" in shown and "<script>{" not in shown
    assert templating.wording(county.bureau, "denied.process_info").own == ""


def test_every_standard_wording_reads_with_invented_facts(county: County) -> None:
    for kind in core.KINDS:
        assert "【待填" not in str(templating.sample(county.bureau, kind, "").blocks).replace("卷内文件", "")


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
def test_only_approvers_word_letters(county: County, role: Role) -> None:
    client = _client(county.person(role, county.bureau))
    page = reverse("desk:template", args=["granted.given"])
    assert client.get(page).status_code == 200
    client.post(page, {"do": "save", "text": core.standard_template("granted.given"), "version": "0"})
    assert not county.bureau.letter_templates.exists()
    assert client.get(reverse("desk:template", args=["nothing"])).status_code == 404


# Severance.


@pytest.fixture
def item(county: County, clerk: User) -> CaseFileItem:
    """A PDF with a person's number in it."""
    case = asked(county.bureau, timezone.localdate().isoformat())
    data = _pdf(f"联系人王建国，身份证号码{NUMBER}。", "合同总价十万元。", "经办人王建国。")
    return _attach(case, clerk, "合同.pdf", data, FileKind.WORKING, "application/pdf")


def _do(client: Client, item: CaseFileItem, do: str, **given: object) -> object:
    version = Severance.objects.filter(item=item).values_list("version", flat=True).first() or 0
    return client.post(reverse("desk:sever", args=[item.pk]), {"do": do, "version": version, **given})


def test_a_file_is_marked_and_a_copy_is_made_for_the_applicant(item: CaseFileItem, clerk: User) -> None:
    client = _client(clerk)
    why = {"find-ground": "personal_privacy", "find-reason": "他人姓名"}
    assert _do(client, item, "suggest").status_code == 302
    _do(client, item, "find", **why, **{"find-text": "王建国"})
    assert _do(client, item, "produce", despite="1").status_code == 302
    made = item.case.files.get(kind=FileKind.ANNEX)
    assert made.name == "合同（区分处理）.pdf"
    assert lettering.annexes_offered(item.case) == [made]
    data = files.open_file(item=made, by=clerk)
    assert NUMBER not in _text(data) and "王建国" not in _text(data)
    assert NUMBER in _text(files.open_file(item=item, by=clerk))


def test_an_area_is_drawn_listed_and_taken_away(item: CaseFileItem, clerk: User) -> None:
    client = _client(clerk)
    area = {
        "draw-x0": "200",
        "draw-y0": "120.5",
        "draw-x1": "100",
        "draw-y1": "90",
        "draw-ground": "trade_secret",
    }
    assert _do(client, item, "draw", **area, **{"draw-reason": "<script>价格</script>"}).status_code == 302
    shown = client.get(reverse("desk:sever", args=[item.pk]))
    page = shown.content.decode()
    assert 'x="100.0" y="90.0" width="100.0" height="30.5"' in page
    assert "<script>价格" not in page and "商业秘密" in page
    assert _do(client, item, "draw", **(area | {"draw-x1": "200"})).status_code == 409
    assert _do(client, item, "draw", **(area | {"draw-x1": "left"})).status_code == 422
    assert _do(client, item, "remove", mark=["0"]).status_code == 302
    assert Severance.objects.get(item=item).marks == []


def test_marks_of_two_people_do_not_overwrite(item: CaseFileItem, clerk: User) -> None:
    work = severance.work_of(item)
    why = {"ground": "trade_secret", "reason": "", "by": clerk}
    severance.draw(work=work, page=1, box=(1, 1, 9, 9), seen=0, **why)
    with pytest.raises(Conflict):
        severance.draw(work=severance.work_of(item), page=1, box=(20, 20, 30, 30), seen=0, **why)


def test_a_second_copy_takes_the_place_of_the_first(item: CaseFileItem, clerk: User) -> None:
    why = {"ground": "trade_secret", "reason": "", "by": clerk}
    severance.draw(work=severance.work_of(item), page=1, box=(1, 1, 9, 9), seen=0, **why)
    first = severance.produce(work=severance.work_of(item), despite=True, by=clerk, seen=1).item
    second = severance.produce(work=severance.work_of(item), despite=True, by=clerk, seen=2).item
    first.refresh_from_db()
    assert first.removed_at
    assert lettering.annexes_offered(item.case) == [second]
    assert severance.work_of(item).made == second


def test_words_that_stand_elsewhere_are_named_first(item: CaseFileItem, clerk: User) -> None:
    why = {"ground": "personal_privacy", "reason": "", "by": clerk}
    found = severance.view(severance.work_of(item), 1)
    assert found.total == 0 and found.pages == [(1, 0)]
    severance.find(work=severance.work_of(item), text="王建国", seen=0, **why)
    severance.remove(work=severance.work_of(item), indexes={1}, by=clerk, seen=1)
    made = severance.produce(work=severance.work_of(item), despite=False, by=clerk, seen=2)
    assert made.item is None and made.by_page == {1: 1}
    client = _client(clerk)
    page = _do(client, item, "produce").content.decode()
    assert "标记过的文字在别处还出现" in page
    assert _do(client, item, "add_listed", listed=made.listed).status_code == 302
    assert len(Severance.objects.get(item=item).marks) == 2


def test_what_is_no_pdf_or_not_the_clerks_is_not_severed(
    county: County, item: CaseFileItem, clerk: User
) -> None:
    other = _attach(item.case, clerk, "a.txt", b"x", FileKind.WORKING, "text/plain")
    identity = _attach(item.case, None, "证件.pdf", _pdf("证件"), FileKind.IDENTITY, "application/pdf")
    for each in (other, identity):
        assert _client(clerk).get(reverse("desk:sever", args=[each.pk])).status_code == 404
    page = reverse("desk:sever", args=[item.pk])
    assert _client(county.person(Role.APPROVER, county.bureau)).get(page).status_code == 302
    assert _client(county.person(Role.CLERK, county.township)).get(page).status_code == 404
    broken = _attach(item.case, clerk, "坏.pdf", b"%PDF-1.4 broken", FileKind.WORKING, "application/pdf")
    answer = _client(clerk).get(reverse("desk:sever", args=[broken.pk]))
    assert answer.status_code == 409 and "PDF" in answer.content.decode()


def test_a_fake_ground_or_nothing_to_find_is_refused(item: CaseFileItem, clerk: User) -> None:
    work = severance.work_of(item)
    with pytest.raises(Refused, match="事由"):
        severance.draw(work=work, page=1, box=(1, 1, 2, 2), ground="x", reason="", by=clerk, seen=0)
    with pytest.raises(Refused, match="文字"):
        severance.find(work=work, text=" ", ground="draft", reason="", by=clerk, seen=0)
    with pytest.raises(Refused, match="标"):
        severance.produce(work=work, despite=True, by=clerk, seen=0)
    assert lettering.annexes_offered(item.case) == []
