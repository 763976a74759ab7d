"""Cases and others: split, merged, passed on, alike; each keeps its own clock and its own count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from desk import APPLICANT, asked, at
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action
from gongkai.web.agencies.models import Notification
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import RelationKind
from gongkai.web.inforequests.models import CaseRelation, DeskSettings, InfoRequest
from gongkai.web.inforequests.services import acting, counting, folding, relating
from gongkai.web.inforequests.services.refusing import NeedsConfirmation, Refused
from gongkai.web.inforequests.services.registering import Person

OTHER = Person(name="吴明", identity_number="990121197001010016", phone="13900009999")


def _act(case: InfoRequest, action: Action, day: str, **facts: object) -> InfoRequest:
    """Record an act of an office for its own day."""
    row = acting.locked(case)
    on = date.fromisoformat(day)
    return acting.write(row, action=action, on=on, facts=facts, by=None, now=at(day), as_it_was=True)


# Split.


def test_what_is_split_off_was_received_with_the_whole_and_counts_by_itself(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    whole = asked(county.bureau, "2025-12-22", wanted="一、水质；二、水价")
    (part,) = relating.split(case=whole, matters=["二、水价", "  "], by=clerk, now=at("2026-01-06"))
    whole.refresh_from_db()
    assert (part.received_on, part.due_on) == (whole.received_on, whole.due_on)
    assert (part.wanted, whole.wanted) == ("二、水价", "一、水质；二、水价")
    assert part.applicant.name == APPLICANT.name
    assert part.applicant.fingerprint == whole.applicant.fingerprint
    assert part.number == f"2025-{county.bureau.pk:03d}-00002"
    assert CaseRelation.objects.get(case=part).other == whole
    assert [record.act for record in whole.records.all()] == ["register", "relate"]
    assert [record.act for record in part.records.all()] == ["register", "relate"]
    assert part.records.first().reason.startswith(f"拆分自{whole.number}")
    assert acting.breaks(part) == [] == acting.breaks(whole)
    numbers = counting.table3([county.bureau], 2025)
    assert (numbers["new", "total"], numbers["carried_out", "total"]) == (2, 2)


def test_a_plain_letter_split_after_correction_keeps_confirmation_and_the_new_period(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    on = date(2026, 3, 2)
    whole = asked(county.bureau, "2026-03-02", by=clerk, channel=Channel.PLAIN_MAIL, reached=on)
    whole = _act(whole, Action.CONTACT, "2026-03-02")
    whole = _act(whole, Action.CONFIRM_RECEIPT, "2026-03-03")
    whole = _act(whole, Action.NOTIFY_CORRECTION, "2026-03-05", days=15)
    whole = _act(whole, Action.CORRECT, "2026-03-16")
    whole = _act(whole, Action.CONSULT_THIRD_PARTY, "2026-03-18", name="青禾公司")
    (part,) = relating.split(case=whole, matters=["合同"], by=clerk, now=at("2026-03-19"))
    assert part.received_on == whole.received_on == date(2026, 3, 3)
    file = folding.case_file(part, on=date(2026, 3, 19))
    assert file.clock is not None and file.clock.start == date(2026, 3, 16)
    # Who was asked about one matter is not asked about the other: its clock does not rest.
    assert file.consultations == ()
    assert whole.due_on is not None and part.due_on is not None and part.due_on < whole.due_on


def test_a_body_that_counts_from_its_own_entry_splits_to_the_same_day(county: County) -> None:
    DeskSettings.objects.create(agency=county.bureau, practice={"mailroom_signature_counts": False})
    clerk = county.person(Role.CLERK, county.bureau)
    on = date(2026, 3, 2)
    whole = asked(county.bureau, "2026-03-04", by=clerk, channel=Channel.EMS, reached=on)
    (part,) = relating.split(case=whole, matters=["合同"], by=clerk, now=at("2026-03-10"))
    assert part.received_on == whole.received_on == date(2026, 3, 4)


def test_only_the_bodys_clerk_splits_and_only_what_is_in_hand(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2026-03-02")
    with pytest.raises(Refused, match="写明拆分"):
        relating.split(case=case, matters=[" "], by=clerk)
    with pytest.raises(Refused, match="经办"):
        relating.split(case=case, matters=["甲"], by=county.person(Role.CLERK, county.township))
    with pytest.raises(Refused, match="经办"):
        relating.split(case=case, matters=["甲"], by=county.person(Role.APPROVER, county.bureau))
    _act(case, Action.DECIDE, "2026-03-09", outcome="granted")
    with pytest.raises(Refused, match="办理中"):
        relating.split(case=case, matters=["甲"], by=clerk)
    assert InfoRequest.objects.count() == 1


# Merge.


def test_what_is_merged_is_closed_and_both_stay_counted(county: County) -> None:
    approver = county.person(Role.APPROVER, county.bureau)
    first, again = asked(county.bureau, "2026-03-02"), asked(county.bureau, "2026-03-04")
    due = first.due_on
    merged = relating.merge(case=again, into=first, by=approver, now=at("2026-03-05"))
    assert (merged.state, merged.outcome, merged.closed_on) == ("closed", "other.misc", date(2026, 3, 5))
    first.refresh_from_db()
    assert (first.state, first.due_on) == ("in_hand", due)
    relation = CaseRelation.objects.get()
    assert (relation.case, relation.kind, relation.other) == (again, RelationKind.MERGED_INTO, first)
    assert merged.records.get(act="merge").facts == {"into": first.number}
    numbers = counting.table3([county.bureau], 2026)
    assert (numbers["new", "total"], numbers["other.misc", "total"]) == (2, 1)
    assert counting.balance(numbers)["total"] == (2, 2)


def test_merging_needs_an_approver_the_same_applicant_and_an_open_case(county: County) -> None:
    approver = county.person(Role.APPROVER, county.bureau)
    first, again = asked(county.bureau, "2026-03-02"), asked(county.bureau, "2026-03-04")
    elsewhere = asked(county.township, "2026-03-02")
    strangers = asked(county.bureau, "2026-03-04", person=OTHER)
    common = {"now": at("2026-03-05")}
    with pytest.raises(Refused, match="审批"):
        relating.merge(case=again, into=first, by=county.person(Role.CLERK, county.bureau), **common)
    for into, why in ((again, "另一件"), (elsewhere, "本机关"), (strangers, "同一申请人")):
        with pytest.raises(Refused, match=why):
            relating.merge(case=again, into=into, by=approver, **common)
    _act(first, Action.WITHDRAW, "2026-03-04")
    with pytest.raises(Refused, match="已经办结"):
        relating.merge(case=again, into=first, by=approver, **common)
    again.refresh_from_db()
    assert again.state == "in_hand" and not CaseRelation.objects.exists()


def test_merging_after_the_period_says_so_first(county: County) -> None:
    approver = county.person(Role.APPROVER, county.bureau)
    first, again = asked(county.bureau, "2026-05-06"), asked(county.bureau, "2026-03-04")
    with pytest.raises(NeedsConfirmation):
        relating.merge(case=again, into=first, by=approver, now=at("2026-05-07"))
    merged = relating.merge(case=again, into=first, by=approver, as_it_was=True, now=at("2026-05-07"))
    assert merged.defects == 1


# To another body.


def _offered(county: County, day: str = "2025-12-29", **more: object) -> CaseRelation:
    case = asked(county.bureau, day, **more)
    by = county.person(Role.CLERK, county.bureau)
    return relating.offer(case=case, to=county.township, consent="当日电话同意", by=by, now=at(day))


def test_what_is_taken_over_is_received_the_day_it_is_taken_and_both_bodies_count_it(county: County) -> None:
    relation = _offered(county)
    taker = county.person(Role.CLERK, county.township)
    assert list(relating.offers_to(taker)) == [relation]
    taken = relating.take(relation=relation, by=taker, now=at("2026-01-05"))
    sent = InfoRequest.objects.get(pk=relation.case_id)
    assert (taken.agency, taken.received_on) == (county.township, date(2026, 1, 5))
    assert (sent.state, sent.received_on) == ("in_hand", date(2025, 12, 29))
    assert taken.due_on is not None and sent.due_on is not None and taken.due_on > sent.due_on
    assert taken.applicant.phone == APPLICANT.phone and taken.number != sent.number
    relation.refresh_from_db()
    assert (relation.other, relation.external) == (taken, "")
    both = [county.bureau, county.township]
    assert counting.table3(both, 2025)["new", "total"] == 1
    assert counting.table3(both, 2026)["new", "total"] == 1
    # The sender answers for itself that it does not hold the information.
    sent = _act(sent, Action.DECIDE, "2026-01-06", outcome="unable.not_held")
    sent = _act(sent, Action.SERVE, "2026-01-06", by="post")
    assert counting.table3([county.bureau], 2026)["unable.not_held", "total"] == 1
    taken.refresh_from_db()
    assert taken.state == "in_hand"
    assert acting.breaks(taken) == [] == acting.breaks(sent)


@pytest.mark.parametrize("channel", list(Channel))
def test_whatever_the_channel_was_the_taker_has_it_in_hand_at_once(county: County, channel: Channel) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    relation = _offered(county, "2026-03-02", by=clerk, channel=channel)
    DeskSettings.objects.create(agency=county.township, practice={"online_by_confirmation": True})
    taker = county.person(Role.CLERK, county.township)
    taken = relating.take(relation=relation, by=taker, now=at("2026-03-04"))
    assert (taken.state, taken.received_on) == ("in_hand", date(2026, 3, 4))


def test_without_the_applicants_consent_nobody_else_learns_who_asks(county: County) -> None:
    case = asked(county.bureau, "2026-03-02")
    clerk = county.person(Role.CLERK, county.bureau)
    with pytest.raises(Refused, match="申请人同意"):
        relating.offer(case=case, to=county.township, consent=" ", by=clerk)
    for to in (county.bureau, _closed_down(county)):
        with pytest.raises(Refused, match="另一个在用的机关"):
            relating.offer(case=case, to=to, consent="同意", by=clerk)
    relating.offer(case=case, to=county.township, consent="同意", by=clerk)
    with pytest.raises(Refused, match="已经移送"):
        relating.offer(case=case, to=county.office, consent="同意", by=clerk)


def _closed_down(county: County) -> object:
    county.stranger.is_active = False
    county.stranger.save()
    return county.stranger


def test_only_the_body_it_is_offered_to_takes_it_and_only_once(county: County) -> None:
    relation = _offered(county, "2026-03-02")
    for stranger in (county.person(Role.CLERK, county.office), county.person(Role.APPROVER, county.township)):
        assert not relating.offers_to(stranger)
        with pytest.raises(Refused, match="不是移送给"):
            relating.take(relation=relation, by=stranger)
    taker = county.person(Role.CLERK, county.township)
    relating.take(relation=relation, by=taker)
    with pytest.raises(Refused, match="已经处理"):
        relating.take(relation=relation, by=taker)
    assert InfoRequest.objects.filter(agency=county.township).count() == 1


def test_what_is_sent_back_stays_with_the_sender_who_is_told_why(county: County) -> None:
    relation = _offered(county, "2026-03-02")
    taker = county.person(Role.CLERK, county.township)
    with pytest.raises(Refused, match="理由"):
        relating.send_back(relation=relation, reason="", by=taker)
    row = relating.send_back(relation=relation, reason="也不属于我镇", by=taker)
    assert not CaseRelation.objects.exists()
    assert row.records.last().facts["why"] == "也不属于我镇"
    assert Notification.objects.filter(title__contains="退回移送").exists()


def test_a_case_that_follows_another_is_noted_on_both(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    first, second = asked(county.bureau, "2026-03-02"), asked(county.bureau, "2026-03-03")
    relating.relate(case=second, other=first, kind=RelationKind.FOLLOWS, by=clerk)
    assert [case.records.last().act for case in (first, second)] == ["relate", "relate"]
    with pytest.raises(Refused, match="已经登记"):
        relating.relate(case=second, other=first, kind=RelationKind.FOLLOWS, by=clerk)
    elsewhere = asked(county.office, "2026-03-02")
    follows, split = RelationKind.FOLLOWS, RelationKind.SPLIT_FROM
    for other, kind in ((second, follows), (elsewhere, follows), (first, split)):
        with pytest.raises(Refused):
            relating.relate(case=second, other=other, kind=kind, by=clerk)


# On screen.


def test_a_clerk_splits_on_the_page_and_an_approver_merges(
    county: County, client_of: Callable[..., Client]
) -> None:
    today = timezone.localdate().isoformat()
    case, again = asked(county.bureau, today), asked(county.bureau, today)
    address = reverse("desk:relations", args=[case.pk])
    clerk = client_of(Role.CLERK, county.bureau)
    assert "并入的申请" not in clerk.get(address).content.decode()
    clerk.post(address, {"act": "chaifen", "matters": "第二项\n第三项"})
    assert InfoRequest.objects.count() == 4
    approver = client_of(Role.APPROVER, county.bureau)
    page = approver.post(address, {"act": "bingru", "number": "不存在"}).content.decode()
    assert "没有登记编号为“不存在”的申请" in page
    case.refresh_from_db()
    approver.post(address, {"act": "bingru", "number": again.number, "version": case.version})
    case.refresh_from_db()
    assert case.state == "closed"


def test_another_body_takes_what_is_passed_on_on_its_page(
    county: County, client_of: Callable[..., Client]
) -> None:
    case = asked(county.bureau, timezone.localdate().isoformat())
    sender, taker = client_of(Role.CLERK, county.bureau), client_of(Role.CLERK, county.township)
    form = {"act": "yisong", "to": county.township.pk, "consent": "今天电话同意"}
    sender.post(reverse("desk:relations", args=[case.pk]), form)
    shown = taker.get(reverse("desk:transfers")).content.decode()
    assert case.number in shown and "周**" in shown and APPLICANT.name not in shown
    assert "没有其他机关移送" in sender.get(reverse("desk:transfers")).content.decode()
    relation = CaseRelation.objects.get()
    taker.post(reverse("desk:settle_transfer", args=[relation.pk]), {"yijian": "jieshou"})
    assert InfoRequest.objects.filter(agency=county.township).count() == 1
    assert taker.get(reverse("desk:relations", args=[case.pk])).status_code == 404
