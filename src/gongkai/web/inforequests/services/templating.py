"""An office's own wording of its letters: the standard beside it, what is wrong with it, how it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gongkai import letters as core
from gongkai.law.channels import Channel
from gongkai.law.fees import Tariff, fee
from gongkai.law.grounds import GROUNDS
from gongkai.letters import DETAILS, GIVEN, Contact, Detail, Entry, LetterFacts, Shape, Withheld
from gongkai.letters.fields import FLAGS
from gongkai.papers.paper import Paper
from gongkai.web.agencies.models import Agency, User
from gongkai.web.inforequests.models import DeskSettings, LetterTemplate
from gongkai.web.inforequests.services import drafting, folding, letters, stepping
from gongkai.web.inforequests.services.office_settings import may_change
from gongkai.web.inforequests.services.refusing import Conflict, Refused

_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """A kind of letter in the list: whether the office has its own wording, and whether that still passes."""

    code: str
    name: str
    group: str
    is_own: bool
    is_broken: bool


def lines(agency: Agency) -> list[Line]:
    """Return the kinds of letter, each with whose wording holds."""
    own: dict[str, str] = {}
    for kind, text in LetterTemplate.objects.filter(agency=agency).values_list("kind", "text"):
        own.setdefault(kind, text.strip())
    return [_line(code, kind, own.get(code, "")) for code, kind in core.KINDS.items()]


def _line(code: str, kind: core.Kind, own: str) -> Line:
    return Line(
        code=code,
        name=stepping.letter_name(code),
        group="答复" if kind.outcome else "内部材料" if kind.is_internal else "程序性文书",
        is_own=bool(own),
        is_broken=bool(own and core.check_template(code, own)),
    )


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A placeholder: how it is written, what it stands for, and whether the standard text has it."""

    name: str
    meaning: str
    is_used: bool


def slots(kind: str) -> tuple[Slot, ...]:
    """Return the placeholders a template may use, those of the standard text first."""
    text = core.standard_template(kind)
    named = {**GIVEN, **{field.name: field.hint for field in DETAILS.values()}}
    found = [Slot(name=name, meaning=meaning, is_used=f"{{{name}" in text) for name, meaning in named.items()]
    return tuple(sorted(found, key=lambda slot: not slot.is_used))


def flags() -> Sequence[tuple[str, str]]:
    """Return what a template may ask whether it is so."""
    return tuple(FLAGS.items())


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A kind of letter's wording in an office: the standard text, its own if any, and the latest change."""

    kind: str
    name: str
    standard: str
    own: str
    version: int
    must_hold: tuple[str, ...]
    history: Sequence[LetterTemplate]


def wording(agency: Agency, kind: str) -> Wording:
    """Return the wording of a letter.

    Raises:
        KeyError: no such kind.
    """
    history = list(LetterTemplate.objects.filter(agency=agency, kind=kind).select_related("by")[:_SHOWN])
    return Wording(
        kind=kind,
        name=core.KINDS[kind].name,
        standard=core.standard_template(kind),
        own=history[0].text if history else "",
        version=history[0].pk if history else 0,
        must_hold=tuple(must.name for must in core.KINDS[kind].musts),
        history=history,
    )


def problems(kind: str, text: str) -> tuple[str, ...]:
    """Return what is wrong with a wording, in Chinese; nothing if it may be used."""
    return core.check_template(kind, text) if text.strip() else ()


def save(*, agency: Agency, kind: str, text: str, by: User, seen: int) -> LetterTemplate:
    """Keep an office's wording; empty restores the standard one.

    Raises:
        Refused: the person may not, or the wording does not pass. Conflict: somebody else was first.
    """
    if not may_change(by) or by.agency_id != agency.pk:
        raise Refused(f"文书模板由{agency}的审批人员修改。")
    if wording(agency, kind).version != seen:
        raise Conflict("您打开本页之后，模板已被修改，您的修改没有保存。请核对后再存。")
    return letters.save_template(agency=agency, kind=kind, text=text.replace("\r\n", "\n").strip(), by=by)


def sample(agency: Agency, kind: str, text: str) -> Paper:
    """Return how a wording reads with invented facts.

    Raises:
        Refused: the wording does not pass.
    """
    try:
        made = core.compose(
            kind, _facts(agency, kind), template=text or None, practice=folding.practice_of(agency.pk)
        )
    except core.TemplateError as error:
        raise Refused("；".join(error.problems)) from error
    return made.paper


def _facts(agency: Agency, kind: str) -> LetterFacts:
    settings = DeskSettings.of(agency)
    today = folding.today()
    details: dict[str, Detail] = {}
    for code, field in DETAILS.items():
        if field.shape is Shape.DAY:
            details[code] = today - timedelta(days=5)
        elif field.shape is Shape.NUMBER:
            details[code] = 15
        else:
            details[code] = (f"（{field.name}）",) if field.shape is Shape.LINES else f"（{field.name}）"
    outcome = core.KINDS[kind].outcome
    own = tuple(code for code, ground in GROUNDS.items() if ground.outcome == outcome)[:1]
    style = core.KINDS[kind].style
    return LetterFacts(
        body=drafting.body_of(agency, settings),
        contact=Contact(
            office=agency.disclosure_office or "政府信息公开工作机构", phone=agency.phone or "（电话）"
        ),
        number=core.number_of(f"{settings.mark}{style}", today.year, 1) if style else "",
        made_on=today,
        applicant="李某某",
        applicant_address="（通信地址）",
        applicant_phone="（联系电话）",
        request_number=f"{today.year}-000-00001",
        wanted="（申请人描述的政府信息）",
        wanted_form="电子数据、网上查询下载",
        channel=Channel.INTERNET,
        received_on=today - timedelta(days=10),
        grounds=own,
        withheld=(Withheld(part="（不予公开的内容）", ground="personal_privacy", reasons="（理由）"),),
        fee=fee(Tariff.PER_PAGE, 120, today),
        online_reconsideration=settings.reconsideration_url or "（网上行政复议渠道）",
        annexes=("（附件名称）",),
        entries=(Entry(title="（文件题名）", maker=agency.short_name, made_on=today, pages="1"),),
        details=details,
    )
