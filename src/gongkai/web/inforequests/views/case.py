"""The page of a case, and the acts on it that are no letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import User
from gongkai.web.agencies.widgets import DAY
from gongkai.web.inforequests.choices import ACT_NAMES, DeskAct, Retention
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import (
    acting,
    applicants,
    folding,
    permissions,
    stepping,
    tasks,
    undoing,
    veiling,
    working,
)
from gongkai.web.inforequests.services.refusing import NeedsConfirmation, Refused
from gongkai.web.inforequests.views.staff import (
    case_crumbs,
    case_or_404,
    crumbs,
    done,
    number_posted,
    own_case_or_404,
    posted,
    seen,
    show,
)


def _context(request: HttpRequest, case: InfoRequest) -> dict[str, Any]:
    found = folding.case_file(case)
    records = list(case.records.select_related("by", "confirmed_by"))
    veil = veiling.veil_before(request.user, case)
    steps = stepping.steps(case, found, request.user)
    return {
        "case": case,
        "found": found,
        "defects": veiling.as_seen(veil, found.defects),
        "near": working.standing(case, folding.today()),
        "groups": [(name, [step for step in steps if step.group == name]) for name in stepping.GROUPS],
        "why": veiling.as_seen(veil, folding.explanation(found)),
        "timeline": veiling.as_seen(veil, working.timeline(records)),
        "applicant": applicants.masked(case.applicant, case.applicant_kind),
        "frequency": applicants.frequency(case),
        "alike": applicants.alike(case) if case.closed_on is None else [],
        "files": veiling.as_seen(veil, case.files.filter(removed_at__isnull=True)),
        "letters": veiling.as_seen(veil, stepping.letters_of(case)),
        "tasks": veiling.as_seen(veil, case.tasks.select_related("to_agency", "to_user")),
        "relations": case.relations.select_related("other__agency"),
        "related_from": case.related_from.select_related("case__agency"),
        "proceedings": case.proceedings.all(),
        "proposals": veiling.as_seen(veil, case.proposals.filter(state="open").select_related("proposed_by")),
        "outcome": stepping.outcome_name(case.outcome),
        "may": {str(act): permissions.may(request.user, act, case) for act in DeskAct},
        "topics": working.topics(case),
        "retentions": Retention.choices,
        "colleagues": permissions.colleagues(request.user, case),
        "header_title": case.number,
        "breadcrumbs_items": crumbs(("", case.number)),
    }


@never_cache
@require_safe
def show_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case: what is asked, the clock and why, what may be done, what was done."""
    case = case_or_404(request, pk)
    return render(request, "inforequests/staff/case.html", _context(request, case))


class ActForm(forms.Form):
    """An act of the procedure: its day, what it carries, and why it is entered late if it is."""

    on = forms.DateField(label="日期", widget=DAY)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        required=False,
        help_text="日期早于今天的，写明为什么没有当日登记；申请人撤回的，写明怎样撤回。",
    )
    as_it_was = forms.BooleanField(label="照实登记：以上瑕疵属实", required=False)

    def __init__(
        self, *args: Any, asked: tuple[stepping.Asked, ...], shows_defects: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for each in asked:
            self.fields[each.name] = _field(each)
        self.order_fields(["on", *(each.name for each in asked), "reason", "as_it_was"])
        if not shows_defects:
            self.fields["as_it_was"].widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        """Return what the act carries."""
        return {each.name: self.cleaned_data[each.name] for each in self.asked}


def _field(asked: stepping.Asked) -> forms.Field:
    common = {"label": asked.label, "required": asked.required, "help_text": asked.hint}
    if asked.kind == "choice":
        return forms.ChoiceField(choices=asked.choices, **common)
    if asked.kind == "day":
        return forms.DateField(widget=DAY, **common)
    return forms.BooleanField(**common) if asked.kind == "flag" else forms.CharField(max_length=120, **common)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Record an act of the procedure by its form."""
    case = own_case_or_404(request, pk)
    found = folding.case_file(case)
    try:
        asked = stepping.asked(code, found)
    except KeyError:
        raise Http404 from None
    if not permissions.may(request.user, code, case):
        raise PermissionDenied(f"“{ACT_NAMES[code]}”不由您办理。")
    form = ActForm(request.POST or None, asked=asked, initial={"on": folding.today()})
    version, status = posted(request, "version", 9) or case.version, 200
    if request.method == "POST" and form.is_valid():
        try:
            recorded = stepping.do(
                case=case, act=code, on=form.cleaned_data["on"], values=form.values(), by=request.user,
                reason=form.cleaned_data["reason"], seen=seen(request),
                as_it_was=form.cleaned_data["as_it_was"],
            )  # fmt: skip
        except NeedsConfirmation as defects:
            form = ActForm(request.POST, asked=asked, shows_defects=True)
            form.add_error(None, str(defects))
            status = 409
        except Refused as refused:
            form.add_error(None, str(refused))
            case.refresh_from_db()
            version, status = case.version, 409
        else:
            told = f"已登记“{ACT_NAMES[code]}”。" if recorded else "已提请补录，等待另一名审批人员确认。"
            messages.success(request, told)
            return redirect("desk:case", pk=case.pk)
    context = {
        "case": case,
        "form": form,
        "version": version,
        "step": next((step for step in stepping.steps(case, found, request.user) if step.code == code), None),
        "header_title": ACT_NAMES[code],
        "breadcrumbs_items": case_crumbs(case, ("", ACT_NAMES[code])),
    }
    return render(request, "inforequests/staff/act.html", context, status=status)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down something about the handling."""
    case = own_case_or_404(request, pk)
    return done(request, case, "已记录。", acting.note, case=case, text=posted(request, "text", 2000))


@require_POST
def classify(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the case is about and how long it is kept."""
    case = own_case_or_404(request, pk)
    kept = request.POST.get("retention", "")
    given = {
        "topic": posted(request, "topic", 40),
        "retention": Retention(kept) if kept in Retention.values else Retention.STANDARD,
        "seen": seen(request),
    }
    return done(request, case, "已归类。", acting.classify, case=case, **given)


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the case to another clerk of the body, or take it oneself."""
    case = own_case_or_404(request, pk)
    to = get_object_or_404(User, pk=number_posted(request, "to"), agency=case.agency_id, is_active=True)
    return done(request, case, "已更换经办人。", tasks.hand_over, case=case, to=to, seen=seen(request))


@require_POST
def void(request: HttpRequest, pk: int, sequence: int) -> HttpResponse:
    """Void a mistaken record."""
    case = own_case_or_404(request, pk)
    given = {"sequence": sequence, "reason": posted(request, "reason"), "seen": seen(request)}
    told = "已作废；原记录仍然保留并标明作废。"
    return done(request, case, told, undoing.void_record, case=case, **given)


@require_POST
def settle(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """Confirm or refuse an act proposed for an earlier day."""
    case = own_case_or_404(request, pk)
    given = {
        "proposal": get_object_or_404(case.proposals, pk=proposal),
        "confirms": request.POST.get("yijian") == "queren",
        "remarks": posted(request, "remarks"),
        "as_it_was": bool(request.POST.get("as_it_was")),
    }
    told = "已确认并登记。" if given["confirms"] else "已退回，没有登记。"
    return done(request, case, told, acting.settle, **given)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who asks, in full, for a reason that stays on record."""
    case = own_case_or_404(request, pk)
    shown = None
    if request.method == "POST":
        try:
            shown = applicants.unmask(case=case, why=posted(request, "why", 200), by=request.user)
        except Refused as refused:
            show(request, refused)
    context = {
        "case": case,
        "shown": shown,
        "header_title": "申请人信息",
        "breadcrumbs_items": case_crumbs(case, ("", "申请人信息")),
    }
    return render(request, "inforequests/staff/applicant.html", context)


@require_safe
def clock(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why the case is due when it is: every day of the period with its number or why it is skipped."""
    case = case_or_404(request, pk)
    found = folding.case_file(case)
    context = {
        "case": case,
        "found": found,
        "why": veiling.as_seen(veiling.veil_before(request.user, case), folding.explanation(found)),
        "printed_at": timezone.localtime(),
        "header_title": f"{case.number} 期限计算",
        "breadcrumbs_items": case_crumbs(case, ("", "期限计算")),
    }
    return render(request, "inforequests/staff/clock.html", context)
