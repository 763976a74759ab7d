"""Reconsiderations and suits at the desk: the register, the office's notes on one, the analysis."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.inforequests.choices import TRACK_NAMES, DeskAct, LossCause
from gongkai.web.inforequests.models import Proceeding
from gongkai.web.inforequests.services import count_tables, disputing, retaining
from gongkai.web.inforequests.services.applicants import masked_name, with_names
from gongkai.web.inforequests.services.permissions import may, visible_cases
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.counts import scope_asked
from gongkai.web.inforequests.views.files import sheet
from gongkai.web.inforequests.views.staff import crumbs, seen

_PER_PAGE = 50


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List proceedings, those that wait for an answer first if asked for."""
    scope, wanted, today = scope_asked(request), disputing.Wanted.of(request.GET), timezone.localdate()
    rows = disputing.found(scope.agencies, wanted, today)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("ye", "1"))
    context = {
        "scope": scope,
        "bodies": count_tables.bodies_of(request.user),
        "all": count_tables.ALL,
        "wanted": wanted,
        "results": page,
        "clocks": [
            (code, disputing.CLOCKS[code], count)
            for code, count in disputing.clock_counts(scope.agencies, today).items()
        ],
        "tracks": TRACK_NAMES,
        "outcomes": disputing.RESULTS,
        "years": count_tables.years(scope.agencies),
        "narrowed": [
            (label, getattr(wanted, name)) for name, label in disputing.DIMENSIONS.items() if name != "track"
        ],
        "today": today,
        "may_clear": retaining.is_office(request.user),
        "here": "disputes",
        "header_title": "复议诉讼",
        "breadcrumbs_items": crumbs(("", "复议诉讼")),
    }
    return render(request, "inforequests/staff/disputes.html", context)


@never_cache
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a spreadsheet."""
    rows = disputing.found(
        scope_asked(request).agencies, disputing.Wanted.of(request.GET), timezone.localdate()
    )
    return sheet(disputing.workbook(rows), "fuyisusong")


class NoteForm(forms.Form):
    """What the office writes down about a proceeding."""

    heard_by = forms.CharField(label="审理机关", max_length=120, required=False)
    cause = forms.ChoiceField(
        label="纠正、败诉原因",
        choices=LossCause.choices,
        required=False,
        help_text="结果纠正的案件登记；一案有几个原因的，选主要的，其余写在分析里。",
    )
    lessons = forms.CharField(
        label="分析",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="争议焦点、裁判要旨、今后怎样改进。",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proceeding, and take the office's notes on it."""
    seeable = Proceeding.objects.filter(case__in=visible_cases(request.user))
    found = get_object_or_404(with_names(seeable, "case__"), pk=pk)
    may_note = may(request.user, DeskAct.ANALYSE, found.case)
    initial = {"heard_by": found.heard_by, "cause": found.cause, "lessons": found.lessons}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if found.result != "corrected":
        del form.fields["cause"]
    if request.method == "POST" and form.is_valid():
        given = {"cause": ""} | form.cleaned_data
        try:
            disputing.note(proceeding=found, by=request.user, seen=seen(request), **given)
            messages.success(request, "已登记，办理记录已注明。")
            return redirect("desk:dispute", found.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "dispute": found,
        "applicant": masked_name(found.case.applicant, found.case.applicant_kind),
        "grounds": disputing.grounds_of([found])[found.pk],
        "result": disputing.RESULTS[found.result or "pending"],
        "turns": [(on, disputing.RESULTS[result or "pending"]) for on, result in found.turns],
        "form": form if may_note else None,
        "today": timezone.localdate(),
        "may_clear": retaining.is_office(request.user),
        "here": "disputes",
        "header_title": found.ref,
        "breadcrumbs_items": crumbs((reverse("desk:disputes"), "复议诉讼"), ("", found.ref)),
    }
    return render(request, "inforequests/staff/dispute.html", context)


@never_cache
@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    """Show what disputes have in common: each number opens onto its cases."""
    scope, today = scope_asked(request), timezone.localdate()
    years = count_tables.years(scope.agencies)
    asked = request.GET.get("niandu", "")
    year = asked if asked in map(str, years) else ""
    found = disputing.analysis(scope.agencies, year, today)
    context = {
        "scope": scope,
        "bodies": count_tables.bodies_of(request.user),
        "all": count_tables.ALL,
        "years": years,
        "year": year,
        "analysis": found,
        "tables": [_tallies(name, found, year) for name in disputing.DIMENSIONS],
        "query": disputing.Wanted(year=year).query(),
        "may_clear": retaining.is_office(request.user),
        "here": "analysis",
        "header_title": f"{year}年争议分析" if year else "历年争议分析",
        "breadcrumbs_items": crumbs(("", "争议分析")),
    }
    return render(request, "inforequests/staff/dispute_analysis.html", context)


_COLUMNS = (
    ("filed", ""),
    ("pending", "pending"),
    ("upheld", "upheld"),
    ("corrected", "corrected"),
    ("other", "other"),
)


def _tallies(dimension: str, found: disputing.Analysis, year: str) -> dict[str, object]:
    """A table of the analysis: its name, and each row with the addresses its numbers lead to."""
    columns = _COLUMNS if dimension != "cause" else (("corrected", "corrected"),)
    rows = []
    for tally in found.tables[dimension]:
        value = disputing.track_code(tally.name) if dimension == "track" else tally.name
        wanted = disputing.Wanted(**{dimension: value, "year": year})
        numbers = [(getattr(tally, name), wanted.query(result=result)) for name, result in columns]
        rows.append((tally, numbers))
    return {"name": disputing.DIMENSIONS[dimension], "code": dimension, "rows": rows}
