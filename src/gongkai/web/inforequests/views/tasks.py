"""What is asked of colleagues and other bodies: given, answered, urged, taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.widgets import DAY
from gongkai.web.inforequests.choices import TaskKind
from gongkai.web.inforequests.models import InfoRequest, Task
from gongkai.web.inforequests.services import folding, permissions, tasks, working
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.views.staff import (
    case_crumbs,
    crumbs,
    done,
    own_case_or_404,
    posted,
    seen,
    show,
)


class TaskForm(forms.Form):
    """What is asked, of whom, until when."""

    kind = forms.ChoiceField(
        label="类别", choices=TaskKind.choices, widget=forms.RadioSelect, initial=TaskKind.TRANSFER
    )
    to_user = forms.ModelChoiceField(
        User.objects.none(), label="承办人", required=False, empty_label="（不指定）"
    )
    to_unit = forms.CharField(label="承办机构", max_length=80, required=False, help_text="如：规划股。")
    to_agency = forms.ModelChoiceField(
        Agency.objects.none(), label="会商机关", required=False, empty_label="（会商时选择）",
        help_text="对方在本平台上的，直接送达；征求意见的时间不计入答复期限。不在本平台的，请发会商函。",
    )  # fmt: skip
    asked = forms.CharField(
        label="要办什么", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="承办人看不到申请人是谁；请勿写入申请人的姓名、住址等。",
    )  # fmt: skip
    due_on = forms.DateField(label="反馈期限", widget=DAY)
    as_it_was = forms.BooleanField(
        label="照实登记：留有瑕疵也要会商", required=False, help_text="答复期限届满之后会商的，时间不予扣除。"
    )

    def __init__(self, *args: Any, case: InfoRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_user"].queryset = User.objects.filter(agency=case.agency_id, is_active=True)
        self.fields["to_agency"].queryset = Agency.objects.filter(is_active=True).exclude(pk=case.agency_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand on within the body, or consult another."""
    case = own_case_or_404(request, pk)
    suggested = folding.calendar().add_working_days(folding.today(), 5).on
    form = TaskForm(request.POST or None, case=case, initial={"due_on": suggested, "asked": case.wanted})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            task = tasks.give(
                case=case, kind=TaskKind(given.pop("kind")), by=request.user, seen=seen(request), **given
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已交{task.recipient}办理。")
            return redirect("desk:case", pk=pk)
    context = {
        "case": case,
        "form": form,
        "version": request.POST.get("version") or case.version,
        "header_title": "转办或者会商",
        "breadcrumbs_items": case_crumbs(case, ("", "转办或者会商")),
    }
    return render(request, "inforequests/staff/task_new.html", context)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what the person is asked."""
    every = permissions.tasks_of(request.user).select_related("case__agency", "given_by")
    today = folding.today()
    context = {
        "tasks": [(task, *working.nearness(task.due_on, today)) for task in tasks.open_tasks(request.user)],
        "done": every.filter(state="answered").order_by("-answered_at")[:50],
        "header_title": "交办事项",
        "breadcrumbs_items": crumbs(("", "交办事项")),
    }
    return render(request, "inforequests/staff/tasks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is asked and take the answer; who applied is not told."""
    rows = Task.objects.select_related("case__agency", "given_by", "answered_by", "to_agency", "to_user")
    row = get_object_or_404(rows, pk=pk)
    asked_here = permissions.tasks_of(request.user).filter(pk=pk).exists()
    if not asked_here:
        own_case_or_404(request, row.case_id)  # Or not found.
    if request.method == "POST":
        try:
            given = {"text": posted(request, "text", 4000), "opinion": request.POST.get("opinion", "")}
            tasks.answer(task=row, by=request.user, **given)
            messages.success(request, "已反馈。")
            return redirect(
                "desk:tasks" if asked_here else "desk:case", **({} if asked_here else {"pk": row.case_id})
            )
        except Refused as refused:
            show(request, refused)
    context = {
        "task": row,
        "near": working.nearness(row.due_on, folding.today()),
        "may_answer": asked_here and row.state == "open",
        "opinions": tasks.OPINIONS,
        "text": request.POST.get("text", ""),
        "sees_case": permissions.visible_cases(request.user).filter(pk=row.case_id).exists(),
        "header_title": f"{row.get_kind_display()}：{row.case.number}",
        "breadcrumbs_items": crumbs((reverse("desk:tasks"), "交办事项"), ("", row.case.number)),
    }
    return render(request, "inforequests/staff/task.html", context)


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind whoever is asked."""
    row = _own(request, pk)
    return done(request, row.case, "已催办。", tasks.urge, task=row)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was asked of a colleague."""
    row = _own(request, pk)
    return done(request, row.case, "已撤回。", tasks.recall, task=row, reason=posted(request, "reason"))


def _own(request: HttpRequest, pk: int) -> Task:
    """Return what was asked in a case of the person's own body."""
    row = get_object_or_404(Task.objects.select_related("case"), pk=pk)
    own_case_or_404(request, row.case_id)
    return row
