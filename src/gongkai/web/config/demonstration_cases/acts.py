"""What may be done in a told case, each as a function that makes the step: a letter, an act, a task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from gongkai import letters as kinds
from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, Fact, Service
from gongkai.letters.kinds import Tells
from gongkai.web.agencies.roles import Role
from gongkai.web.config.demonstration_cases.telling import Do, Telling
from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models import Letter, Proposal
from gongkai.web.inforequests.services import (
    acting,
    files,
    lettering,
    letters,
)
from gongkai.web.inforequests.services.drafting import Draft, act_of, draft_of
from gongkai.web.inforequests.services.permissions import MAY

_TO_OTHERS = frozenset(("third_party_letter", "co_maker_letter", "organ_letter", "third_party_notice"))


@dataclass(frozen=True)
class After:
    """A day in a letter: so many working days after the day it is written."""

    days: int


# Letters.

DRAFT, SUBMITTED, ISSUED, SENT = range(4)


def letter(
    kind: str,
    *,
    way: Service | None = None,
    upto: int = SENT,
    as_it_was: bool = False,
    grounds: tuple[str, ...] = (),
    withheld: tuple[tuple[str, str, str], ...] = (),
    annexes: tuple[str, ...] = (),
    tariff: str = "",
    units: int = 0,
    rank: str = "",
    outcome: str = "",
    **details: Any,
) -> Do:
    """Write a letter and take it as far as told: drafted, handed up, signed, or sent out.

    Its `annexes` are files of the case, by name.
    """

    def do(told: Telling) -> None:
        content = Draft(
            details={code: _detail(told, value) for code, value in details.items()},
            grounds=grounds, withheld=withheld, tariff=tariff, units=units,
            instrument_rank=rank, outcome=outcome,
            served_online=_is_served_online(told, kind, way),
        )  # fmt: skip
        files_ = [told.case.files.get(name=name) for name in annexes]
        content = lettering.with_annexes(content, files_)
        told.letter = letters.draft(
            case=told.case, kind=kind, content=content, by=told.office.clerk, now=told.tick()
        )
        for step, go_on in (
            (SUBMITTED, submitted()),
            (ISSUED, issued()),
            (SENT, sent(way, as_it_was=as_it_was)),
        ):
            if step <= upto:
                go_on(told)

    return do


def _detail(told: Telling, value: Any) -> Any:
    if isinstance(value, After):
        return told.day(value.days)
    if callable(value):
        return value(told)
    return told.text(value) if isinstance(value, str) else value


def earlier_reply(key: str) -> dict[str, Any]:
    """Return day and number of the reply in another case, as details of a letter."""
    return {
        "earlier_on": lambda told: _letter(told.others[key]).sent_on,
        "earlier_number": lambda told: _letter(told.others[key]).number,
    }


def _way(told: Telling, kind: str, way: Service | None) -> Service:
    """How a letter goes unless said otherwise: to the applicant the way the request came."""
    if way is not None:
        return way
    if kind in _TO_OTHERS:
        return Service.POST
    if told.is_online:
        return Service.ELECTRONIC
    by_hand = told.story.channel in (Channel.IN_PERSON, Channel.ORAL)
    return Service.IN_PERSON if by_hand else Service.POST


def _is_served_online(told: Telling, kind: str, way: Service | None) -> bool:
    is_reply = kinds.KINDS[kind].tells is Tells.APPLICANT
    return is_reply and _way(told, kind, way) is Service.ELECTRONIC


def _letter(told: Telling) -> Letter:
    assert told.letter is not None, f"no letter in {told.story.key}"
    return Letter.objects.get(pk=told.letter.pk)


def submitted() -> Do:
    """Hand the last letter up, if it must be signed."""

    def do(told: Telling) -> None:
        if act_of(_letter(told).kind).is_signed:
            letters.submit(letter=_letter(told), by=told.office.clerk, now=told.tick())

    return do


def issued() -> Do:
    """Sign the last letter, or issue it where none signs."""

    def do(told: Telling) -> None:
        row = _letter(told)
        by = told.office.approver if act_of(row.kind).is_signed else told.office.clerk
        letters.issue(letter=row, by=by, now=told.tick())

    return do


def sent(way: Service | None = None, *, as_it_was: bool = False) -> Do:
    """Send the last letter out."""

    def do(told: Telling) -> None:
        row = _letter(told)
        if kinds.KINDS[row.kind].is_internal:
            return
        service = _way(told, row.kind, way)
        letters.send(letter=row, service=service, by=told.office.clerk, as_it_was=as_it_was, now=told.tick())

    return do


def returned(remarks: str) -> Do:
    """Give the last letter back to its drafter."""
    return lambda told: _keep(
        told,
        letters.give_back(letter=_letter(told), remarks=remarks, by=told.office.approver, now=told.tick()),
    )


def revised(**details: Any) -> Do:
    """Mend the last letter."""

    def do(told: Telling) -> None:
        row = _letter(told)
        content = draft_of(row)
        content = replace(content, details={**content.details, **details})
        letters.revise(letter=row, content=content, by=told.office.clerk, now=told.tick())

    return do


def letter_voided(reason: str) -> Do:
    """Void the last letter, not yet signed."""
    return lambda told: _keep(
        told, letters.void(letter=_letter(told), reason=reason, by=told.office.approver, now=told.tick())
    )


def _keep(told: Telling, row: Letter) -> None:
    told.letter = row


# Acts of the procedure.


def act(action: Action, *, reason: str = "", as_it_was: bool = False, **facts: Fact) -> Do:
    """Record an act by whoever of the office may do it."""

    def do(told: Telling) -> None:
        by = told.office.clerk if Role.CLERK in MAY[action] else told.office.approver
        acting.record_act(
            case=told.case, action=action, by=by, reason=reason, as_it_was=as_it_was, now=told.tick(),
            facts={name: told.text(fact) if isinstance(fact, str) else fact for name, fact in facts.items()},
        )  # fmt: skip

    return do


def proposed(action: Action, days_ago: int, reason: str, **facts: Fact) -> Do:
    """Put an act of an earlier day forward."""

    def do(told: Telling) -> None:
        day = timezone.localtime(told.now).date() - timedelta(days=days_ago)
        acting.propose(
            case=told.case, action=action, on=day, reason=reason, by=told.office.clerk, now=told.tick(),
            facts={name: told.text(fact) if isinstance(fact, str) else fact for name, fact in facts.items()},
        )  # fmt: skip

    return do


def settled(*, confirms: bool, remarks: str = "") -> Do:
    """Confirm or refuse what was put forward last."""

    def do(told: Telling) -> None:
        row = Proposal.objects.filter(case=told.case).latest("pk")
        acting.settle(
            proposal=row, confirms=confirms, by=told.office.approver, remarks=remarks, as_it_was=True,
            now=told.tick(),
        )  # fmt: skip

    return do


def voided(action: Action, reason: str) -> Do:
    """Void the last record of an act."""

    def do(told: Telling) -> None:
        wrong = told.case.records.filter(act=action.value).latest("sequence")
        acting.void(
            case=told.case, sequence=wrong.sequence, reason=reason, by=told.office.approver, now=told.tick()
        )

    return do


def noted(text: str) -> Do:
    """Write down something about the handling."""
    return lambda told: done(acting.note(case=told.case, text=text, by=told.office.clerk, now=told.tick()))


def filed(name: str, text: str, *, kind: FileKind = FileKind.ANNEX) -> Do:
    """Put a small text into the case."""

    def do(told: Telling) -> None:
        upload = files.Upload(
            name=name, content_type=files.TYPES["txt"].content_type, data=text.encode(), scanned_clean=None
        )
        files.attach(case=told.case, upload=upload, kind=kind, by=told.office.clerk, now=told.tick())

    return do


def done(_: object) -> None:
    """Give nothing back, as steps do."""
