"""A case followed by its applicant, without an account: number and code open it for a short while."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.clients import client_of
from gongkai.web.inforequests.forms.following import EmailForm, EnterForm, HandInForm, RateForm
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import asking, following, granting
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.publishing.views.kiosk import is_kiosk
from gongkai.web.publishing.views.policies import as_download

_WRONG = "登记编号或者查询码不对，请对照回执核对后重新输入。"
_TOO_OFTEN = "查询次数过多，请一小时后再试，或者致电受理机关。"
_HANDED_IN = {
    "buzheng": ("correct", "补正申请"),
    "liyou": ("reasons_given", "说明理由"),
}
CaseView = Callable[..., HttpResponse]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; the answer to a wrong number is the answer to a wrong code."""
    form = EnterForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            case = granting.find(client=client_of(request), **form.cleaned_data)
        except granting.TooMany:
            case, status = None, 429
        if case is not None:
            granting.give(request.session, case, now=timezone.now())
            return redirect("inforequests:progress")
        form.add_error(None, _TOO_OFTEN if status == 429 else _WRONG)
    return render(request, "inforequests/enter.html", {"form": form}, status=status)


def _of_applicant(view: CaseView) -> CaseView:
    """Give a view the case the session may see; without one ask for number and code."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grant = granting.given(request.session, now=timezone.now())
        if grant is None:
            return redirect("inforequests:enter")
        return view(request, grant.case, *args, **kwargs)

    return answer


@require_safe
@_of_applicant
def progress(request: HttpRequest, case: InfoRequest) -> HttpResponse:
    """Show where the case stands, what happened, what came of it, and what the applicant may do."""
    return _progress(request, case)


def _progress(request: HttpRequest, case: InfoRequest, **bound: forms.Form) -> HttpResponse:
    context = {
        "view": following.view_of(case),
        "rate_form": RateForm(),
        "email_form": EmailForm(),
        "terminal": is_kiosk(request),
        **bound,
    }
    return render(request, "inforequests/progress.html", context)


@require_safe
@_of_applicant
def deadline(request: HttpRequest, case: InfoRequest) -> HttpResponse:
    """Show why the dates are what they are, day by day."""
    context = {"case": case, "steps": following.steps_of(case)}
    return render(request, "inforequests/deadline.html", context)


@require_safe
@_of_applicant
def letter(request: HttpRequest, case: InfoRequest, pk: str, suffix: str) -> HttpResponse:  # noqa: ARG001
    """Hand out a letter of the case; that it was opened records nothing."""
    found = following.letter_file(case, int(pk), suffix)
    if found is None:
        raise Http404
    data, name = found
    return as_download(data, name, suffix)


@require_safe
@_of_applicant
def annex(request: HttpRequest, case: InfoRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out a file that was given with the reply."""
    found = following.annex_file(case, pk)
    if found is None:
        raise Http404
    data, item = found
    disposition = content_disposition_header(True, item.name)
    return HttpResponse(data, content_type=item.content_type, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
@_of_applicant
def hand_in(request: HttpRequest, case: InfoRequest, what: str) -> HttpResponse:
    """Take the corrected request, or the reasons asked for."""
    action, title = _HANDED_IN[what]
    if request.method != "POST" and not asking.awaits(case, action):
        return redirect("inforequests:progress")
    form = HandInForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if is_kiosk(request):
        del form.fields["material"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            asking.hand_in(case=case, action=action, text=given["text"], uploads=given.get("material") or ())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已经提交，请在本页查看进展。")
            return redirect("inforequests:progress")
    context = {
        "case": case,
        "form": form,
        "title": title,
        "what": what,
        "standing": following.view_of(case).standing,
    }
    return render(request, "inforequests/hand_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_of_applicant
def withdraw(request: HttpRequest, case: InfoRequest) -> HttpResponse:
    """Ask whether it is meant, and take the request back."""
    if request.method == "POST":
        return _done(request, "申请已经撤回。", lambda: asking.withdraw(case=case))
    return render(request, "inforequests/withdraw.html", {"case": case})


@require_POST
@_of_applicant
def paid(request: HttpRequest, case: InfoRequest) -> HttpResponse:
    """Tell the office the fee was paid."""
    return _done(request, "已经告知受理机关，到账后继续办理。", lambda: asking.tell_paid(case=case))


@require_POST
@_of_applicant
def rate(request: HttpRequest, case: InfoRequest) -> HttpResponse:
    """Take what the applicant thinks of it, once."""
    form = RateForm(request.POST)
    if not form.is_valid():
        return _progress(request, case, rate_form=form)
    given = form.cleaned_data
    return _done(
        request,
        "感谢您的评价。",
        lambda: asking.rate(case=case, score=int(given["score"]), words=given["words"]),
    )


@require_POST
@_of_applicant
def email(request: HttpRequest, case: InfoRequest) -> HttpResponse:
    """Keep an address where there was none."""
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _progress(request, case, email_form=form)
    given = form.cleaned_data["email"]
    return _done(request, "已经留下电子邮箱。", lambda: asking.leave_email(case=case, email=given))


def _done(request: HttpRequest, said: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("inforequests:progress")


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the look at the case."""
    granting.end(request.session)
    return redirect("inforequests:enter")
