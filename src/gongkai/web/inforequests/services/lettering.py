"""What the page of a letter needs: what is asked of its drafter, what is known, who may do what next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from gongkai import letters as core
from gongkai.law.fees import TARIFF_NAMES
from gongkai.law.grounds import GROUNDS, Ground
from gongkai.law.periods import EXTENSION
from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.deciding import RECORDS_OUTCOMES
from gongkai.law.procedure.states import SERVICE_DAYS, SERVICE_NAMES, Action, Service
from gongkai.letters.kinds import Tells
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import DeskAct, FileKind, LetterState
from gongkai.web.inforequests.models import CaseFileItem, DeskSettings, InfoRequest, Letter, Record
from gongkai.web.inforequests.services import acting, drafting, files, folding, letters, signed
from gongkai.web.inforequests.services.applicants import frequency
from gongkai.web.inforequests.services.drafting import Draft, act_of
from gongkai.web.inforequests.services.guiding import short
from gongkai.web.inforequests.services.permissions import may
from gongkai.web.inforequests.services.refusing import Refused

KIND_NAMES = {code: kind.name for code, kind in core.KINDS.items()}
SERVICE_CHOICES = [(way.value, f"{name}（以{SERVICE_DAYS[way]}为准）") for way, name in SERVICE_NAMES.items()]
_OPEN = (LetterState.DRAFT, LetterState.RETURNED)
_RANKS = (("", "请选择"), ("法律", "法律"), ("行政法规", "行政法规"))
# What the case itself says, and from where it is taken.
_WHY = {
    "extended_to": "原答复期限届满之日起，加上延长的工作日",
    "reply_due": "按收到之日和各次中止计算，逐日见案件的“期限计算”",
    "asked_on": "征求意见书发出之日",
    "reasons_asked_on": "说明理由告知书发出之日",
    "corrected_on": "收到补正后的申请之日",
    "earlier_on": "前次通知书发出之日",
    "earlier_number": "前次通知书的文号",
    "delivered_on": "前次通知书送达之日",
    "lapsed_on": "自送达起算的期限的最后一日",
}
_NOT_YET = {
    "extended_to": drafting.OPINION_OUT,
    "asked_on": "案件里还没有征求意见的记录，请先办理征求意见。",
    "reasons_asked_on": "案件里还没有要求说明理由的记录，请先办理说明理由告知书。",
    "corrected_on": "案件里还没有收到补正的记录。",
    "lapsed_on": "案件里还没有通知书送达的记录，请先登记送达。",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A detail the drafter fills in: its code, name, hint and shape, and whether the letter must have it."""

    code: str
    name: str
    hint: str
    shape: str
    must: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """A detail that follows from the case: what it is called, what it says, why; or why it is wanting."""

    name: str
    value: str
    why: str


@dataclass(frozen=True, kw_only=True)
class GroundChoice:
    """A ground for not disclosing: its code, name, article, and how strongly it binds."""

    code: str
    name: str
    article: str
    force: str
    is_fit: bool


@dataclass(frozen=True, kw_only=True)
class Guide:
    """What a kind of letter asks of its drafter in a case, and what it must hold.

    `grounds` are asked for a refusal, `has_parts` for a partial disclosure, `tariffs` for a fee.
    """

    kind: str
    name: str
    articles: tuple[str, ...]
    must_hold: tuple[str, ...]
    asked: tuple[Asked, ...]
    known: tuple[Known, ...]
    grounds: tuple[GroundChoice, ...]
    has_parts: bool
    tariffs: tuple[tuple[str, str], ...]
    ranks: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    tells_remedies: bool
    asks_consent: bool
    is_signed: bool
    asked_this_month: int


def guide(case: InfoRequest, kind: str, draft: Draft, *, found: CaseFile | None = None) -> Guide:
    """Return what a letter asks of its drafter.

    Raises:
        KeyError: no such letter. Refused: the office's own template of it does not pass.
    """
    wanted, act = core.KINDS[kind], act_of(kind)
    found = found or folding.case_file(case)
    told = drafting.reckoned(case, found, kind, draft)
    fields = _fields(case, kind)
    hidden = (told.keys() | drafting.RECKONED) - {"extension_days"}
    is_fee, is_partial = kind == "fee_notice", wanted.outcome == "partial"
    grounds = wanted.outcome.startswith("denied.") or is_partial
    return Guide(
        kind=kind,
        name=wanted.name,
        articles=tuple(short((source,)) for source in wanted.sources),
        must_hold=tuple(must.name for must in wanted.musts),
        asked=tuple(_asked(each, must) for each, must in fields if each.code not in hidden),
        known=tuple(_known(each, told) for each, _ in fields if each.code in hidden),
        grounds=tuple(_choice(each, wanted.outcome) for each in _ordered(wanted.outcome)) if grounds else (),
        has_parts=is_partial,
        tariffs=tuple((tariff.value, name) for tariff, name in TARIFF_NAMES.items()) if is_fee else (),
        ranks=_RANKS if is_partial or wanted.outcome == "denied.law_prohibited" else (),
        outcomes=tuple(RECORDS_OUTCOMES.items()) if kind == "rectification_notice" else (),
        tells_remedies=wanted.tells is not Tells.NOBODY,
        asks_consent=wanted.tells is Tells.THIRD_PARTY,
        is_signed=act.is_signed,
        asked_this_month=frequency(case).month if is_fee else 0,
    )


def _fields(case: InfoRequest, kind: str) -> tuple[tuple[core.Field, bool], ...]:
    try:
        return core.details_of(kind, drafting.template_of(case.agency, kind))
    except core.TemplateError as error:
        raise Refused(f"本机关的文书模板不能用，请审批人员修改：{'；'.join(error.problems)}。") from error


def _asked(field: core.Field, must: bool) -> Asked:
    return Asked(code=field.code, name=field.name, hint=field.hint, shape=field.shape.value, must=must)


def _known(field: core.Field, told: dict[str, core.Detail]) -> Known:
    value = told.get(field.code)
    if value is None:
        return Known(name=field.name, value="", why=_NOT_YET.get(field.code, "案件里还没有这项记录。"))
    text = f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)
    return Known(name=field.name, value=text, why=_WHY.get(field.code, ""))


def _ordered(outcome: str) -> list[Ground]:
    """Those of the outcome first."""
    return sorted(GROUNDS.values(), key=lambda ground: ground.outcome != outcome)


def _choice(ground: Ground, outcome: str) -> GroundChoice:
    return GroundChoice(
        code=ground.code,
        name=ground.name,
        article=short((ground.source,)),
        force=ground.force.value,
        is_fit=outcome in ("partial", ground.outcome),
    )


def is_reply(kind: str) -> bool:
    """Whether a kind of letter tells the applicant what came of the request."""
    return bool(core.KINDS[kind].outcome)


def blank(case: InfoRequest, guide: Guide) -> Draft:
    """Return what a new letter begins with: the only ground there is, and what the office's settings say."""
    settings = DeskSettings.of(case.agency)
    usual = {
        "correction_days": settings.correction_days,
        "extension_days": EXTENSION.length,
        "payment": settings.fee_account,
    }
    codes = {each.code for each in guide.asked}
    fit = tuple(each.code for each in guide.grounds if each.is_fit)
    return Draft(
        details={code: value for code, value in usual.items() if code in codes and value},
        grounds=fit if len(fit) == 1 and not guide.has_parts else (),
    )


# What is missing, and where it is mended.


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Something a letter lacks: what, and where it is given: a place of the form, or `settings`, `case`."""

    text: str
    place: str


_PLACES = (
    ("不予公开部分", "parts"),
    ("不予公开事由", "grounds"),
    ("收费", "tariff"),
    ("行政复议机关", "settings"),
    ("网上申请行政复议", "settings"),
    ("联系方式", "settings"),
)


def lacks_of(shown: core.Letter, guide: Guide) -> list[Lack]:
    """Return what a letter lacks, each with where it is given."""
    return [Lack(text=text, place=_place(text, guide)) for text in shown.missing if text != "文号"]


def _place(text: str, guide: Guide) -> str:
    places = [*_PLACES, *((each.name, f"d_{each.code}") for each in guide.asked)]
    fits = [(len(name), place) for name, place in places if text.startswith(name)]
    return max(fits)[1] if fits else "case"


# Who may do what with a letter now.


@dataclass(frozen=True, kw_only=True)
class Open:
    """What a person may do with a letter as it stands; `why_not` says why they may not sign."""

    revise: bool
    submit: bool
    issue: bool
    give_back: bool
    send: bool
    void: bool
    why_not: str


def open_to(letter: Letter, user: User | AnonymousUser) -> Open:
    """Return what a person may do with a letter as it stands; the services ask again."""
    case, act = letter.case, act_of(letter.kind)
    is_open, waits = letter.state in _OPEN, letter.state == LetterState.SUBMITTED
    is_own = waits and letters.has_written(letter, user)
    drafts, signs = may(user, DeskAct.DRAFT_LETTER, case), may(user, DeskAct.APPROVE_LETTER, case)
    is_issued = letter.state == LetterState.ISSUED and letter.sent_on is None
    may_void = drafts if is_open else may(user, DeskAct.VOID_LETTER, case)
    return Open(
        revise=is_open and drafts,
        submit=act.is_signed and is_open and may(user, DeskAct.SUBMIT_LETTER, case),
        issue=(waits and signs and not is_own)
        if act.is_signed
        else (is_open or waits) and may(user, DeskAct.SUBMIT_LETTER, case),
        give_back=waits and may(user, DeskAct.RETURN_LETTER, case),
        send=is_issued
        and not core.KINDS[letter.kind].is_internal
        and (may(user, Action.SERVE, case) or may(user, DeskAct.APPROVE_LETTER, case)),
        void=(is_open or waits or is_issued) and may_void and not signed.signs_own(letter, user.pk),
        why_not=letters.OWN_WORK if act.is_signed and signs and is_own else "",
    )


def trail_of(letter: Letter) -> Sequence[Record]:
    """Return what was done with a letter, oldest first."""
    return letter.case.records.filter(facts__letter=letter.pk).select_related("by").order_by("sequence")


def standing(letter: Letter, *, on: date | None = None) -> core.Letter:
    """Return a letter as it reads: on the day it was signed, or today."""
    return letters.preview(letter, on=letter.issued_on or on)


# Writing and sending, with the files that go with it.


def annexes_offered(case: InfoRequest) -> list[CaseFileItem]:
    """Return the files that may go with a letter."""
    return list(case.files.filter(kind=FileKind.ANNEX, removed_at__isnull=True))


@transaction.atomic
def save(
    *,
    case: InfoRequest,
    kind: str,
    letter: Letter | None,
    content: Draft,
    annexes: Collection[int],
    by: User,
    seen: int | None = None,
) -> Letter:
    """Keep a draft, new or changed; the files chosen go out with it.

    Raises:
        Refused: see `letters.draft`, `letters.revise`.
    """
    content = with_annexes(content, [item for item in annexes_offered(case) if item.pk in annexes])
    if letter is None:
        return letters.draft(case=case, kind=kind, content=content, by=by, seen=seen)
    return letters.revise(letter=letter, content=content, by=by, seen=seen)


def with_annexes(content: Draft, chosen: Sequence[CaseFileItem]) -> Draft:
    """Return what is drafted with the files that go with it, listed by their names."""
    annexed = tuple((item.pk, item.sha256) for item in chosen)
    return replace(content, annexes=signed.names_of(chosen), annexed=annexed)


@transaction.atomic
def send_out(
    *,
    letter: Letter,
    service: Service | str,
    by: User,
    on: date | None = None,
    postal_enterprise: bool = True,
    mail_number: str = "",
    proof: files.Upload | None = None,
    seen: int | None = None,
    as_it_was: bool = False,
) -> Letter:
    """Record that a letter went out, with its mail number and the proof of it.

    Raises:
        Refused: see `letters.send`.
    """
    letter = letters.send(
        letter=letter, service=Service(service), by=by, on=on, postal_enterprise=postal_enterprise, seen=seen,
        as_it_was=as_it_was,
    )  # fmt: skip
    row = acting.locked(letter.case)
    facts = {
        "letter": letter.pk,
        "text": f"{KIND_NAMES[letter.kind]}已发出：{sending_words(letter)}",
    }
    if mail_number.strip():
        letter.facts |= {"mail_number": mail_number.strip()}
        letter.save(update_fields=["facts"])
        facts["text"] += f"，邮件号{mail_number.strip()}"
    acting.append(row, act=DeskAct.NOTE, facts=facts, by=by)
    if proof is not None:
        files.attach(case=row, upload=proof, kind=FileKind.SERVICE, by=by)
    return letter


def sending_words(letter: Letter) -> str:
    """Return how a letter went out, in words; "" while it has not."""
    way = letter.facts.get("service")
    if way not in {each.value for each in Service}:
        return ""
    text = SERVICE_NAMES[Service(way)]
    if way == Service.POST:
        text += "（邮政企业）" if letter.facts.get("postal_enterprise", True) else "（其他快递企业）"
    return text


def actions_of(records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    """Yield records of a letter with what they say beyond their act."""
    for record in records:
        facts = record.facts
        words = [str(facts[name]) for name in ("number", "remarks", "why", "text") if facts.get(name)]
        yield record, "，".join(["修改"] * bool(facts.get("revised")) + words)
