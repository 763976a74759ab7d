"""The letter room: a letter is written by its form, read as it will go out, signed, sent, voided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.inforequests.choices import DeskAct, LetterState
from gongkai.web.inforequests.forms.letters import (
    FEWEST_ROWS,
    MORE_ROWS,
    MOST_ROWS,
    LetterForm,
    SendingForm,
)
from gongkai.web.inforequests.models import InfoRequest, Letter
from gongkai.web.inforequests.services import (
    asking,
    drafting,
    files,
    folding,
    lettering,
    letters,
    previewing,
    signed,
)
from gongkai.web.inforequests.services.drafting import Draft, draft_of
from gongkai.web.inforequests.services.permissions import may
from gongkai.web.inforequests.services.refusing import NeedsConfirmation, Refused
from gongkai.web.inforequests.views.files import handed_out
from gongkai.web.inforequests.views.offices import office_case, office_letter
from gongkai.web.inforequests.views.staff import case_crumbs, number_posted, posted, seen, show

# Writing.


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter_new(request: HttpRequest, case: int, kind: str) -> HttpResponse:
    """Write a letter of a kind the law lets the office write now."""
    row = office_case(request, case)
    if kind not in lettering.KIND_NAMES:
        raise Http404
    if not may(request.user, DeskAct.DRAFT_LETTER, row):
        raise PermissionDenied("文书由本机关经办人员起草。")
    if kind not in drafting.offered(folding.case_file(row)):
        messages.error(request, f"案件目前不能办理“{lettering.KIND_NAMES[kind]}”。")
        return redirect("desk:case", row.pk)
    return _write(request, row, kind, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    letter = office_letter(request, pk)
    if not lettering.open_to(letter, request.user).revise:
        messages.error(request, "这份文书现在不能修改：只有草稿和退回的文书可以由经办人员修改。")
        return redirect("desk:letter", letter.pk)
    return _write(request, letter.case, letter.kind, letter)


def _write(request: HttpRequest, case: InfoRequest, kind: str, letter: Letter | None) -> HttpResponse:
    draft = draft_of(letter) if letter else None
    try:
        guide = lettering.guide(case, kind, draft or Draft())
    except Refused as refused:
        show(request, refused)
        return redirect("desk:case", case.pk)
    offered = lettering.annexes_offered(case)
    rows = max(number_posted(request, "rows"), FEWEST_ROWS) + (MORE_ROWS if "more" in request.POST else 0)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        guide=guide,
        offered=offered,
        draft=draft or lettering.blank(case, guide),
        rows=min(rows, MOST_ROWS),
    )
    version, problem = letter.version if letter else case.version, ""
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        try:
            kept = lettering.save(
                case=case, kind=kind, letter=letter, content=form.content(),
                annexes=form.cleaned_data.get("annexes", ()), by=request.user, seen=seen(request),
            )  # fmt: skip
        except Refused as refused:
            problem = str(refused)
            version = _current(letter or case)
        else:
            messages.success(request, "已保存草稿。")
            return redirect("desk:letter", kept.pk)
    context = _writing(case, guide, form) | {
        "letter": letter,
        "version": version,
        "problem": problem,
    }
    status = 409 if problem else 422 if form.is_bound and "more" not in request.POST else 200
    return render(request, "inforequests/letters/write.html", context, status=status)


def _writing(case: InfoRequest, guide: lettering.Guide, form: LetterForm) -> dict[str, Any]:
    return {
        "case": case,
        "guide": guide,
        "form": form,
        "most_rows": MOST_ROWS,
        "published": asking.already_published(case.wanted) if guide.tells_remedies else None,
        "breadcrumbs_items": case_crumbs(case, ("", guide.name)),
        "header_title": guide.name,
    }


def _current(row: Letter | InfoRequest) -> int:
    """The version there is now, so that who has read what changed may go on."""
    row.refresh_from_db(fields=["version"])
    return row.version


# Reading, signing, sending.


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter as it reads, what it lacks, what was done with it; do what the person asks."""
    row = office_letter(request, pk)
    problem, defects, sending = "", (), None
    if request.method == "POST":
        deed = _DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            raise Http404
        sending = SendingForm(request.POST, request.FILES) if deed is _send else None
        try:
            if told := deed(request, row, sending):
                messages.success(request, told)
                return redirect("desk:letter", row.pk)
        except NeedsConfirmation as needs:
            problem, defects = "照此登记，将留有以下瑕疵：", needs.defects
        except Refused as refused:
            problem = str(refused)
        row = office_letter(request, pk)
    context = _reading(request, row, sending) | {"problem": problem, "defects": defects}
    status = 409 if problem else 422 if request.method == "POST" else 200
    return render(request, "inforequests/letters/letter.html", context, status=status)


def _reading(request: HttpRequest, row: Letter, sending: SendingForm | None) -> dict[str, Any]:
    open_ = lettering.open_to(row, request.user)
    try:
        shown = lettering.standing(row)
        guide = lettering.guide(row.case, row.kind, draft_of(row))
        page, lacks = previewing.page_of(shown.paper), lettering.lacks_of(shown, guide)
        broken = ""
    except Refused as refused:
        page, lacks, broken, guide = None, [], str(refused), None
    is_final = row.state in (LetterState.ISSUED, LetterState.VOID)
    return {
        "letter": row,
        "case": row.case,
        "name": lettering.KIND_NAMES[row.kind],
        "guide": guide,
        "page": page,
        "broken": broken,
        "lacks": [] if is_final else lacks,
        "open": open_,
        "annexes": signed.annexes_of(row),
        "trail": list(lettering.actions_of(lettering.trail_of(row))),
        "sent_how": lettering.sending_words(row),
        "sending": sending or SendingForm(initial={"on": folding.today(), "service": _usual_service(row)}),
        "given": request.POST,
        "breadcrumbs_items": case_crumbs(row.case, ("", lettering.KIND_NAMES[row.kind])),
        "header_title": lettering.KIND_NAMES[row.kind],
    }


def _usual_service(row: Letter) -> str:
    if row.case.delivery == "pick_up":
        return "in_person"
    return "electronic" if draft_of(row).served_online or row.case.delivery in ("online", "email") else "post"


_Deed = Callable[[HttpRequest, Letter, SendingForm | None], str]


def _submit(request: HttpRequest, row: Letter, _: SendingForm | None) -> str:
    letters.submit(letter=row, by=request.user, seen=seen(request))
    return "已送审，审批人员会收到提醒。"


def _issue(request: HttpRequest, row: Letter, _: SendingForm | None) -> str:
    as_it_was = bool(request.POST.get("as_it_was"))
    done = letters.issue(letter=row, by=request.user, seen=seen(request), as_it_was=as_it_was)
    return f"已签发：{done.number}。" if done.number else "已签发。"


def _give_back(request: HttpRequest, row: Letter, _: SendingForm | None) -> str:
    remarks = posted(request, "remarks", 500)
    letters.give_back(letter=row, remarks=remarks, by=request.user, seen=seen(request))
    return "已退回起草人。"


def _void(request: HttpRequest, row: Letter, _: SendingForm | None) -> str:
    reason = posted(request, "reason")
    letters.void(letter=row, reason=reason, by=request.user, seen=seen(request))
    return "已作废。"


def _send(request: HttpRequest, row: Letter, form: SendingForm | None) -> str:
    if form is None or not form.is_valid():
        return ""
    given = form.cleaned_data
    proof = files.checked(given["proof"].name, given["proof"]) if given["proof"] else None
    lettering.send_out(
        letter=row, service=given["service"], by=request.user, on=given["on"],
        postal_enterprise=given["postal_enterprise"], mail_number=given["mail_number"], proof=proof,
        seen=seen(request), as_it_was=bool(request.POST.get("as_it_was")),
    )  # fmt: skip
    return "已登记发出。"


_DEEDS: dict[str, _Deed] = {
    "submit": _submit,
    "issue": _issue,
    "give_back": _give_back,
    "void": _void,
    "send": _send,
}


@never_cache
@require_safe
def letter_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Hand out a letter as DOCX or PDF: as signed, or the draft as it stands."""
    row = office_letter(request, pk)
    try:
        data, name = letters.file_of(row, suffix)
    except KeyError:
        raise Http404 from None
    except Refused as refused:
        show(request, refused)
        return redirect("desk:letter", row.pk)
    return handed_out(data, name)
