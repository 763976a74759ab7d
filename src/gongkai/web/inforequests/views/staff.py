"""What the desk's pages have in common: a case one may see, refusals shown, the way back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services.permissions import is_own, visible_cases
from gongkai.web.inforequests.services.refusing import Refused

NEVER = -1
"""No version at all: who does not say what they saw is told to look again."""
_LONGEST_NUMBER = 10


def case_or_404(request: HttpRequest, pk: int) -> InfoRequest:
    """Return a case the person may see; any other is not found, so that numbers tell nothing."""
    cases = visible_cases(request.user).select_related("agency", "handler")
    return get_object_or_404(cases, pk=pk)


def own_case_or_404(request: HttpRequest, pk: int) -> InfoRequest:
    """Return a case of the person's own body, for acts; a supervisor looks but does not act."""
    case = case_or_404(request, pk)
    if not is_own(request.user, case):
        raise PermissionDenied("您可以查看下级机关的案件，但不能代为办理。")
    return case


def posted(request: HttpRequest, name: str, longest: int = 300) -> str:
    """Return what was posted under a name, cut to what is kept, without what databases cannot keep."""
    return request.POST.get(name, "").replace("\0", "")[:longest]


def number(value: str, otherwise: int = NEVER) -> int:
    """Return the number that was sent; `otherwise` where it is none, or longer than any of ours."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER else otherwise


def number_posted(request: HttpRequest, name: str) -> int:
    """Return a number posted under a name; `NEVER`, which names nothing, where there is none."""
    return number(request.POST.get(name, ""))


def seen(request: HttpRequest) -> int:
    """Return the version of the case the person had before their eyes; `NEVER` where they do not say."""
    return number_posted(request, "version")


def crumbs(*labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back from a page of the desk."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        {"url": reverse("desk:list"), "label": "依申请公开"},
        *({"url": url, "label": label} for url, label in labels),
    ]


def case_crumbs(case: InfoRequest, *labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back from a page of a case, past the case."""
    return crumbs((reverse("desk:case", args=[case.pk]), case.number), *labels)


def show(request: HttpRequest, refused: Refused) -> None:
    """Say why nothing was done."""
    messages.error(request, str(refused))


def done(
    request: HttpRequest, case: InfoRequest, told: str, act: Callable[..., object], /, **given: object
) -> HttpResponse:
    """Let the person act, say that it is done or why not, and lead back to the case."""
    try:
        act(**given, by=request.user)
        messages.success(request, told)
    except Refused as refused:
        show(request, refused)
    return redirect("desk:case", pk=case.pk)
