"""A draft begun, its words saved, its count chosen; each act with its event in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.report.schema import SECTION_TITLES, Edition, SectionCode
from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.choices import Act, Basis, Scope
from gongkai.web.oversight.models import Draft, DraftText
from gongkai.web.oversight.services.acting import Refused, plain_reason
from gongkai.web.oversight.services.drafting.acts import audit_draft, check_is_open, locked
from gongkai.web.oversight.services.drafting.composing import ORDER, texts_of
from gongkai.web.oversight.services.drafting.fields import is_field
from gongkai.web.oversight.services.drafting.narrative import names_in
from gongkai.web.oversight.services.drafting.scope import check_may_write, scopes_of
from gongkai.web.oversight.services.drafting.texts import default_texts
from gongkai.web.oversight.services.ledger import append_event

# The form drafts are written on; older years are registered from their files.
FIRST_YEAR = int(Edition.FORM_2021)
LONGEST = 30_000
_PART_NAMES = {SectionCode.PREAMBLE: "引言", **SECTION_TITLES}


def begin(*, agency: Agency, year: int, by: User, now: datetime, scope: Scope | None = None) -> Draft:
    """Begin a body's report of a year, each section with the words it usually opens with.

    Raises:
        PermissionDenied: the person does not write the body's report.
        Refused: the year has no report of this form yet, the scope is not the body's, or it is begun already.
    """
    check_may_write(by, agency)
    this_year = timezone.localtime(now).year
    if not FIRST_YEAR <= year <= this_year:
        raise Refused(f"可以起草 {FIRST_YEAR} 年至 {this_year} 年的报告。")
    scope = scope or scopes_of(agency)[0]
    if scope not in scopes_of(agency):
        raise Refused("这个机关的年度报告不能按所选的范围统计。")
    draft = _begun(agency, year, scope, by, now)
    return audit_draft(draft=draft, now=now)


@transaction.atomic
def _begun(agency: Agency, year: int, scope: Scope, by: User, now: datetime) -> Draft:
    # Two at once would find no row to wait for, so they wait for the body's.
    Agency.objects.select_for_update().get(pk=agency.pk)
    if Draft.objects.filter(agency=agency, year=year).exists():
        raise Refused(f"{agency.name} {year} 年的报告已经在起草，请从列表打开。")
    draft = Draft.objects.create(agency=agency, year=year, scope=scope, begun_by=by, begun_at=now)
    _keep(draft, default_texts(draft), by, now)
    append_event(act=Act.BEGUN, by=by, at=now, draft=draft, year=year, scope=scope.value)
    return draft


def _keep(draft: Draft, texts: Mapping[SectionCode, str], by: User, now: datetime) -> None:
    for code, text in texts.items():
        DraftText(draft=draft, section=code.value, text=text, by=by, at=now).save()


def save_texts(
    *, draft: Draft, texts: Mapping[str, str], seen: int, by: User, now: datetime
) -> tuple[Draft, list[str]]:
    """Save the words of the sections that changed, and audit; return the draft and the parts changed.

    Args:
        texts: by section, those not named stay.
        seen: the count of saves the person has seen.
    Raises:
        PermissionDenied: the person does not write the body's report.
        Refused: somebody saved meanwhile, it was sent up, or a text cannot be read; then nothing is kept.
    """
    check_may_write(by, draft.agency)
    wanted = {code: _tidy(texts[code.value]) for code in ORDER if code.value in texts}
    check_texts(wanted)
    changed = _save(draft, wanted, seen, by, now)
    if changed:
        draft = audit_draft(draft=draft, now=now)
    return draft, [_PART_NAMES[code] for code in changed]


@transaction.atomic
def _save(
    draft: Draft, wanted: Mapping[SectionCode, str], seen: int, by: User, now: datetime
) -> list[SectionCode]:
    draft = locked(draft, seen)
    check_is_open(draft)
    before = texts_of(draft)
    changed = {code: text for code, text in wanted.items() if text != before[code]}
    if sum(map(len, (before | wanted).values())) > LONGEST:
        raise Refused(f"正文超过 {LONGEST} 字，请删减后再保存。")
    if changed:
        _keep(draft, changed, by, now)
        draft.saves += 1
        draft.save(update_fields=["saves"])
        sections = [code.value for code in changed]
        append_event(act=Act.SAVED, by=by, at=now, draft=draft, sections=sections, saves=draft.saves)
    return list(changed)


def check_texts(texts: Mapping[SectionCode, str]) -> None:
    """Raise Refused where a text's brackets do not pair or it names a field there is not."""
    for code, text in texts.items():
        part = _PART_NAMES[code]
        try:
            unknown = [name for name in dict.fromkeys(names_in(text)) if not is_field(name)]
        except Refused as refusal:
            raise Refused(f"“{part}”没有保存：{refusal}") from refusal
        if unknown:
            named = "、".join(f"{{{name}}}" for name in unknown)
            raise Refused(f"“{part}”没有保存：没有{named}这个字段，请从可用字段中选择。")


def _tidy(text: str) -> str:
    """The text with plain line ends and without characters that do not print; of spaces only U+3000 stays."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(map(_plain_letter, line)).rstrip() for line in lines).strip()


def _plain_letter(letter: str) -> str:
    if letter.isprintable() or letter == "\u3000":
        return letter
    return " " if letter.isspace() else ""


def choose_count(
    *, draft: Draft, scope: Scope, basis: Basis, reason: str, seen: int, by: User, now: datetime
) -> Draft:
    """Choose whose records the draft counts, and whether as frozen or as corrected since; then audit.

    Raises:
        PermissionDenied: the person does not write the body's report.
        Refused: as `save_texts`; also where the scope is not the body's, nothing changes, or the corrected
            records are chosen without a reason.
    """
    check_may_write(by, draft.agency)
    reason = plain_reason(reason)
    if scope not in scopes_of(draft.agency):
        raise Refused("这个机关的年度报告不能按所选的范围统计。")
    if basis == Basis.LIVE and not reason:
        raise Refused("不按年末冻结的数，而按更正后的记录统计的，请写明理由。")
    _choose(draft, scope, basis, reason, seen, by, now)
    return audit_draft(draft=draft, now=now)


@transaction.atomic
def _choose(
    draft: Draft, scope: Scope, basis: Basis, reason: str, seen: int, by: User, now: datetime
) -> None:
    draft = locked(draft, seen)
    check_is_open(draft)
    kept = reason if basis == Basis.LIVE else ""
    if (draft.scope, draft.basis, draft.basis_reason) == (scope, basis, kept):
        raise Refused("统计口径没有变化。")
    before = {"scope": draft.scope, "basis": draft.basis}
    draft.scope, draft.basis, draft.basis_reason = scope, basis, kept
    draft.saves += 1
    draft.save(update_fields=["scope", "basis", "basis_reason", "saves"])
    after = {"scope": scope.value, "basis": basis.value}
    append_event(act=Act.REBASED, by=by, at=now, draft=draft, before=before, after=after, reason=reason)
