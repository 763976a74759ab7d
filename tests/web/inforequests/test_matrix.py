"""Who may do what, in whose case, in which state: every act by every role in every state, against tables.

The tables below are written down here and not reckoned from the code: a change of either must be a decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from county import County
from desk import asked, at
from django.db import transaction
from django.test import Client

from gongkai import letters as core
from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, Fact, Service, State
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import DeskAct, FileKind, LossCause, RelationKind, Retention, TaskKind
from gongkai.web.inforequests.models import DeskSettings, InfoRequest, Letter, Task
from gongkai.web.inforequests.services import (
    acting,
    applicants,
    bundling,
    disputing,
    files,
    folding,
    letters,
    permissions,
    relating,
    retaining,
    tasks,
)
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.refusing import NeedsConfirmation, Refused

ClientOf = Callable[..., Client]
DESK = "/admin/yishenqing/"
K, S, P = Role.CLERK, Role.REVIEWER, Role.APPROVER
NOBODY: frozenset[Role] = frozenset()
PERSONAS = (*Role, None)

ROLES: Mapping[str, set[Role]] = {
    "register": {K}, "contact": {K}, "confirm_receipt": {K}, "assign": {K, P}, "amend_record": {K},
    "notify_correction": {K}, "correction_notice_received": {K}, "correct": {K}, "close_uncorrected": {P},
    "consult_third_party": {K}, "consult_co_maker": {K}, "consult_organ": {K}, "consulted_received": {K},
    "opinion": {K}, "tell_third_party": {K}, "extend": {P}, "ask_reasons": {K}, "reasons_given": {K},
    "delay": {P}, "charge": {K}, "fee_notice_received": {K}, "pay": {K}, "close_unpaid": {P},
    "withdraw": {K}, "merge": {P}, "decide": {P}, "serve": {K}, "delivered": {K}, "turn_proactive": {P},
    "reconsideration_filed": {K}, "reconsideration_answered": {K}, "reconsideration_decided": {K},
    "suit_filed": {K}, "suit_answered": {K}, "suit_judged": {K}, "suit_appealed": {K}, "redecide": {P},
    "void": {P}, "note": {K, S, P}, "propose": {K}, "refuse": {P}, "draft_letter": {K}, "submit_letter": {K},
    "return_letter": {S, P}, "approve_letter": {P}, "void_letter": {P}, "give_task": {K, P},
    "answer_task": {K, S, P}, "recall_task": {K, P}, "urge_task": {K, P}, "attach": {K}, "detach": {K},
    "hand_over": {K, P}, "relate": {K}, "unmask": {K, P}, "export": {K, P}, "analyse": {K, P}, "purge": {P},
    "classify": {K, P},
    # The applicant's own.
    "rate": set(),
}  # fmt: skip

# Those done by a form of their own at the desk; the others with a letter, a task, or when it is registered.
BY_FORM = {
    "contact", "confirm_receipt", "amend_record", "correction_notice_received", "correct",
    "consulted_received", "opinion", "reasons_given", "fee_notice_received", "pay", "withdraw", "merge",
    "delivered", "reconsideration_filed", "reconsideration_answered", "reconsideration_decided", "suit_filed",
    "suit_answered", "suit_judged", "suit_appealed",
}  # fmt: skip


# Only a letter does the others.
BY_SERVICE = tuple(Action(act) for act in sorted({*BY_FORM, "register", "assign", "turn_proactive"}))


def test_every_act_is_in_the_table() -> None:
    assert set(ROLES) == {act.value for act in (*Action, *DeskAct)}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The cases of one body, one in each state, and its people."""

    county: County
    clerk: User
    approver: User
    cases: Mapping[State, InfoRequest]
    people: Mapping[tuple[str, Role | None], User]


REF, SUIT, THIRD = "测府复字1号", "（测）行初1号", "测溪某公司"


@pytest.fixture
def desk(county: County) -> Desk:
    DeskSettings.objects.create(agency=county.bureau, mark="测教", fee_account="县非税窗口")
    county.bureau.phone = "0990-1234567"
    county.bureau.save()
    clerk, approver = county.person(K, county.bureau), county.person(P, county.bureau)
    places = {"own": county.bureau, "another's": county.township, "overseen": county.office}
    return Desk(
        county=county, clerk=clerk, approver=approver, cases=_cases(county, clerk, approver),
        people={
            (name, role): county.person(role, body) for name, body in places.items() for role in PERSONAS
        },
    )  # fmt: skip


def _cases(county: County, clerk: User, approver: User) -> dict[State, InfoRequest]:
    """One case in each state, with everything in it that later acts need."""

    def case(channel: Channel = Channel.EMS) -> InfoRequest:
        return asked(county.bureau, TODAY, by=clerk, channel=channel)

    def sent(row: InfoRequest, kind: str, **draft: object) -> None:
        letter = _written(row, kind, clerk, **draft)
        if kind == "fee_notice":
            letter = letters.submit(letter=letter, by=clerk, now=at(TODAY))
        by = approver if kind == "fee_notice" else clerk
        letter = letters.issue(letter=letter, by=by, now=at(TODAY))
        letters.send(letter=letter, service=Service.POST, by=clerk, now=at(TODAY))

    rows = {state: case(Channel.FAX if state is State.REGISTERED else Channel.EMS) for state in State}
    sent(rows[State.IN_HAND], "third_party_letter")
    sent(rows[State.AWAITING_CORRECTION], "correction_notice")
    sent(rows[State.AWAITING_PAYMENT], "fee_notice")
    for state in (State.DECIDED, State.CLOSED):
        letter = _written(rows[state], "granted.given", clerk)
        letter = letters.submit(letter=letter, by=clerk, now=at(TODAY))
        letter = letters.issue(letter=letter, by=approver, now=at(TODAY))
        if state is State.CLOSED:
            letters.send(letter=letter, service=Service.POST, by=clerk, now=at(TODAY))
    for row in rows.values():
        for action, ref in ((Action.RECONSIDERATION_FILED, REF), (Action.SUIT_FILED, SUIT)):
            acting.record_act(case=row, action=action, facts={"ref": ref}, by=clerk, now=at(TODAY))
        row.refresh_from_db()
    assert {row.state for row in rows.values()} == {state.value for state in State}
    return rows


TODAY = folding.today().isoformat()
DRAFTS: Mapping[str, Draft] = {
    "correction_notice": Draft(details={"correction_items": "请写明年份", "correction_days": 10}),
    "third_party_letter": Draft(details={"third_party": THIRD, "summary": "水质检测结果"}),
    "fee_notice": Draft(details={"scale": "共90页"}, tariff="per_page", units=90),
    "granted.given": Draft(details={"given": ("水质检测结果",), "delivery": "随本答复邮寄"}),
}


def _written(row: InfoRequest, kind: str, by: User) -> Letter:
    return letters.draft(case=row, kind=kind, content=DRAFTS.get(kind, Draft()), by=by, now=at(TODAY))


class _Back(Exception):
    """Thrown to undo what was tried."""


def answer(do: Callable[[], object]) -> str:
    """Try something and undo it; return whether it was "done", or refused for the "role" or by the "law"."""
    try:
        with transaction.atomic():
            do()
            raise _Back
    except _Back:
        return "done"
    except NeedsConfirmation:
        return "done"
    except Refused as refused:
        return "role" if re.search("由.*(?:办理|查看)。$|不是交给您的", str(refused)) else "law"


# Who.


@pytest.mark.parametrize("state", State)
def test_only_the_table_says_who_may(desk: Desk, state: State) -> None:
    case = desk.cases[state]
    for (place, role), person in desk.people.items():
        allowed = {act for act in ROLES if permissions.may(person, act, case)}
        expected = {act for act, roles in ROLES.items() if place == "own" and role in roles}
        assert allowed == expected, (place, role)


def _desk_acts(desk: Desk, case: InfoRequest) -> dict[str, Callable[[User], object]]:
    """Each of the desk's own acts as a call by a person, on what was prepared for it."""
    clerk, county = desk.clerk, desk.county
    now, tomorrow = at(TODAY, "15:00"), at(TODAY).date() + timedelta(days=1)
    drafted = _written(case, "receipt", clerk)
    submitted = Letter.objects.create(
        case=case, kind="granted.given", state="submitted", fields=DRAFTS["granted.given"].kept(),
        drafted_by=clerk, drafted_at=now,
    )  # fmt: skip
    task = Task.objects.create(
        case=case, kind=TaskKind.TRANSFER, asked="请提供", due_on=tomorrow, to_unit="规划股", given_by=clerk,
        given_at=now,
    )  # fmt: skip
    upload = files.Upload(name="说明.txt", content_type="text/plain", data=b"x", scanned_clean=None)
    item = files.attach(case=case, upload=upload, kind=FileKind.WORKING, by=clerk, now=now)
    proposal = acting.propose(
        case=case, action=Action.WITHDRAW, on=now.date() - timedelta(days=1), reason="漏记", by=clerk, now=now
    )
    wrong = case.records.get(act=Action.SUIT_FILED.value).sequence
    other = asked(county.bureau, TODAY, by=clerk)
    dispute = case.proceedings.get(ref=REF)
    to_colleague = desk.people["own", K]
    return {
        "note": lambda by: acting.note(case=case, text="已联系", by=by),
        "void": lambda by: acting.void(case=case, sequence=wrong, reason="错登", by=by, now=now),
        "propose": lambda by: acting.propose(
            case=case, action=Action.ASSIGN, on=now.date() - timedelta(days=1), reason="漏记", by=by, now=now
        ),
        "refuse": lambda by: acting.settle(proposal=proposal, confirms=False, by=by, now=now),
        "draft_letter": lambda by: letters.draft(case=case, kind="receipt", content=Draft(), by=by, now=now),
        "submit_letter": lambda by: letters.submit(letter=drafted, by=by, now=now),
        "return_letter": lambda by: letters.give_back(letter=submitted, remarks="请补充", by=by, now=now),
        "approve_letter": lambda by: letters.issue(letter=submitted, by=by, now=now),
        "void_letter": lambda by: letters.void(letter=submitted, reason="有误", by=by, now=now),
        "give_task": lambda by: tasks.give(
            case=case, kind=TaskKind.TRANSFER, asked="请核", due_on=tomorrow, to_unit="法规股", by=by, now=now
        ),
        "urge_task": lambda by: tasks.urge(task=task, by=by, now=now),
        "recall_task": lambda by: tasks.recall(task=task, reason="改派", by=by, now=now),
        "attach": lambda by: files.attach(case=case, upload=upload, kind=FileKind.WORKING, by=by, now=now),
        "detach": lambda by: files.detach(item=item, reason="重复", by=by),
        "hand_over": lambda by: tasks.hand_over(case=case, to=to_colleague, by=by, now=now),
        "relate": lambda by: relating.relate(
            case=case, other=other, kind=RelationKind.FOLLOWS, by=by, now=now
        ),
        "unmask": lambda by: applicants.unmask(case=case, why="电话核对", by=by),
        "export": lambda by: bundling.bundle(case=case, why="移送复议机关", by=by),
        "analyse": lambda by: disputing.note(
            proceeding=dispute, heard_by="测溪县人民政府", cause=LossCause.NONE, lessons="", by=by
        ),
        "classify": lambda by: acting.classify(case=case, topic="供水", retention=Retention.LONG, by=by),
        "purge": lambda by: retaining.propose(agency=case.agency, cases=[], by=by, now=now),
    }  # fmt: skip


def test_the_services_ask_who(desk: Desk) -> None:
    case = desk.cases[State.IN_HAND]
    calls = _desk_acts(desk, case)
    assert set(calls) == {act.value for act in DeskAct} - {"answer_task", "rate"}
    for act, call in calls.items():
        for (place, role), person in desk.people.items():
            is_refused = answer(lambda: call(person)) == "role"  # noqa: B023  called at once
            assert is_refused != (place == "own" and role in ROLES[act]), (act, place, role)


def test_acts_of_the_procedure_ask_who(desk: Desk) -> None:
    case = desk.cases[State.IN_HAND]
    for action in BY_SERVICE:
        for (place, role), person in desk.people.items():
            is_refused = answer(lambda: _act(case, action, person)) == "role"  # noqa: B023  called at once
            assert is_refused != (place == "own" and role in ROLES[action.value]), (action, place, role)


def test_whoever_is_asked_answers(desk: Desk) -> None:
    case, now = desk.cases[State.IN_HAND], at(TODAY, "15:00")
    task = tasks.give(
        case=case, kind=TaskKind.CONSULT, asked="是否公开？", due_on=now.date() + timedelta(days=5),
        to_agency=desk.county.township, by=desk.clerk, now=now,
    )  # fmt: skip
    for (place, role), person in desk.people.items():
        tried = answer(lambda: tasks.answer(task=task, text="同意", opinion="agrees", by=person, now=now))  # noqa: B023
        assert tried == ("done" if place == "another's" and role in {K, S, P} else "role"), (place, role)


# In which state.

FACTS: Mapping[str, Mapping[str, Fact]] = {
    "register": {"applicant": "natural_person", "channel": "ems"},
    "assign": {"to": "规划股"},
    "amend_record": {"applicant": "business"},
    "consulted_received": {"name": THIRD},
    "opinion": {"name": THIRD, "opinion": "agrees"},
    "merge": {"into": "2025-001-00001"},
    "reconsideration_filed": {"ref": "测府复字2号"},
    "reconsideration_answered": {"ref": REF},
    "reconsideration_decided": {"ref": REF, "ending": "upheld"},
    "suit_filed": {"ref": "（测）行初2号"},
    "suit_answered": {"ref": SUIT},
    "suit_judged": {"ref": SUIT, "ending": "upheld"},
    "suit_appealed": {"ref": SUIT},
}


def _act(case: InfoRequest, action: Action, by: User) -> InfoRequest:
    facts = FACTS.get(action.value, {})
    return acting.record_act(case=case, action=action, facts=facts, by=by, now=at(TODAY, "15:00"))


STATES = tuple(
    map(State, ["registered", "in_hand", "awaiting_correction", "awaiting_payment", "decided", "closed"])
)
# 1 where it is done in the cases above, in the order of STATES. An amendment is done by two.
DONE: Mapping[str, str] = {
    "register": "000000", "contact": "100000", "confirm_receipt": "100000", "assign": "111110",
    "amend_record": "000000", "correction_notice_received": "001000", "correct": "001000",
    "consulted_received": "010000", "opinion": "010000", "reasons_given": "000000",
    "fee_notice_received": "000100", "pay": "000100", "withdraw": "111110", "merge": "010000",
    "delivered": "000001", "turn_proactive": "111111", "reconsideration_filed": "111111",
    "reconsideration_answered": "111111", "reconsideration_decided": "111111", "suit_filed": "111111",
    "suit_answered": "111111", "suit_judged": "111111", "suit_appealed": "000000",
}  # fmt: skip
DESK_DONE: Mapping[str, str] = {
    "note": "111111", "void": "111111", "propose": "111111", "refuse": "111111", "draft_letter": "111111",
    # A receipt says when it was received; of a decision nothing is left to decide once it is made.
    "submit_letter": "011111", "return_letter": "111111", "approve_letter": "011100", "void_letter": "111111",
    "give_task": "111110", "urge_task": "111111", "recall_task": "111111", "attach": "111111",
    "detach": "111111", "hand_over": "111111", "relate": "111111", "unmask": "111111", "export": "111111",
    "analyse": "111111", "classify": "111111",
    # There is nothing to clear yet.
    "purge": "000000",
}  # fmt: skip
DECISIONS = [
    "granted.public",
    "granted.given",
    "partial",
    "denied.state_secret",
    "denied.law_prohibited",
    "denied.security_stability",
    "denied.third_party",
    "denied.internal_affairs",
    "denied.process_info",
    "denied.enforcement_file",
    "denied.admin_inquiry",
    "unable.not_held.nonexistent",
    "unable.not_held.elsewhere",
    "unable.needs_creation",
    "unable.still_unclear",
    "declined.petition",
    "declined.duplicate",
    "declined.publication",
    "declined.excessive",
    "declined.confirm_reissue",
    "other.misc",
]
DRAFTED: Mapping[str, str] = {
    **dict.fromkeys(DECISIONS, "111100"),
    **dict.fromkeys(("receipt", "proactive_conversion"), "111111"),
    **dict.fromkeys(
        ("correction_notice", "extension_notice", "third_party_letter", "co_maker_letter", "organ_letter",
         "consultation_notice", "fee_notice", "reasons_letter", "third_party_notice"), "010000"
    ),
    # Reasons were not asked, nothing lapsed, no record of one's own is to be corrected; the rest is filed.
    **dict.fromkeys(
        ("delay_notice", "other.no_correction", "other.fee_unpaid", "rectification_notice", "transfer_slip",
         "registration_slip", "reminder", "service_slip", "file_cover", "file_index"), "000000"
    ),
}  # fmt: skip


def _by(desk: Desk, act: str) -> User:
    return desk.clerk if K in ROLES[act] else desk.approver


def _tried(desk: Desk, act: Callable[[InfoRequest], object]) -> str:
    return "".join("1" if answer(lambda: act(desk.cases[state])) == "done" else "0" for state in STATES)  # noqa: B023


def test_acts_are_done_where_the_law_has_them(desk: Desk) -> None:
    for action in BY_SERVICE:
        by = _by(desk, action.value)
        assert _tried(desk, lambda case: _act(case, action, by)) == DONE[action.value], action  # noqa: B023


def test_letters_are_written_where_the_law_has_them(desk: Desk) -> None:
    assert set(DRAFTED) == set(core.KINDS)
    for kind, expected in DRAFTED.items():
        assert _tried(desk, lambda case: _written(case, kind, desk.clerk)) == expected, kind  # noqa: B023


def test_what_only_a_letter_does_is_done_by_nobody_else(desk: Desk) -> None:
    for action in set(Action) - set(BY_SERVICE):
        by = _by(desk, action.value)
        assert _tried(desk, lambda case: _act(case, action, by)) == "000000", action  # noqa: B023


def test_the_desks_own_acts_are_done_in_every_state(desk: Desk) -> None:
    for at_, state in enumerate(STATES):
        calls = _desk_acts(desk, desk.cases[state])
        for act, call in calls.items():
            is_done = answer(lambda: call(_by(desk, act))) == "done"  # noqa: B023  called at once
            assert is_done == (DESK_DONE[act][at_] == "1"), (act, state)


# Through the pages.


def _client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("place", ["own", "another's", "overseen"])
def test_the_form_of_an_act_opens_for_whom_it_is(desk: Desk, place: str) -> None:
    """Whoever does not see the case finds nothing; whoever may not act in it is sent home."""
    case = desk.cases[State.IN_HAND]
    for role in PERSONAS:
        client, looks_over = (
            _client(desk.people[place, role]),
            place == "overseen" and role is Role.SUPERVISOR,
        )
        for act, roles in ROLES.items():
            if role is None or looks_over:
                expected = 302
            elif place != "own" or role not in {K, S, P, Role.SUPERVISOR} or act not in BY_FORM:
                expected = 404
            else:
                expected = 200 if role in roles else 302
            found = client.get(f"{DESK}{case.pk}/banli/{act}/")
            assert found.status_code == expected, (act, role)
            if expected == 302:
                home = "/admin/" if role else f"/admin/login/?next={DESK}{case.pk}/banli/{act}/"
                assert found["Location"] == home, (act, role)


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_a_case_offers_what_is_done_there(desk: Desk, state: State) -> None:
    case, at_ = desk.cases[state], STATES.index(state)
    for role in (K, S, P):
        page = _client(desk.people["own", role]).get(f"{DESK}{case.pk}/").content.decode()
        offered = set(re.findall(rf"{DESK}{case.pk}/banli/(\w+)/", page))
        done = {act for act in BY_FORM if DONE[act][at_] == "1"} | {"amend_record"}
        assert offered == {act for act in done if role in ROLES[act]}, role
        letters_offered = set(re.findall(rf"{DESK}{case.pk}/wenshu/([\w.]+)/", page))
        drafted = {kind for kind, where in DRAFTED.items() if where[at_] == "1"}
        assert letters_offered == (drafted if role is K else set()), role


def test_a_form_sent_by_whom_it_is_not_for_changes_nothing(desk: Desk) -> None:
    case = desk.cases[State.IN_HAND]
    before = case.records.count()
    for (place, role), person in desk.people.items():
        if (place, role) != ("own", K):
            _client(person).post(f"{DESK}{case.pk}/banli/withdraw/", {"on": folding.today().isoformat()})
    assert case.records.count() == before
