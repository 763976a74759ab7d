"""Every public page: sound HTML, nothing from outside, usable without sight or mouse; and its headers."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from county import County
from django.template.loader import render_to_string
from django.test import Client, override_settings
from lxml import etree, html

from gongkai.web.config.middleware import PUBLIC_POLICY, STAFF_POLICY
from gongkai.web.publishing.choices import Effectiveness

ADDRESSES = (
    "/",
    "/cexi-jiaoyuju/",
    "/cexi-jiaoyuju/zhinan/",
    "/cexi-jiaoyuju/zhidu/",
    "/cexi-jiaoyuju/neirong/",
    "/cexi-jiaoyuju/neirong/?shixiang=1",
    "/cexi-jiaoyuju/nianbao/",
    "/cexi-jiaoyuju/yishenqing/",
    "/cexi-jiaoyuju/neirong/gongshui/",
    "/sousuo/",
    "/sousuo/?q=供水",
    "/sousuo/?q=无此词语",
    "/meiyou/",
    "/nianbao/",
    "/shenqing/",
    "/shenqing/chaxun/",
    "/shenqing/cexi-jiaoyuju/",
    "/shenqing/cexi-jiaoyuju/tianxie/",
    "/shenqing/cexi-jiaoyuju/tianxie/?wei=zuzhi&shi=gengzheng",
)
every_page = pytest.mark.parametrize("address", ADDRESSES)


@pytest.fixture
def site(county: County) -> County:
    """The county with something on every kind of page."""
    county.bureau.email = "office@cexi.example"
    county.bureau.save()
    county.document(
        county.bureau,
        "供水办法",
        slug="gongshui",
        effectiveness=Effectiveness.REPEALED,
        repealed_on=date(2025, 5, 1),
    )
    county.document(county.bureau, "预算", article20_item=7)
    return county


def _page(client: Client, address: str) -> tuple[str, html.HtmlElement]:
    text = client.get(address).content.decode()
    return text, html.document_fromstring(text)


@every_page
def test_the_html_is_sound(client: Client, site: County, address: str) -> None:
    text, page = _page(client, address)
    assert site.portal.live
    parser = etree.HTMLParser(recover=False)
    # libxml2 knows HTML 4 only; the elements HTML 5 added are renamed for it.
    newer = r"(</?)(header|nav|main|section|article|footer|time|mark|details|summary)\b"
    etree.fromstring(re.sub(newer, r"\1div", text), parser)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert page.xpath("//style | //script | //@style | //@onclick") == []


@every_page
def test_nothing_comes_from_outside(client: Client, site: County, address: str) -> None:
    text, page = _page(client, address)
    assert site.portal.live
    targets = page.xpath("//@src | //*[not(@rel='canonical')]/@href | //@action | //@srcset")
    assert targets
    outside = [url for url in targets if not re.match(r"[/?#]|mailto:", url) or url.startswith("//")]
    assert outside == []
    assert not re.search(r"https?://(?!testserver/)", text)


@every_page
def test_a_reader_without_sight_finds_their_way(client: Client, site: County, address: str) -> None:
    _, page = _page(client, address)
    assert site.portal.live
    assert page.get("lang") == "zh-Hans"
    assert page.findtext(".//title").strip()
    assert [element.get("id") for element in page.xpath("//main")] == ["content"]
    assert page.xpath("//body/a[1]/@href") == ["#content"]
    assert len(page.xpath("//h1")) == 1
    navigations = page.xpath("//nav/@aria-label")
    assert len(navigations) == len(page.xpath("//nav")) == len(set(navigations))
    assert page.xpath("//img[not(@alt)]") == []
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert field.get("id") in labelled or field.get("aria-label")
    for link in page.xpath("//a | //button"):
        assert link.text_content().strip()


@every_page
def test_headings_descend_one_step_at_a_time(client: Client, site: County, address: str) -> None:
    _, page = _page(client, address)
    assert site.portal.live
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_page
def test_references_between_elements_hold(client: Client, site: County, address: str) -> None:
    _, page = _page(client, address)
    assert site.portal.live
    known = set(page.xpath("//@id"))
    named = {
        name for value in page.xpath("//@aria-labelledby | //@aria-describedby") for name in value.split()
    }
    assert named <= known


@every_page
def test_public_headers_keep_the_page_to_itself(client: Client, site: County, address: str) -> None:
    headers = client.get(address).headers
    assert site.portal.live
    assert headers["Content-Security-Policy"] == PUBLIC_POLICY
    assert "unsafe-inline" not in PUBLIC_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_back_office_has_a_policy_of_its_own(client: Client, site: County) -> None:
    assert site.portal.live
    page = client.get("/admin/login/")
    assert page.headers["Content-Security-Policy"] == STAFF_POLICY
    assert "https://" not in STAFF_POLICY


@pytest.mark.parametrize("address", ["/", "/admin/login/"])
def test_the_demonstration_says_what_it_is(client: Client, site: County, address: str) -> None:
    assert site.portal.live
    assert "演示系统" not in client.get(address).content.decode()
    with override_settings(DEMO=True):
        assert "演示系统" in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_site_without_a_portal_does_not_break(client: Client) -> None:
    page = client.get("/sousuo/?q=水").content.decode()
    assert "没有找到" in page


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_for_failures_need_nothing(name: str) -> None:
    page = html.document_fromstring(render_to_string(name))
    assert page.get("lang") == "zh-Hans"
    assert len(page.xpath("//h1")) == 1
