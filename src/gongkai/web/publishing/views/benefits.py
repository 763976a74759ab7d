"""What policies give to whom, for readers: matching, the feed, subscriptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from smtplib import SMTPException

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.clients import client_of
from gongkai.web.publishing.choices import Audience
from gongkai.web.publishing.models import PER_PAGE
from gongkai.web.publishing.services import benefits
from gongkai.web.publishing.services.interpreting import Choice
from gongkai.web.publishing.views.filtering import Filter, asked, links

_IN_FEED = 50
_SHOWN = {benefits.SOON: f"{benefits.SOON_DAYS}天内截止", benefits.EVERY: "包括已截止的"}
_PAGES = {"yifasong", "yiqueren", "yituiding"}


@require_safe
def match(request: HttpRequest) -> HttpResponse:
    """Show what an audience can apply for, by body, closing soon, or closed ones as well."""
    today = timezone.localdate()
    audience = asked(request, "duixiang", Audience.values)
    show = asked(request, "zhuangtai", _SHOWN)
    every = benefits.bodies_in(benefits.offered("", "", benefits.EVERY, today))
    body = asked(request, "jiguan", {one.value for one in every})
    found = benefits.offered(audience, body, show, today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("ye", "1"))
    bodies = benefits.bodies_in(benefits.offered(audience, "", show, today))
    audiences = benefits.audiences_in(benefits.offered("", body, show, today))
    context = {
        "audiences": links(request, "我是", "duixiang", audiences, audience),
        "filters": [
            _standing(request, audience, body, show, today),
            links(request, "发布机构", "jiguan", bodies, body),
        ],
        "audience": Audience(audience) if audience else None,
        "results": page,
        "offers": [benefits.offer_of(benefit, today) for benefit in page],
        "is_filtered": bool(body or show),
    }
    return render(request, "publishing/benefits.html", context)


def _standing(request: HttpRequest, audience: str, body: str, show: str, today: date) -> Filter:
    choices = [
        Choice(value=value, label=label, count=benefits.offered(audience, body, value, today).count())
        for value, label in _SHOWN.items()
    ]
    standing = links(request, "状态", "zhuangtai", choices, show)
    first, *others = standing.links
    return replace(standing, links=(replace(first, label="可以申报"), *others))


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the newest open items for an audience, or for all, as an Atom feed."""
    audience = request.GET.get("duixiang", "")
    if audience and audience not in Audience.values:
        raise Http404
    today = timezone.localdate()
    name = f"政策事项：{Audience(audience).label}" if audience else "政策事项"
    query = f"?duixiang={audience}" if audience else ""
    atom = Atom1Feed(
        title=name,
        link=benefits.absolute(f"{reverse('publishing:benefits')}{query}"),
        description="",
        language="zh-Hans",
        feed_url=benefits.absolute(f"{reverse('publishing:benefits_feed')}{query}"),
    )
    for benefit, since in benefits.newest(audience, today)[:_IN_FEED]:
        offer = benefits.offer_of(benefit, today)
        address = benefits.absolute(benefit.document.url or "")
        atom.add_item(
            title=benefit.title,
            link=address,
            description=f"条件：{benefit.condition}　标准：{benefit.amount}　时间：{offer.deadline}",
            unique_id=f"{benefits.absolute(reverse('publishing:benefits'))}#shixiang-{benefit.pk}",
            author_name=benefit.document.agency.name,
            categories=[benefit.get_audience_display()],
            pubdate=since,
            updateddate=since,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


class SubscriptionForm(forms.Form):
    """An address, and the audience to hear of."""

    audience = forms.ChoiceField(label="适用对象", choices=[("", "请选择"), *Audience.choices])
    email = forms.EmailField(label="电子邮箱", max_length=254)
    website = forms.CharField(required=False, max_length=200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take an address, and say that a letter is on its way, whether the address is known or not."""
    initial = {"audience": asked(request, "duixiang", Audience.values)}
    form = SubscriptionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(request, "publishing/subscription.html", {"form": form})
    if not form.cleaned_data["website"] and not _asked_for(request, form):
        status = 429 if "limit" in form.errors.as_json() else 503
        return render(request, "publishing/subscription.html", {"form": form}, status=status)
    return redirect("publishing:subscription_done", "yifasong")


def _asked_for(request: HttpRequest, form: SubscriptionForm) -> bool:
    given = form.cleaned_data
    try:
        is_within = benefits.subscribe(
            email=given["email"], audience=Audience(given["audience"]), client=client_of(request)
        )
    except (OSError, SMTPException):
        form.add_error(None, forms.ValidationError("暂时不能发送邮件，请稍后再试。", code="mail"))
        return False
    if not is_within:
        form.add_error(None, forms.ValidationError("提交次数过多，请一小时后再试。", code="limit"))
    return is_within


@require_safe
def subscription_done(request: HttpRequest, what: str) -> HttpResponse:
    """Say what has been done, and what happens next."""
    if what not in _PAGES:
        raise Http404
    return render(request, "publishing/subscription_done.html", {"what": what})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Show the owner of an address their subscription; confirm it or end it when they press the button."""
    found = benefits.subscription_of(pk, token)
    if found is None:
        return render(request, "publishing/subscription_done.html", {"what": "wuxiao"}, status=404)
    act = request.POST.get("act") if request.method == "POST" else None
    if act == "confirm":
        benefits.confirm(subscription=found, now=timezone.now())
        return redirect("publishing:subscription_done", "yiqueren")
    if act == "end":
        benefits.unsubscribe(subscription=found)
        return redirect("publishing:subscription_done", "yituiding")
    return render(request, "publishing/subscription_own.html", {"subscription": found})
