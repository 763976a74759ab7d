"""What a letter of a case says: the case's facts and the drafter's, made one by `gongkai.letters`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from gongkai import letters
from gongkai.law.calendar import Due
from gongkai.law.channels import Channel
from gongkai.law.fees import Fee, NoTariff, Tariff, fee
from gongkai.law.grounds import GROUNDS
from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.states import Action, Fact
from gongkai.law.remedies import Body, BodyKind
from gongkai.letters import Contact, Detail, Entry, Field, LetterFacts, Shape, Withheld
from gongkai.web.agencies.choices import GOVERNMENTS, Kind, Level
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.choices import NATURAL_PERSON, Delivery, LetterState, SupplyMedium
from gongkai.web.inforequests.models import DeskSettings, InfoRequest, Letter, LetterTemplate
from gongkai.web.inforequests.services import folding
from gongkai.web.inforequests.services.applicants import frequency
from gongkai.web.inforequests.services.refusing import Refused

_A = Action


@dataclass(frozen=True, kw_only=True)
class LetterAct:
    """What a kind of letter does in the procedure.

    `action` is recorded when the letter is signed if `at_signing`, else when it goes out; `received` when it
    is in hand. `is_signed`: by an approver other than the drafter. `names` is the detail that says whom it
    is addressed to where that is not the applicant.
    """

    action: Action | None = None
    at_signing: bool = False
    received: Action | None = None
    is_signed: bool = False
    names: str = ""


_DECISION = LetterAct(action=_A.DECIDE, at_signing=True, is_signed=True)
_CONSULTED = _A.CONSULTED_RECEIVED
# By kind of letter; every other kind that tells an outcome is a decision.
_ACTS: Mapping[str, LetterAct] = {
    "correction_notice": LetterAct(action=_A.NOTIFY_CORRECTION, received=_A.CORRECTION_NOTICE_RECEIVED),
    "extension_notice": LetterAct(action=_A.EXTEND, is_signed=True),
    "third_party_letter": LetterAct(action=_A.CONSULT_THIRD_PARTY, received=_CONSULTED, names="third_party"),
    "co_maker_letter": LetterAct(action=_A.CONSULT_CO_MAKER, received=_CONSULTED, names="recipient"),
    "organ_letter": LetterAct(action=_A.CONSULT_ORGAN, received=_CONSULTED, names="recipient"),
    "consultation_notice": LetterAct(),
    "third_party_notice": LetterAct(action=_A.TELL_THIRD_PARTY, names="third_party"),
    "fee_notice": LetterAct(action=_A.CHARGE, received=_A.FEE_NOTICE_RECEIVED, is_signed=True),
    "reasons_letter": LetterAct(action=_A.ASK_REASONS),
    "delay_notice": LetterAct(action=_A.DELAY, is_signed=True),
    "rectification_notice": _DECISION,
    "proactive_conversion": LetterAct(action=_A.TURN_PROACTIVE, at_signing=True, is_signed=True),
    "other.no_correction": LetterAct(action=_A.CLOSE_UNCORRECTED, is_signed=True),
    "other.fee_unpaid": LetterAct(action=_A.CLOSE_UNPAID, is_signed=True),
    "receipt": LetterAct(),
}
_ALWAYS = ("receipt",)
_FAR = timedelta(days=366)


def act_of(kind: str) -> LetterAct:
    """Return what a kind of letter does.

    Raises:
        KeyError: it is no letter that leaves the house or ends a step.
    """
    if kind in _ACTS:
        return _ACTS[kind]
    if not letters.KINDS[kind].outcome:
        raise KeyError(kind)
    return _DECISION


def offered(found: CaseFile) -> tuple[str, ...]:
    """Return the kinds of letter that the law lets one write now, in the order of `letters.KINDS`."""
    open_ = {each.action for each in found.next_actions}
    decides = bool(open_ & {_A.DECIDE, _A.REDECIDE})
    kinds = []
    for code, kind in letters.KINDS.items():
        if not kind.outcome and code not in _ACTS:
            continue
        action = act_of(code).action
        fits = code in _ALWAYS if action is None else action in open_ or (action is _A.DECIDE and decides)
        if code == "consultation_notice":
            fits = bool(found.consultations) and found.closed_on is None
        if fits and (code == "rectification_notice") == (
            found.kind.value == "records" and action is _A.DECIDE
        ):
            kinds.append(code)
    return tuple(kinds)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the drafter gives: `details` by the codes of `letters.DETAILS`, all of it fit for JSON.

    `annexes` is what the letter lists, `annexed` the files that go with it: key and digest.
    """

    details: Mapping[str, Any] = field(default_factory=dict)
    grounds: tuple[str, ...] = ()
    withheld: tuple[tuple[str, str, str], ...] = ()
    served_online: bool = False
    annexes: tuple[str, ...] = ()
    annexed: tuple[tuple[int, str], ...] = ()
    tariff: str = ""
    units: int = 0
    instrument_rank: str = ""
    outcome: str = ""

    def kept(self) -> dict[str, Any]:
        """Return the draft as JSON keeps it."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        details = {code: _plain(value) for code, value in self.details.items() if value not in ("", None, ())}
        lists = {name: [*map(_plain, getattr(self, name))] for name in ("grounds", "annexes", "annexed")}
        return plain | {"details": details} | lists


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )


def draft_of(letter: Letter) -> Draft:
    """Return what was drafted."""
    kept = dict(letter.fields)
    known = {name: kept[name] for name in Draft.__dataclass_fields__ if name in kept}
    details = {code: _told(code, value) for code, value in known.pop("details", {}).items()}
    lists = {name: tuple(known.pop(name, ())) for name in ("grounds", "annexes")}
    withheld = tuple((each[0], each[1], each[2]) for each in known.pop("withheld", ()))
    annexed = tuple((pk, digest) for pk, digest in known.pop("annexed", ()))
    return Draft(details=details, withheld=withheld, annexed=annexed, **lists, **known)


def _told(code: str, value: Any) -> Detail:
    shape = letters.DETAILS[code].shape
    if shape is Shape.DAY and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if shape is Shape.LINES and isinstance(value, list) else value


def fields_of(agency: Agency, kind: str) -> tuple[tuple[Field, bool], ...]:
    """Return what the drafter fills in for a letter, each with whether it must be; not what is reckoned."""
    return tuple(
        (each, must)
        for each, must in letters.details_of(kind, template_of(agency, kind))
        if each.code not in RECKONED
    )


def template_of(agency: Agency, kind: str) -> str | None:
    """Return the office's own wording of a letter; None where it has none."""
    own = LetterTemplate.objects.filter(agency=agency, kind=kind).only("text").first()
    return own.text if own and own.text.strip() else None


# What the case itself says of a letter's details, so that nobody types a date wrong.

RECKONED = frozenset(
    (
        "extended_to",
        "reply_due",
        "lapsed_on",
        "asked_on",
        "reasons_asked_on",
        "corrected_on",
        "earlier_on_lapse",
    )
)


OPINION_OUT = "尚有征求意见未答复，答复期限何时届满还不能确定，请在收到答复或者期满后再办延期。"


def waits_for_opinion(found: CaseFile) -> bool:
    """Whether an opinion is out that moves the end of the reply period, and may still come."""
    return any(
        each.counts and each.answered is None and (each.ends is None or each.ends >= found.today)
        for each in found.consultations
    )


def reckoned(case: InfoRequest, found: CaseFile, kind: str, draft: Draft) -> dict[str, Detail]:
    """Return the details that follow from the case."""
    told: dict[str, Detail] = {}
    if kind == "extension_notice":
        days = draft.details.get("extension_days") or 20
        told["extension_days"] = days
        original = found.clock.original if found.clock and not waits_for_opinion(found) else None
        if original and isinstance(days, int):
            told["extended_to"] = folding.calendar().add_working_days(original.on, days).on
    if found.due:
        told["reply_due"] = found.due.on
    if found.consultations:
        told["asked_on"] = min(each.sent for each in found.consultations)
    if found.reasons_asked_on:
        told["reasons_asked_on"] = found.reasons_asked_on
    if found.correction and found.correction.received:
        told["corrected_on"] = found.correction.received
    told |= _of_lapse(case, found, kind)
    return told


def _of_lapse(case: InfoRequest, found: CaseFile, kind: str) -> dict[str, Detail]:
    asked: tuple[str, date, date | None, Due | None] | None = None
    if kind == "other.no_correction" and found.correction:
        told = found.correction
        asked = "correction_notice", told.notified, told.delivered, told.limit
    elif kind == "other.fee_unpaid" and found.charge:
        asked = "fee_notice", found.charge.notified, found.charge.delivered, found.charge.limit
    if asked is None:
        return {}
    code, notified, delivered, limit = asked
    details: dict[str, Detail] = {"earlier_on": notified}
    sent = case.letters.filter(kind=code, state=LetterState.ISSUED).exclude(number="").last()
    if sent:
        details["earlier_number"] = sent.number
    if delivered:
        details["delivered_on"] = delivered
    if limit:
        details["lapsed_on"] = limit.on
    return details


def compose(
    case: InfoRequest,
    kind: str,
    draft: Draft,
    *,
    on: date,
    number: str = "",
    found: CaseFile | None = None,
    signer: str = "",
    entries: tuple[Entry, ...] = (),
) -> letters.Letter:
    """Return the letter as it would be if it were issued on a day under a number.

    Raises:
        Refused: the office's own template of it no longer passes.
    """
    found = found or folding.case_file(case, on=on)
    practice = folding.practice_of(case.agency_id)
    facts = replace(_facts(case, found, kind, draft, on, number, signer), entries=entries)
    try:
        return letters.compose(kind, facts, template=template_of(case.agency, kind), practice=practice)
    except letters.TemplateError as error:
        raise Refused(f"本机关的文书模板不能用：{'；'.join(error.problems)}") from error


def _facts(
    case: InfoRequest, found: CaseFile, kind: str, draft: Draft, on: date, number: str, signer: str
) -> LetterFacts:
    settings = DeskSettings.of(case.agency)
    agency, applicant = case.agency, case.applicant
    details = {**dict(draft.details), **reckoned(case, found, kind, draft)}
    if kind == "fee_notice" and not details.get("payment") and settings.fee_account:
        details["payment"] = settings.fee_account
    return LetterFacts(
        body=body_of(agency, settings),
        contact=Contact(
            office=agency.disclosure_office or "政府信息公开工作机构",
            person=signer,
            phone=agency.phone,
            address=agency.address,
        ),
        number=number or "〔待编号〕",
        made_on=on,
        applicant=applicant.name,
        applicant_kind=case.applicant_kind,
        applicant_address=applicant.address,
        applicant_phone=applicant.phone,
        request_number=case.number,
        wanted=case.wanted,
        wanted_form=_wanted_form(case),
        channel=Channel(case.channel),
        received_on=found.received_on,
        history=letters.history_of(found, you="你" if case.applicant_kind == NATURAL_PERSON else "你单位"),
        grounds=draft.grounds,
        withheld=tuple(
            Withheld(part=part, ground=ground, reasons=why) for part, ground, why in draft.withheld
        ),
        fee=fee_of(case, found, draft),
        served_online=draft.served_online,
        online_reconsideration=settings.reconsideration_url,
        annexes=draft.annexes,
        details=details,
    )


def _wanted_form(case: InfoRequest) -> str:
    parts = [
        dict(SupplyMedium.choices).get(case.medium, ""),
        dict(Delivery.choices).get(case.delivery, ""),
    ]
    return "、".join(filter(None, parts))


def fee_of(case: InfoRequest, found: CaseFile, draft: Draft) -> Fee | None:
    """Return the fee a notice asks for, by the tariff chosen; None where none is chosen or in force."""
    if not draft.tariff:
        return None

    on = found.received_on or found.registered_on
    by_request = draft.tariff == Tariff.PER_REQUEST
    before = frequency(case).before if by_request else 0
    try:
        return fee(Tariff(draft.tariff), 1 if by_request else draft.units, on, before=before)
    except (NoTariff, ValueError):
        return None


def body_of(agency: Agency, settings: DeskSettings) -> Body:
    """Return the body as far as it decides who hears a reconsideration; unset parts follow from its kind."""
    upper = agency.parent
    is_government = agency.kind in GOVERNMENTS
    if settings.body_kind:
        kind = BodyKind(settings.body_kind)
    elif is_government:
        is_province = agency.level == Level.PROVINCE and agency.kind == Kind.GOVERNMENT
        kind = BodyKind.PROVINCIAL_GOVERNMENT if is_province else BodyKind.LOCAL_GOVERNMENT
    else:
        kind = BodyKind.LOCAL_DEPARTMENT
    parent = upper.name if upper is not None and upper.kind in GOVERNMENTS else ""
    return Body(
        name=agency.name,
        kind=kind,
        government=settings.government or ("" if is_government else parent),
        upper=settings.upper or (parent if is_government else ""),
        court=settings.court or "有管辖权的人民法院",
    )


def facts_of(case: InfoRequest, kind: str, draft: Draft) -> dict[str, Fact]:
    """Return what the act of a letter carries."""
    action = act_of(kind).action
    details = draft.details
    if action is _A.DECIDE:
        return _decision(kind, draft)
    if action is _A.NOTIFY_CORRECTION:
        return {"days": details["correction_days"]} if details.get("correction_days") else {}
    if action is _A.EXTEND:
        return {"days": details.get("extension_days") or 20}
    if action is _A.DELAY:
        if details["delayed_to"] > folding.today() + _FAR:
            raise Refused("延迟答复的期限应当合理，不能超过一年。")
        return {"until": details["delayed_to"]}
    if action is _A.CHARGE:
        found = folding.case_file(case)
        asked = fee_of(case, found, draft)
        if asked is None:
            raise Refused("请选择收费标准并填写数量。")
        return {"amount": asked.amount, "tariff": draft.tariff}
    names = act_of(kind).names
    return {"name": str(details.get(names, "")).strip()} if names else {}


def _decision(kind: str, draft: Draft) -> dict[str, Fact]:
    outcome = letters.KINDS[kind].outcome or draft.outcome
    facts: dict[str, Fact] = {"outcome": outcome}
    grounds = tuple(dict.fromkeys((*draft.grounds, *(ground for _, ground, _ in draft.withheld))))
    if outcome.startswith("denied.") and not grounds:
        grounds = _only_ground(outcome)
    if grounds:
        facts["grounds"] = grounds
    if draft.instrument_rank:
        facts["instrument_rank"] = draft.instrument_rank
    if kind == "unable.not_held.elsewhere":
        facts |= {"others_duty": True, "responsible_organ": str(draft.details.get("competent", ""))}
    if kind == "declined.duplicate":
        facts["earlier_reply"] = str(draft.details.get("earlier_number", ""))
    return facts


def _only_ground(outcome: str) -> tuple[str, ...]:

    own = tuple(code for code, ground in GROUNDS.items() if ground.outcome == outcome)
    return own if len(own) == 1 else ()
