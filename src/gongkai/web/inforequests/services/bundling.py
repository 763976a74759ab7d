"""A whole case as one package: letters, files, record, index with digests, all bound into one PDF."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from gongkai.letters import Entry
from gongkai.papers.binding import bind
from gongkai.papers.docx import write_docx
from gongkai.papers.paper import Cell, Paper, PaperError, Paragraph, Picture, Table, long_date, plain
from gongkai.papers.pdf import write_pdf
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import DeskAct, FileKind, LetterState
from gongkai.web.inforequests.models import CaseFileItem, InfoRequest, Letter
from gongkai.web.inforequests.services import (
    acting,
    applicants,
    drafting,
    files,
    folding,
    lettering,
    signed,
    stepping,
    working,
)
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.veiling import Veil, mapped, veil_of

# All else may name people anywhere in it: left out where persons are hidden.
_WITHOUT_PERSONS = frozenset({FileKind.ANNEX})
_MOST_BOUND = 150 * 1024 * 1024
_IN_MEMORY = 8 * 1024 * 1024
_MARK = "（个人信息已隐去）"
_NOT_CLOSED = "【待填：立卷止日】"


@dataclass(kw_only=True)
class _Piece:
    """Something of the case: how the index names it, its files by name, and as PDF if it can be bound."""

    entry: Entry
    files: list[tuple[str, bytes]]
    pdf: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A case's package, and the name it is given."""

    file: IO[bytes]
    name: str


def bundle(*, case: InfoRequest, by: User, full: bool = False, why: str = "") -> Bundle:
    """Return the package of a case; that it left the office is on the case's record.

    Args:
        case: the case.
        by: who takes it out.
        full: with the applicant's data, and what the applicant sent in; else persons are hidden.
        why: what for.
    Raises:
        Refused: the person may not, or says not why.
    """
    check_may(by, DeskAct.EXPORT, case)
    if full:
        check_may(by, DeskAct.UNMASK, case)
    if not why.strip():
        raise Refused("导出卷宗应当写明用途。")
    today = folding.today()
    veil = None if full else veil_of(case)
    left_out = _left_out(case, full)
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        _fill(package, case, veil, left_out, today, by)
    _record(case, by, full, why)
    file.seek(0)
    return Bundle(file=file, name=f"卷宗-{case.number}{'' if full else _MARK}.zip")


@transaction.atomic
def _record(case: InfoRequest, by: User, full: bool, why: str) -> None:
    row = acting.locked(case)
    facts = {"why": why.strip(), "full": full}
    acting.append(row, act=DeskAct.EXPORT, facts=facts, by=by)
    if full:
        acting.append(row, act=DeskAct.UNMASK, facts={"why": f"导出卷宗：{why.strip()}"}, by=by)


def _left_out(case: InfoRequest, full: bool) -> list[CaseFileItem]:
    kept = case.files.filter(removed_at__isnull=True)
    return [] if full else list(kept.exclude(kind__in=_WITHOUT_PERSONS))


def _fill(
    package: zipfile.ZipFile, case: InfoRequest, veil: Veil | None, left_out: list[CaseFileItem], today: date,
    by: User,
) -> None:  # fmt: skip
    """Write all of it; each piece is forgotten once it is written, but for its PDF."""
    digests: list[tuple[str, str]] = []

    def put(name: str, data: bytes) -> None:
        package.writestr(name, data)
        digests.append((name, hashlib.sha256(data).hexdigest()))

    pieces = []
    for piece in (*_letters(case, veil), *_files(case, veil, left_out)):
        for name, data in piece.files:
            put(name, data)
        piece.files = []
        pieces.append(piece)
    notes = [f"未包含：{each.get_kind_display()}（附卷编号 {each.pk}）" for each in left_out]
    try:
        put(f"卷宗-{case.number}.pdf", _volume(case, pieces, veil, today, by))
    except PaperError as error:
        notes.append(f"没有合并成一个 PDF：{error}")
    told = _told(case)
    put("案件记录.json", json.dumps(veil.data(told) if veil else told, ensure_ascii=False, indent=1).encode())
    package.writestr("目录.txt", _index(case, digests, notes, veil))


# The pieces.


def _letters(case: InfoRequest, veil: Veil | None) -> Iterator[_Piece]:
    for at, letter in enumerate(case.letters.select_related("case__agency", "case__applicant"), 1):
        name = f"文书/{at:02d}-{_safe(_title(letter))}"
        try:
            pair = _letter_files(letter, veil)
        except (PaperError, Refused) as error:
            pair = {"txt": str(error).encode()}
        entry = Entry(
            title=_title(letter),
            number=letter.number,
            maker=case.agency.short_name,
            made_on=letter.issued_on or timezone.localtime(letter.drafted_at).date(),
        )
        named = [(f"{name}.{suffix}", data) for suffix, data in pair.items()]
        yield _Piece(entry=entry, files=named, pdf=pair.get("pdf", b""))


def _title(letter: Letter) -> str:
    state = "" if letter.state == LetterState.ISSUED else f"（{letter.get_state_display()}）"
    return lettering.KIND_NAMES[letter.kind] + state


def _letter_files(letter: Letter, veil: Veil | None) -> dict[str, bytes]:
    if veil is None and letter.docx and letter.pdf:
        return {"docx": files.contents(letter.docx), "pdf": files.contents(letter.pdf)}
    paper = lettering.standing(letter).paper
    paper = veil.paper(paper) if veil else paper
    return {"docx": write_docx(paper), "pdf": write_pdf(paper)}


def _files(case: InfoRequest, veil: Veil | None, left_out: list[CaseFileItem]) -> Iterator[_Piece]:
    kept = case.files.filter(removed_at__isnull=True).exclude(pk__in=[each.pk for each in left_out])
    for at, item in enumerate(kept.select_related("by"), 1):
        data = files.contents(item.file)
        name = veil.text(item.name) if veil else item.name
        entry = Entry(
            title=f"{item.get_kind_display()}：{name}",
            maker=case.agency.short_name if item.by_id else "申请人",
            made_on=timezone.localtime(item.at).date(),
        )
        yield _Piece(entry=entry, files=[(f"文件/{at:02d}-{_safe(name)}", data)], pdf=_as_pdf(item, data))


def _as_pdf(item: CaseFileItem, data: bytes) -> bytes:
    """A PDF as it is, a picture on a page; nothing else can be bound."""
    if item.content_type == "application/pdf":
        return data
    if not item.content_type.startswith("image/"):
        return b""
    try:
        return write_pdf(Paper(title=item.get_kind_display(), blocks=(Picture(data, item.name),)))
    except PaperError:
        return b""


def _safe(name: str) -> str:
    return re.sub(r"[\\/:*?\"<>|\s]+", "_", name)[-100:]


# The volume: cover, index, course of the case, then every piece that can be bound.


def _volume(case: InfoRequest, pieces: list[_Piece], veil: Veil | None, today: date, by: User) -> bytes:
    if sum(len(piece.pdf) for piece in pieces) > _MOST_BOUND:
        raise PaperError("文件过大，请使用文件夹中的各个文件。")
    course = write_pdf(_hidden(veil, _course(case, today)))
    body = bind([course, *(piece.pdf for piece in pieces)])
    front = [
        _paper(case, "file_cover", today, by, pieces=len(pieces)),
        _listing(case, pieces, body.pages, 3, today, by),
    ]
    counted = bind([write_pdf(_hidden(veil, paper)) for paper in front])
    before = sum(counted.pages)
    cover = _paper(case, "file_cover", today, by, pieces=len(pieces), pages=before + sum(body.pages))
    listing = _listing(case, pieces, body.pages, before + 1, today, by)
    return bind([*(write_pdf(_hidden(veil, paper)) for paper in (cover, listing)), body.pdf]).pdf


def _hidden(veil: Veil | None, paper: Paper) -> Paper:
    return veil.paper(paper) if veil else paper


def _paper(
    case: InfoRequest, kind: str, on: date, by: User, *, entries: tuple[Entry, ...] = (), **counts: int
) -> Paper:
    details: dict[str, Any] = {
        "opened_on": case.registered_on,
        "retention": case.get_retention_display(),
        "ending": _ending(case),
        "kept_by": by.get_full_name() or by.get_username(),
        **counts,
    }
    if case.closed_on:
        details["closed_on"] = case.closed_on
    paper = drafting.compose(case, kind, Draft(details=details), on=on, entries=entries).paper
    return mapped(paper, lambda text: text.replace(_NOT_CLOSED, "尚未办结"))


def _ending(case: InfoRequest) -> str:
    """How a case ended, and by which letter; where it stands while it is open."""
    if not case.outcome:
        return case.get_state_display()
    replies = case.letters.filter(state=LetterState.ISSUED).exclude(number="")
    numbers = [each.number for each in replies if lettering.is_reply(each.kind)]
    return stepping.outcome_name(case.outcome) + (f"（{'、'.join(numbers)}）" if numbers else "")


def _listing(
    case: InfoRequest, pieces: list[_Piece], pages: tuple[int, ...], first: int, on: date, by: User
) -> Paper:
    entries = [
        Entry(title="办理经过", maker=case.agency.short_name, made_on=on, pages=_span(first, pages[0]))
    ]
    at = first + pages[0]
    for piece, count in zip(pieces, pages[1:], strict=True):
        entries.append(replace(piece.entry, pages=_span(at, count)))
        at += count
    return _paper(case, "file_index", on, by, entries=tuple(entries))


def _span(first: int, count: int) -> str:
    if not count:
        return "另附"
    return str(first) if count == 1 else f"{first}—{first + count - 1}"


def _course(case: InfoRequest, today: date) -> Paper:
    """The record of a case as a paper: what was asked, why its dates are what they are, every act."""
    found = folding.case_file(case)
    heads = tuple(Cell(((head, True),)) for head in ("日期", "事项", "内容", "记录人"))
    told = working.timeline(list(case.records.select_related("by", "confirmed_by")))
    rows = tuple(
        tuple(
            Cell(plain(text))
            for text in (
                each.record.on.isoformat(),
                each.name + ("（已作废）" if each.is_void else ""),
                "；".join(filter(None, (each.details, each.record.reason and f"理由：{each.record.reason}"))),
                each.record.by_name,
            )
        )
        for each in reversed(told)
    )
    why = (Paragraph(plain(f"{step.title}：{step.text}")) for step in folding.explanation(found))
    return Paper(
        title="办理经过",
        issuer=case.agency.name,
        facts=(
            ("登记编号", case.number),
            ("状态", case.get_state_display()),
            ("答复期限", long_date(case.due_on) if case.due_on else "—"),
            ("导出日期", long_date(today)),
        ),
        blocks=(
            Paragraph(plain(f"申请公开的政府信息：{case.wanted}")),
            *why,
            Table((heads, *rows), header_rows=1, shares=(4, 5, 12, 4)),
        ),
    )


# The record, and what is in the package.


def _told(case: InfoRequest) -> dict[str, Any]:
    return {
        "案件": _plain(model_to_dict(case, exclude=["query_salt", "submission_key"]))
        | {"机关": case.agency.name},
        "申请人": {field: getattr(case.applicant, field) for field in applicants.PERSONAL},
        "办理记录": [
            {
                "sequence": each.sequence,
                "act": each.act,
                "name": each.act_name,
                "on": each.on.isoformat(),
                "facts": each.facts,
                "at": each.at.isoformat(),
                "by_name": each.by_name,
                "reason": each.reason,
                "previous_hash": each.previous_hash,
                "hash": each.hash,
            }
            for each in case.records.all()
        ],
        "记录校验": acting.breaks(case) or ["办理记录首尾相连，没有缺失或者改动。"],
        "文书": [_letter_told(each) for each in case.letters.all()],
        "文件": [
            _plain(model_to_dict(each, exclude=["file", "case"])) | {"sha256": each.sha256}
            for each in case.files.all()
        ],
        "交办": [_plain(model_to_dict(each, exclude=["case"])) for each in case.tasks.all()],
        "复议诉讼": [_plain(model_to_dict(each, exclude=["case"])) for each in case.proceedings.all()],
    }


def _letter_told(letter: Letter) -> dict[str, Any]:
    """A letter without the words it was signed in: these stand in its files."""
    told = _plain(model_to_dict(letter, exclude=["docx", "pdf", "case"]))
    return told | {"fields": {k: v for k, v in letter.fields.items() if k not in signed.FROZEN}}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
        for name, value in row.items()
    }


def _index(case: InfoRequest, digests: list[tuple[str, str]], notes: list[str], veil: Veil | None) -> str:
    lines = [
        f"{case.agency.name}　政府信息公开申请卷宗　{case.number}{_MARK if veil else ''}",
        f"导出时间：{timezone.localtime():%Y-%m-%d %H:%M}",
        "",
        "SHA-256 校验值　文件",
        *(f"{digest}  {name}" for name, digest in digests),
        *([""] if notes else []),
        *notes,
    ]
    return "\r\n".join(lines) + "\r\n"
