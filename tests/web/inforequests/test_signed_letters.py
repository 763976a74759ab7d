"""What is signed is what goes out: the annexes a letter names, its words on every later day, its wording."""

from __future__ import annotations

import io
import zipfile

import pytest
from county import County
from desk import GIVEN, asked, at
from django.test import Client
from django.urls import reverse

from gongkai import letters as core
from gongkai.law.procedure.states import Action, Service
from gongkai.papers.paper import Paper
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models import CaseFileItem, InfoRequest, Letter
from gongkai.web.inforequests.services import acting, bundling, files, following, lettering, letters, signed
from gongkai.web.inforequests.services.drafting import Draft, draft_of
from gongkai.web.inforequests.services.refusing import Refused

REFUSED = Draft(details={"reasons": "属于内部工作流程"}, grounds=("workflow",))
WHY = Draft(details={"reasons": "需要核实数据", "extension_days": 10})
ASKED = Draft(details={"third_party": "某水务公司", "summary": "水质数据"})
DAY = "2025-09-16"


@pytest.fixture
def case(county: County) -> InfoRequest:
    return asked(county.bureau, "2025-09-15")


def _file(case: InfoRequest, by: User, name: str = "表.txt", data: bytes = b"x") -> CaseFileItem:
    upload = files.Upload(name=name, content_type="text/plain", data=data, scanned_clean=None)
    return files.attach(case=case, upload=upload, kind=FileKind.ANNEX, by=by)


def _submitted(
    case: InfoRequest, kind: str, content: Draft, by: User, annexes: tuple[CaseFileItem, ...] = ()
) -> Letter:
    content = lettering.with_annexes(content, annexes) if annexes else content
    letter = letters.draft(case=case, kind=kind, content=content, by=by, now=at(DAY))
    return letters.submit(letter=letter, by=by, now=at(DAY))


def _sent(letter: Letter, by: User, approver: User) -> Letter:
    letter = letters.issue(letter=letter, by=approver, now=at(DAY))
    letter = letters.send(letter=letter, service=Service.IN_PERSON, by=by, now=at(DAY))
    letter.case.refresh_from_db()
    return letter


def _words(paper: Paper) -> str:
    return "".join(text for block in paper.blocks for text, _ in getattr(block, "runs", ()))


def _package(case: InfoRequest, by: User) -> zipfile.ZipFile:
    with bundling.bundle(case=case, full=False, by=by, why="备查").file as package:
        return zipfile.ZipFile(io.BytesIO(package.read()))


# Annexes.


def test_the_annex_of_a_voided_grant_does_not_go_with_the_refusal(
    case: InfoRequest, clerk: User, approver: User
) -> None:
    item = _file(case, clerk)
    content = lettering.with_annexes(GIVEN, [item])
    grant = letters.draft(case=case, kind="granted.given", content=content, by=clerk, now=at(DAY))
    letters.void(letter=grant, reason="改为不予公开", by=clerk, now=at(DAY))
    refusal = _submitted(case, "denied.internal_affairs", REFUSED, clerk)
    case = _sent(refusal, clerk, approver).case
    assert following.annexes_of(case) == []
    assert following.annex_file(case, item.pk) is None


def test_a_file_put_in_after_signing_reaches_nobody(case: InfoRequest, clerk: User, approver: User) -> None:
    letter = _submitted(case, "granted.given", GIVEN, clerk)
    case = _sent(letter, clerk, approver).case
    late = _file(case, clerk)
    assert following.annex_file(case, late.pk) is None


def test_another_draft_takes_nothing_from_a_letter(case: InfoRequest, clerk: User, approver: User) -> None:
    item = _file(case, clerk)
    keep = {"case": case, "by": clerk, "kind": "granted.given", "content": GIVEN}
    first = lettering.save(**keep, letter=None, annexes=[item.pk])
    second = lettering.save(**keep, letter=None, annexes=[item.pk])
    letters.submit(letter=first, by=clerk, now=at(DAY))
    lettering.save(**keep, letter=second, annexes=[])
    first.refresh_from_db()
    case = _sent(first, clerk, approver).case
    assert draft_of(first).annexes == ("表",)
    assert following.annexes_of(case) == [item]


def test_an_annex_of_a_letter_to_a_third_party_is_not_the_applicants(case: InfoRequest, clerk: User) -> None:
    item = _file(case, clerk)
    content = lettering.with_annexes(ASKED, [item])
    letter = letters.draft(case=case, kind="third_party_letter", content=content, by=clerk, now=at(DAY))
    case = _sent(letter, clerk, clerk).case
    assert following.annex_file(case, item.pk) is None
    item.refresh_from_db()
    assert not item.for_applicant


def test_two_files_of_one_name_are_told_apart(case: InfoRequest, clerk: User, approver: User) -> None:
    one, two = _file(case, clerk, data=b"one"), _file(case, clerk, data=b"two")
    sheet = _file(case, clerk, name="表.xlsx")
    assert signed.names_of([one, sheet]) == ("表.txt", "表.xlsx")
    assert signed.names_of([one, two]) == ("表.txt（1）", "表.txt（2）")
    letter = _submitted(case, "granted.given", GIVEN, clerk, (two,))
    assert draft_of(letter).annexes == ("表",)
    files.detach(item=one, reason="重复", by=clerk)
    with pytest.raises(Refused, match="附件"):
        files.detach(item=two, reason="重复", by=clerk)
    case = _sent(letter, clerk, approver).case
    found = following.annex_file(case, two.pk)
    assert found is not None
    assert found[0] == b"two"
    assert following.annex_file(case, one.pk) is None


def test_an_annex_that_is_not_what_was_signed_is_not_handed_out(
    case: InfoRequest, clerk: User, approver: User
) -> None:
    item = _file(case, clerk)
    letter = _submitted(case, "granted.given", GIVEN, clerk, (item,))
    case = _sent(letter, clerk, approver).case
    CaseFileItem.objects.filter(pk=item.pk).update(sha256="0" * 64)
    assert following.annex_file(case, item.pk) is None


def test_a_letter_whose_annex_was_taken_out_is_not_handed_up(case: InfoRequest, clerk: User) -> None:
    item = _file(case, clerk)
    content = lettering.with_annexes(GIVEN, [item])
    letter = letters.draft(case=case, kind="granted.given", content=content, by=clerk, now=at(DAY))
    files.detach(item=item, reason="有误", by=clerk)
    with pytest.raises(Refused, match=r"表\.txt已移出"):
        letters.submit(letter=letter, by=clerk, now=at(DAY))


# Words.


def test_a_signed_letter_reads_as_signed_for_good(
    case: InfoRequest, clerk: User, approver: User, client: Client
) -> None:
    letter = _sent(_submitted(case, "denied.internal_affairs", REFUSED, clerk), clerk, approver)
    before = lettering.standing(letter)
    kind = "denied.internal_affairs"
    text = core.standard_template(kind) + "\n后来加上的话。\n"
    letters.save_template(agency=letter.case.agency, kind=kind, text=text, by=approver)
    letter.case.agency.phone = "0990-7654321"
    letter.case.agency.save()
    letter = Letter.objects.select_related("case__agency").get(pk=letter.pk)
    assert lettering.standing(letter).paper == before.paper
    assert letters.file_of(letter, "pdf")[1] == f"{before.file_name}.pdf"
    client.force_login(clerk)
    page = client.get(reverse("desk:letter", args=[letter.pk])).content.decode()
    assert "0990-1234567" in page
    assert "后来加上的话" not in page
    package = _package(letter.case, clerk)
    name = next(each for each in package.namelist() if each.startswith("文书/01") and each.endswith(".docx"))
    inner = zipfile.ZipFile(io.BytesIO(package.read(name))).read("word/document.xml").decode()
    assert "后来加上的话" not in inner
    assert case.applicant.name not in inner
    assert "signed_paper" not in package.read("案件记录.json").decode()


def test_no_extension_is_told_while_an_opinion_is_out(case: InfoRequest, clerk: User, approver: User) -> None:
    waiting = _submitted(case, "extension_notice", WHY, clerk)
    letter = letters.draft(case=case, kind="third_party_letter", content=ASKED, by=clerk, now=at(DAY))
    _sent(letter, clerk, clerk)
    with pytest.raises(Refused, match="尚有征求意见未答复"):
        letters.issue(letter=waiting, by=approver, now=at(DAY))
    with pytest.raises(Refused, match="尚有征求意见未答复"):
        _submitted(case, "extension_notice", WHY, clerk)
    opinion = {"name": "某水务公司", "opinion": "agrees"}
    acting.record_act(case=case, action=Action.OPINION, facts=opinion, by=clerk, now=at(DAY, "15:00"))
    waiting.refresh_from_db()
    waiting = _sent(waiting, clerk, approver)
    told = f"{waiting.case.due_on:%Y}年{waiting.case.due_on.month}月{waiting.case.due_on.day}日"
    assert told in _words(lettering.standing(waiting).paper)


def test_a_letter_is_signed_in_the_wording_it_was_handed_up_in(
    case: InfoRequest, clerk: User, approver: User
) -> None:
    letter = _submitted(case, "granted.given", GIVEN, clerk)
    text = core.standard_template("granted.given")
    letters.save_template(agency=case.agency, kind="granted.given", text=text, by=approver)
    with pytest.raises(Refused, match="重新送审"):
        letters.issue(letter=letter, by=approver, now=at(DAY))
    letter = letters.give_back(letter=letter, remarks="模板已变动", by=approver, now=at(DAY))
    letter = letters.submit(letter=letter, by=clerk, now=at(DAY))
    letter = letters.issue(letter=letter, by=approver, now=at(DAY))
    assert letter.number
    assert not lettering.open_to(letter, approver).void
