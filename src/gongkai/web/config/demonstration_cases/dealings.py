"""What others do in a told case: the applicant, colleagues, other bodies, the government and the court."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.law.procedure.states import Action
from gongkai.web.config.demonstration_cases.acts import act, done
from gongkai.web.config.demonstration_cases.telling import Do, Telling
from gongkai.web.inforequests.choices import LossCause, RelationKind, TaskKind
from gongkai.web.inforequests.models import Task
from gongkai.web.inforequests.services import asking, disputing, relating, tasks

# The applicant.


def handed_in(action: Action, text: str) -> Do:
    """Hand in the correction or the reasons."""
    return lambda told: done(asking.hand_in(case=told.case, action=action, text=text, now=told.tick()))


def withdrawn() -> Do:
    """Take the request back."""
    return lambda told: done(asking.withdraw(case=told.case, now=told.tick()))


def rated(score: int, words: str = "") -> Do:
    """Say how it was."""
    return lambda told: done(asking.rate(case=told.case, score=score, words=words, now=told.tick()))


# Colleagues, other bodies, other cases.


def transfers(unit: str, asked: str, *, within: int = 5) -> Do:
    """Hand it to a unit of the body."""

    def do(told: Telling) -> None:
        told.task = tasks.give(
            case=told.case, kind=TaskKind.TRANSFER, asked=asked, due_on=told.day(within), to_unit=unit,
            by=told.office.clerk, now=told.tick(),
        )  # fmt: skip

    return do


def consults(body: str, asked: str, *, within: int = 7) -> Do:
    """Ask another body on the site."""

    def do(told: Telling) -> None:
        told.task = tasks.give(
            case=told.case, kind=TaskKind.CONSULT, asked=asked, due_on=told.day(within),
            to_agency=told.offices[body].agency, by=told.office.clerk, now=told.tick(),
        )  # fmt: skip

    return do


def answers(text: str, opinion: str = "") -> Do:
    """Answer what was asked last: the body asked, or within the body the clerk for the unit."""

    def do(told: Telling) -> None:
        row = _task(told)
        by = told.offices[row.to_agency.name].clerk if row.to_agency else told.office.clerk
        tasks.answer(task=row, text=text, opinion=opinion, by=by, now=told.tick())

    return do


def urged() -> Do:
    """Remind whoever was asked."""
    return lambda told: done(tasks.urge(task=_task(told), by=told.office.clerk, now=told.tick()))


def recalled(reason: str) -> Do:
    """Take back what was asked of a unit."""
    return lambda told: done(
        tasks.recall(task=_task(told), reason=reason, by=told.office.clerk, now=told.tick())
    )


def _task(told: Telling) -> Task:
    assert told.task is not None, f"no task in {told.story.key}"
    return Task.objects.get(pk=told.task.pk)


def related(kind: RelationKind, key: str) -> Do:
    """Note how the case stands to another."""

    def do(told: Telling) -> None:
        other = told.others[key].case
        relating.relate(case=told.case, other=other, kind=kind, by=told.office.clerk, now=told.tick())

    return do


def merged(key: str) -> Do:
    """Close it into another of the same applicant."""

    def do(told: Telling) -> None:
        relating.merge(case=told.case, into=told.others[key].case, by=told.office.approver, now=told.tick())

    return do


def split(*matters: str) -> Do:
    """Register further matters of the request as cases of their own."""

    def do(told: Telling) -> None:
        told.made = relating.split(case=told.case, matters=matters, by=told.office.clerk, now=told.tick())

    return do


def offered(body: str, consent: str) -> Do:
    """Offer it to the body whose it is."""

    def do(told: Telling) -> None:
        told.relation = relating.offer(
            case=told.case, to=told.offices[body].agency, consent=consent, by=told.office.clerk,
            now=told.tick(),
        )  # fmt: skip

    return do


def taken(body: str) -> Do:
    """The other body registers what it was offered."""

    def do(told: Telling) -> None:
        assert told.relation is not None, f"nothing is offered in {told.story.key}"
        told.made = [relating.take(relation=told.relation, by=told.offices[body].clerk, now=told.tick())]

    return do


def turned_to(body: str = "") -> Do:
    """Go on with what was split off or taken over, in the body that has it."""

    def do(told: Telling) -> None:
        told.found = told.made.pop(0)
        told.office = told.offices[body] if body else told.office

    return do


# Disputes.


def filed_for_review(ref: str, **facts: Any) -> Do:
    """A reconsideration is brought, before the county's government."""
    return _both(act(Action.RECONSIDERATION_FILED, ref=ref, **facts), _heard("霁川县人民政府"))


def sued(ref: str, **facts: Any) -> Do:
    """A suit is brought, before the county's court."""
    return _both(act(Action.SUIT_FILED, ref=ref, **facts), _heard("霁川县人民法院"))


def _heard(by: str) -> Do:
    return lambda told: _note(told, by, LossCause.NONE, "")


def learnt(cause: LossCause, lessons: str) -> Do:
    """Write down why the reply did not stand."""

    def do(told: Telling) -> None:
        last = told.case.proceedings.latest("filed_on", "pk")
        _note(told, last.heard_by, cause, lessons)

    return do


def _note(told: Telling, heard_by: str, cause: LossCause, lessons: str) -> None:
    disputing.note(
        proceeding=told.case.proceedings.latest("filed_on", "pk"), heard_by=heard_by, cause=cause,
        lessons=lessons, by=told.office.clerk, now=told.tick(),
    )  # fmt: skip


def _both(*steps: Callable[[Telling], None]) -> Do:
    def do(told: Telling) -> None:
        for step in steps:
            step(told)

    return do
