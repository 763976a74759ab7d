"""Staff pages of the review: what waits for me, one page's review, publication in an emergency."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, TaskState

from gongkai.web.publishing.choices import DisclosureAttribute, ReviewDecision
from gongkai.web.publishing.services import reviewing
from gongkai.web.publishing.services.checking import findings_of, must_be_dealt_with

_DECISIONS = frozenset(
    {
        ReviewDecision.PASSED,
        ReviewDecision.RETURNED,
        ReviewDecision.REFERRED,
        ReviewDecision.WITHDRAWN,
    }
)
_ANSWERS = {ReviewDecision.HELD_OPEN: True, ReviewDecision.HELD_CLOSED: False}


@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """List what waits for the person, and emergencies whose review is overdue."""
    today = timezone.localdate()
    return render(
        request,
        "publishing/reviewing/list.html",
        {
            "waiting": reviewing.waiting_for(request.user),
            "overdue": reviewing.overdue_emergencies(user=request.user, on=today),
            "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": "首页"}],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the version under review, what the checks found and the trail; take the person's decision."""
    page = _visible(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            _act(request)
        except reviewing.Refused as refusal:
            refused = str(refusal)
        else:
            return redirect("publishing_review", pk)
    context = _standing(request, page) | {"refused": refused, "given": request.POST}
    return render(request, "publishing/reviewing/review.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_at_once(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason of an emergency, and publish."""
    page = _visible(request, pk)
    refused = reviewing.emergency_refusal(page, request.user)
    if request.method == "POST":
        try:
            if not request.POST.get("meant"):
                raise reviewing.Refused("请勾选确认。")
            record = reviewing.publish_at_once(
                page=page, by=request.user, on=timezone.localdate(), reason=request.POST.get("reason", "")
            )
        except reviewing.Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"已紧急发布，最迟{record.review_due_on:%Y-%m-%d}完成事后补审。")
            return redirect("publishing_review", pk)
    latest = page.get_latest_revision_as_object()
    context = {
        "page": latest,
        "refused": refused,
        "may": not reviewing.emergency_refusal(page, request.user),
        "days": reviewing.AFTERWARDS_WORKING_DAYS,
        "given": request.POST,
        "findings": must_be_dealt_with(findings_of(latest, timezone.localdate())),
        "breadcrumbs_items": _crumbs((reverse("publishing_review", args=[pk]), latest.title)),
    }
    status = 409 if refused and request.method == "POST" else 200
    return render(request, "publishing/reviewing/emergency.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Page:
    """Return a page whose review the person may see; any other is not found."""
    page = get_object_or_404(Page, pk=pk).specific
    if not reviewing.is_reviewed(page) or not reviewing.may_see(page, request.user):
        raise Http404
    return page


def _crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    way = [(reverse("wagtailadmin_home"), "首页"), (reverse("publishing_reviews"), "审核"), *further]
    return [{"url": url, "label": label} for url, label in way]


def _act(request: HttpRequest) -> None:
    """Do what the person asked for; the step is the one they had on the screen."""
    given = request.POST
    number = given.get("state", "")
    found = TaskState.objects.filter(pk=int(number)) if number.isascii() and number.isdigit() else None
    state, decision = found and found.first(), given.get("decision")
    if state is None or decision not in _DECISIONS | _ANSWERS.keys():
        raise reviewing.Refused("请选择审核意见。")
    if decision in _ANSWERS:
        record = reviewing.answer(
            state=state, is_open=_ANSWERS[decision], by=request.user, remarks=given.get("remarks", "")
        )
    else:
        record = reviewing.decide(
            state=state,
            decision=ReviewDecision(decision),
            by=request.user,
            on=timezone.localdate(),
            remarks=given.get("remarks", ""),
            proofread=bool(given.get("proofread")),
            despite=given.get("despite", "") if given.get("meant") else "",
        )
    messages.success(request, f"已记录：{record.get_step_display()}，{record.get_decision_display()}。")


def _standing(request: HttpRequest, page: Page) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    state, latest = page.current_workflow_task_state, page.get_latest_revision_as_object()
    findings = findings_of(latest, today)
    emergency = reviewing.open_emergency(page)
    run = page.current_workflow_state
    return {
        "page": latest,
        "live": page.live,
        "state": state,
        "steps": run.all_tasks_with_status() if run else (),
        "refusal": reviewing.refusal(state, user) if state else "",
        "is_referred": state is not None and reviewing.is_referred(state),
        "answer_refusal": reviewing.answer_refusal(page, state, user),
        "may_publish_at_once": not emergency and not reviewing.emergency_refusal(page, user),
        "emergency": emergency,
        "is_overdue": emergency is not None and emergency.is_overdue(today),
        "is_closed": getattr(latest, "attribute", "proactive") != DisclosureAttribute.PROACTIVE,
        "findings": findings,
        "blocks": must_be_dealt_with(findings),
        "records": reviewing.trail_of(page),
        "may_edit": page.permissions_for_user(user).can_edit(),
        "breadcrumbs_items": _crumbs(),
    }
