"""Letters: complete before they are signed, signed by another, numbered without gaps, sent, never changed."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from desk import GIVEN, asked, at
from django.contrib.auth.models import Group

from gongkai import letters as core
from gongkai.law.procedure.states import Action, Service
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest, Letter
from gongkai.web.inforequests.services import acting, folding, letters
from gongkai.web.inforequests.services.drafting import Draft, act_of, offered
from gongkai.web.inforequests.services.refusing import Conflict, NeedsConfirmation, Refused

WHY = Draft(details={"reasons": "需要向两个乡镇核实数据", "extension_days": 10})


def _drafted(case: InfoRequest, kind: str, content: Draft, by: object, day: str) -> Letter:
    letter = letters.draft(case=case, kind=kind, content=content, by=by, now=at(day))
    return letters.submit(letter=letter, by=by, now=at(day))


def test_a_reply_is_drafted_signed_and_sent(county: County, clerk: object, approver: object) -> None:
    case = asked(county.bureau, "2025-09-15")
    letter = _drafted(case, "granted.given", GIVEN, clerk, "2025-10-10")
    with pytest.raises(Refused, match="审批"):
        letters.issue(letter=letter, by=clerk, now=at("2025-10-11"))
    letter = letters.issue(letter=letter, by=approver, now=at("2025-10-11"))
    assert letter.number == "测教公开答〔2025〕1号"
    assert letter.case.decided_on == date(2025, 10, 11)
    assert letter.case.closed_on is None
    pdf, name = letters.file_of(letter, "pdf")
    assert pdf.startswith(b"%PDF") and name.endswith("测教公开答〔2025〕1号.pdf")
    letter = letters.send(letter=letter, service=Service.POST, by=clerk, now=at("2025-10-13"))
    case.refresh_from_db()
    assert (case.closed_on, case.outcome, case.defects) == (date(2025, 10, 13), "granted", 0)
    assert letters.file_of(letter, "pdf")[0] == pdf
    with pytest.raises(Refused, match="尚未发出"):
        letters.send(letter=letter, service=Service.POST, by=clerk, now=at("2025-10-13"))
    acts = [record.act for record in case.records.all()]
    assert acts == ["register", "draft_letter", "submit_letter", "decide", "approve_letter", "serve"]


def test_who_changed_a_letter_does_not_sign_it(county: County, clerk: object) -> None:
    both = county.person(Role.APPROVER, county.bureau)
    both.groups.add(Group.objects.get(name=Role.CLERK.value))
    case = asked(county.bureau, "2025-09-15")
    letter = letters.draft(case=case, kind="granted.given", content=GIVEN, by=clerk, now=at("2025-09-16"))
    letter = letters.revise(letter=letter, content=GIVEN, by=both, now=at("2025-09-16"))
    letter = letters.submit(letter=letter, by=clerk, now=at("2025-09-16"))
    with pytest.raises(Refused, match="另一名审批人员"):
        letters.issue(letter=letter, by=both, now=at("2025-09-17"))


def test_a_letter_with_gaps_is_not_submitted(county: County, clerk: object) -> None:
    case = asked(county.bureau, "2025-09-15")
    letter = letters.draft(
        case=case, kind="denied.process_info", content=Draft(), by=clerk, now=at("2025-09-16")
    )
    with pytest.raises(Refused, match="理由"):
        letters.submit(letter=letter, by=clerk, now=at("2025-09-16"))


def test_a_letter_sent_back_is_mended_by_its_drafter(county: County, clerk: object, approver: object) -> None:
    case = asked(county.bureau, "2025-09-15")
    letter = _drafted(case, "granted.given", GIVEN, clerk, "2025-09-16")
    seen = letter.version
    with pytest.raises(Refused, match="需要修改什么"):
        letters.give_back(letter=letter, remarks="", by=approver)
    letter = letters.give_back(letter=letter, remarks="写明页数", by=approver, seen=seen)
    with pytest.raises(Conflict):
        letters.issue(letter=letter, by=approver, seen=seen, now=at("2025-09-17"))
    letter = letters.revise(letter=letter, content=GIVEN, by=clerk)
    assert letters.submit(letter=letter, by=clerk, now=at("2025-09-17")).remarks == ""


def test_an_extension_counts_when_told_in_time_with_consent(
    county: County, clerk: object, approver: object
) -> None:
    case = asked(county.bureau, "2025-09-15")
    letter = _drafted(case, "extension_notice", WHY, clerk, "2025-10-13")
    letter = letters.issue(letter=letter, by=approver, now=at("2025-10-13"))
    case.refresh_from_db()
    assert case.due_on == date(2025, 10, 17)
    letters.send(letter=letter, service=Service.ELECTRONIC, by=clerk, now=at("2025-10-13"))
    case.refresh_from_db()
    assert (case.due_on, case.defects) == (date(2025, 10, 31), 0)
    assert "延长后的最后一日" not in letters.preview(letter).paper.title
    assert "2025年10月31日" in _text(letters.preview(letter, on=date(2025, 10, 13)))


def _text(letter: core.Letter) -> str:
    return "".join(text for block in letter.paper.blocks for text, _ in getattr(block, "runs", ()))


def test_a_late_extension_is_not_offered_and_is_recorded_only_as_a_defect(
    county: County, clerk: object, approver: object
) -> None:
    case = asked(county.bureau, "2025-09-15")
    assert "extension_notice" not in offered(folding.case_file(case, on=date(2025, 10, 20)))
    letter = _drafted(case, "extension_notice", WHY, clerk, "2025-10-16")
    letter = letters.issue(letter=letter, by=approver, now=at("2025-10-17"))
    with pytest.raises(NeedsConfirmation, match="延期无效"):
        letters.send(letter=letter, service=Service.IN_PERSON, by=clerk, now=at("2025-10-20"))
    letter.refresh_from_db()
    assert letter.sent_on is None


def test_a_correction_stops_the_clock_and_begins_it_anew(county: County, clerk: object) -> None:
    case = asked(county.bureau, "2025-01-24")
    content = Draft(details={"correction_items": "请写明年份和水厂", "correction_days": 10})
    letter = letters.draft(
        case=case, kind="correction_notice", content=content, by=clerk, now=at("2025-02-07")
    )
    letter = letters.issue(letter=letter, by=clerk, now=at("2025-02-07"))
    assert letter.number == "测教公开补〔2025〕1号"
    letters.send(letter=letter, service=Service.ELECTRONIC, by=clerk, now=at("2025-02-07"))
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("awaiting_correction", None)
    case = acting.record_act(case=case, action=Action.CORRECT, by=None, now=at("2025-02-20"))
    assert (case.state, case.due_on) == ("in_hand", date(2025, 3, 20))
    assert "correction_notice" not in offered(folding.case_file(case, on=date(2025, 2, 20)))


def test_numbers_have_no_gap_and_are_used_once(county: County, clerk: object, approver: object) -> None:
    numbers = []
    for _ in range(3):
        case = asked(county.bureau, "2025-09-15")
        letter = _drafted(case, "granted.given", GIVEN, clerk, "2025-09-16")
        with pytest.raises(Refused):
            letters.issue(letter=letter, by=clerk, now=at("2025-09-17"))
        numbers.append(letters.issue(letter=letter, by=approver, now=at("2025-09-17")).serial)
    assert numbers == [1, 2, 3]
    with pytest.raises(Refused, match="另一名审批人员"):
        letters.void(letter=letter, reason="主送单位有误", by=approver, now=at("2025-09-17"))
    other = county.person(Role.APPROVER, county.bureau)
    voided = letters.void(letter=letter, reason="主送单位有误", by=other, now=at("2025-09-17"))
    assert voided.number == "测教公开答〔2025〕3号"
    case.refresh_from_db()
    assert (case.state, case.decided_on) == ("in_hand", None)
    letter = _drafted(case, "granted.given", GIVEN, clerk, "2025-09-17")
    assert letters.issue(letter=letter, by=approver, now=at("2025-09-17")).serial == 4


def test_the_remedy_follows_the_ground(county: County, clerk: object) -> None:
    case = asked(county.bureau, "2025-09-15")
    content = Draft(details={"reasons": "属于尚在讨论的过程稿"}, grounds=("draft",))
    letter = letters.draft(
        case=case, kind="denied.process_info", content=content, by=clerk, now=at("2025-09-16")
    )
    text = _text(letters.preview(letter, on=date(2025, 9, 16)))
    assert "先向测溪县人民政府申请行政复议" in text


def test_an_office_cannot_drop_what_the_law_wants_in_a_letter(county: County, approver: object) -> None:
    own = core.standard_template("denied.process_info")
    letters.save_template(agency=county.bureau, kind="denied.process_info", text=own, by=approver)
    with pytest.raises(Refused, match="救济途径"):
        letters.save_template(
            agency=county.bureau,
            kind="denied.process_info",
            text=own.replace("{救济途径}\n", ""),
            by=approver,
        )


def test_every_letter_has_its_act() -> None:
    for code, kind in core.KINDS.items():
        if kind.outcome:
            assert act_of(code).is_signed
