"""Reconsideration and litigation over a case: filed, answered, decided, appealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gongkai.law.calendar import Due
from gongkai.law.procedure.casefile import Proceeding, Result, Track
from gongkai.law.procedure.draft import Draft, flag, text, until
from gongkai.law.procedure.states import Action, Event, NotAllowed

# How proceedings end, by the result of Table 4 it counts as. From general knowledge, not verified.
ENDINGS: Mapping[str, tuple[str, Result]] = {
    "upheld": ("维持", Result.UPHELD),
    "claim_rejected": ("驳回诉讼（复议）请求", Result.UPHELD),
    "revoked": ("撤销", Result.CORRECTED),
    "changed": ("变更", Result.CORRECTED),
    "declared_unlawful": ("确认违法", Result.CORRECTED),
    "declared_void": ("确认无效", Result.CORRECTED),
    "ordered_to_perform": ("责令履行", Result.CORRECTED),
    "withdrawn": ("撤回申请、撤诉", Result.OTHER),
    "ended": ("终止", Result.OTHER),
    "dismissed": ("不予受理、驳回申请、驳回起诉", Result.OTHER),
    "settled": ("调解、和解", Result.OTHER),
    "corrected": ("纠正（未载明方式）", Result.CORRECTED),
    "other": ("其他", Result.OTHER),
}


def _open(draft: Draft, event: Event, track: Track, period: str) -> None:
    ref = text(event, "ref")
    if ref in draft.proceedings:
        raise NotAllowed(f"“{ref}”已经登记")
    draft.proceedings[ref] = Proceeding(
        ref=ref, track=track, filed=event.on, answer_due=_answer_by(draft, event, period)
    )


def _answer_by(draft: Draft, event: Event, period: str) -> Due | None:
    """Return until when the body must answer: by the rule of the day it was brought, if one is known."""
    if not flag(event, "copy_received", default=True):
        return None
    try:
        return draft.limit(period, event.on, rule_of=event.on)
    except LookupError:
        return None


def reconsideration_filed(draft: Draft, event: Event) -> None:
    """A reconsideration is accepted and the copy is in hand."""
    simple = flag(event, "simple", default=True)
    _open(
        draft,
        event,
        Track.RECONSIDERATION,
        "reconsideration_answer_simple" if simple else "reconsideration_answer",
    )


def suit_filed(draft: Draft, event: Event) -> None:
    """A lawsuit is accepted and the copy is in hand; `after` names the reconsideration it follows, if any."""
    after = text(event, "after", "")
    if after and not _is_reconsideration(draft, after):
        raise NotAllowed(f"没有登记过复议“{after}”")
    track = Track.SUIT_AFTER_RECONSIDERATION if after else Track.DIRECT_SUIT
    _open(draft, event, track, "court_answer")


def answered(draft: Draft, event: Event) -> None:
    """The body answers the authority or the court."""
    proceeding = _proceeding(draft, event)
    if proceeding.answered:
        raise NotAllowed(f"“{proceeding.ref}”已经答复")
    if proceeding.answer_due and event.on > proceeding.answer_due.on:
        code = "court_answer_late" if proceeding.track is not Track.RECONSIDERATION else ""
        draft.defect(code or "reconsideration_answer_late", event.on, until(proceeding.answer_due))
    draft.proceedings[proceeding.ref] = replace(proceeding, answered=event.on)


def concluded(draft: Draft, event: Event) -> None:
    """It is decided, judged, or otherwise ended."""
    proceeding = _proceeding(draft, event)
    if proceeding.turns and proceeding.turns[-1][1] is not None:
        raise NotAllowed(f"“{proceeding.ref}”已经审结")
    ending = text(event, "ending")
    if ending not in ENDINGS:
        raise NotAllowed(f"没有“{ending}”这种结果")
    turn = (event.on, ENDINGS[ending][1])
    draft.proceedings[proceeding.ref] = replace(proceeding, turns=(*proceeding.turns, turn))


def appealed(draft: Draft, event: Event) -> None:
    """A judgment is appealed: pending again."""
    proceeding = _proceeding(draft, event)
    if not proceeding.turns or proceeding.turns[-1][1] is None:
        raise NotAllowed("没有可以上诉的判决")
    turns = (*proceeding.turns, (event.on, None))
    draft.proceedings[proceeding.ref] = replace(proceeding, turns=turns)


def _proceeding(draft: Draft, event: Event) -> Proceeding:
    ref = text(event, "ref")
    of_reconsideration = event.action in (Action.RECONSIDERATION_ANSWERED, Action.RECONSIDERATION_DECIDED)
    if ref not in draft.proceedings or _is_reconsideration(draft, ref) is not of_reconsideration:
        raise NotAllowed(f"没有登记过{'复议' if of_reconsideration else '诉讼'}“{ref}”")
    return draft.proceedings[ref]


def _is_reconsideration(draft: Draft, ref: str) -> bool:
    return ref in draft.proceedings and draft.proceedings[ref].track is Track.RECONSIDERATION
