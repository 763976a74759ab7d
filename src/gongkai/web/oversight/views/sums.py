"""The sum of a collection: three tables, each cell opening to its addends; settled, compared, taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.oversight.models import Collection
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import sum_tables, summing
from gongkai.web.oversight.views.collections import collected, crumbs_of
from gongkai.web.oversight.views.files import attachment


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sum with what is wanting, what was set aside and what changed; settle it."""
    asked = collected(request, pk)
    question = ""
    if request.method == "POST":
        try:
            summing.settle(
                collection=asked,
                by=request.user,
                now=timezone.now(),
                despite=request.POST.get("despite") == "on",
                seen=request.POST.get("seen", ""),
            )
        except NeedsConfirmation as reason:
            question = str(reason)
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("annual_reports:sum", pk)
        else:
            messages.success(request, "汇总数已经确定。之后有单位更正，这里会提示需要重新确定。")
            return redirect("annual_reports:sum", pk)
    made = summing.sum_of(asked)
    drift = summing.drift_of(made)
    shown = {
        "collection": asked,
        "made": made,
        "seen": summing.standing_of(made),
        "tables": sum_tables.tables_of(made),
        "lacks": list(summing.lacks_of(made)),
        "broken": [sum_tables.broken(made, each) for each in made.imbalances],
        "drift": drift,
        "drift_lines": sum_tables.drift_lines(made, drift) if drift else [],
        "question": question,
        **_compared(made),
        "breadcrumbs_items": crumbs_of(asked),
        "header_title": "汇总",
    }
    return render(request, "oversight/collections/sum.html", shown, status=422 if question else 200)


def _compared(made: summing.Sum) -> dict[str, Any]:
    own = summing.own_report(made.collection)
    if own is None or not made.summed.members:
        return {"own": own}
    try:
        unlike = summing.differences_with(made, own)
    except Refused as reason:
        return {"own": own, "unlike_why": str(reason)}
    return {"own": own, "unlike": sum_tables.difference_lines(made, unlike)}


@require_safe
def cell(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """Show whose numbers make up a cell of the sum."""
    asked = collected(request, pk)
    try:
        found = sum_tables.open_cell(asked, cell)
    except LookupError as error:
        raise Http404("没有这一格。") from error
    shown = {
        "collection": asked,
        "cell": found,
        "breadcrumbs_items": [*crumbs_of(asked), _to_sum(asked)],
        "header_title": found.name,
    }
    return render(request, "oversight/collections/cell.html", shown)


def _to_sum(collection: Collection) -> dict[str, str]:
    return {"url": reverse("annual_reports:sum", args=[collection.pk]), "label": "汇总"}


@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the sum as DOCX, PDF or JSON, or as a workbook with every member's numbers."""
    asked = collected(request, pk)
    try:
        data = sum_tables.file_of(summing.sum_of(asked), kind)
    except LookupError as error:
        raise Http404 from error
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("annual_reports:sum", pk)
    name = f"{asked.government.name if asked.government else asked.agency.name}{asked.year}年汇总.{kind}"
    return attachment(data, name, sum_tables.FILES[kind])
