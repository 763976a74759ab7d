"""Every kind of public page, for those who see, hear or move otherwise (WCAG 2.2 AA)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

BARRIERS = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
FIRST_ENTRY = "main .entries a"
# What the page is, where it is; or where the first of its kind is linked, and by what.
PAGES: Mapping[str, str | tuple[str, str]] = {
    "front": "/",
    "body": "/jiaoyuju/",
    "column": "/xianzhengfu/neirong/",
    "guide": "/jiaoyuju/zhinan/",
    "how to ask": "/jiaoyuju/yishenqing/",
    "document": ("/zhengce/?youxiao=youxiao", FIRST_ENTRY),
    "document with a table": ("/sousuo/?q=收费标准", FIRST_ENTRY),
    "repealed document": "/xianzhengfu/neirong/xinxi-1/",
    "interpretations": "/jiedu/",
    "interpretation": ("/jiedu/", FIRST_ENTRY),
    "meetings": "/huiyi/",
    "meeting": ("/huiyi/", FIRST_ENTRY),
    "gazettes": "/gongbao/",
    "gazette issue": ("/gongbao/", FIRST_ENTRY),
    "policy library": "/zhengce/",
    "statistics": "/zhengce/tongji/",
    "search results": "/sousuo/?q=补贴",
    "nothing found": "/sousuo/?q=无此词语",
    "benefits": "/zhengcepipei/",
    "subscription": "/zhengcepipei/dingyue/",
    "catalogue": "/mulu/",
    "catalogue item": ("/mulu/", ".mulu-line a"),
    "report an error": "/jiucuo/?dizhi=/jiaoyuju/",
    "terminal": "/zizhu/",
    "how to request": "/shenqing/",
    "requests to a body": "/shenqing/jiaoyuju/",
    "request form": "/shenqing/jiaoyuju/tianxie/",
    "an organisation's request form": "/shenqing/jiaoyuju/tianxie/?wei=zuzhi",
    "form to correct one's records": "/shenqing/jiaoyuju/tianxie/?shi=gengzheng",
    "where a request stands": "/shenqing/chaxun/",
    "annual reports": "/nianbao/",
    "a body's annual reports": "/nianbao/jiaoyuju/",
    "annual report": "/nianbao/jiaoyuju/2023/",
    "two reports compared": "/nianbao/bijiao/?a=jiaoyuju-2022&b=jiaoyuju-2023",
    "interface": "/api/v1/",
    "no such page": "/meiyou/",
}
every_page = pytest.mark.parametrize("kind", PAGES)
# Roles that say nothing without a name.
NAMED = {"alertdialog", "button", "checkbox", "combobox", "heading", "image", "img", "link", "navigation"}
NAMED |= {"radio", "region", "searchbox", "spinbutton", "table", "textbox", "Video"}
LANDMARKS = ("banner", "main", "contentinfo")
VAGUE = frozenset(("更多", "点击", "点击这里", "这里", "详情", "查看", "链接", "下载"))
TARGETS = ", ".join(
    f"main {name}:not([type=hidden], [tabindex='-1'])"
    for name in ("a[href]", "button", "input", "select", "textarea", "summary")
)
MOST_TABS = 60
FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 8));
  return {
    words: (at.innerText || at.name || at.localName).trim(),
    inside: at.closest("main") !== null,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    covered: top !== null && !at.contains(top) && !top.contains(at),
  };
}"""
ATOM = "{http://www.w3.org/2005/Atom}"
Node = dict[str, Any]
OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(chromium: Browser, demo: str) -> Iterator[OpenPage]:
    """Give a function that opens a kind of page in a window of its own."""
    opened: list[BrowserContext] = []

    def open_kind(kind: str, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=demo, locale="zh-CN", viewport={"width": width, "height": 800}, **options
        )
        opened.append(context)
        page = context.new_page()
        page.goto(_address(page, kind))
        return page

    yield open_kind
    for context in opened:
        context.close()


def _address(page: Page, kind: str) -> str:
    known = PAGES[kind]
    if isinstance(known, str):
        return known
    page.goto(known[0])
    return page.locator(known[1]).first.get_attribute("href")


def _tree(page: Page) -> list[Node]:
    """Return what the browser tells a screen reader, in reading order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [_told(node) for node in nodes if not node["ignored"]]


def _told(node: Node) -> Node:
    properties = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    return {
        "role": node["role"]["value"],
        "name": node.get("name", {}).get("value", "").strip(),
        **properties,
    }


@every_page
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_on_the_page_keeps_a_reader_out(open_page: OpenPage, kind: str, width: int) -> None:
    assert open_page(kind, width).evaluate(BARRIERS) == []


@every_page
def test_a_screen_reader_is_told_the_name_of_everything(open_page: OpenPage, kind: str) -> None:
    tree = _tree(open_page(kind))
    assert [node for node in tree if node["role"] in NAMED and not node["name"]] == []
    assert [node for node in tree if node["role"] == "link" and node["name"] in VAGUE] == []
    landmarks = [node["role"] for node in tree if node["role"] in LANDMARKS]
    assert sorted(landmarks) == sorted(LANDMARKS)
    for role in ("navigation", "region", "search"):
        names = [node["name"] for node in tree if node["role"] == role]
        assert len(names) == len(set(names)), f"two of {role} sound alike"


@every_page
def test_headings_make_an_outline_under_one_title(open_page: OpenPage, kind: str) -> None:
    page = open_page(kind)
    levels = [int(node["level"]) for node in _tree(page) if node["role"] == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


@every_page
def test_the_keyboard_gets_everywhere_and_the_focus_is_seen(open_page: OpenPage, kind: str) -> None:
    page = open_page(kind)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到主要内容"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    shown = page.locator(TARGETS).locator("visible=true").count()
    unseen, reached = [], 0
    for _ in range(min(shown, MOST_TABS)):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUS)
        reached += state["inside"]
        if not state["outlined"] or state["covered"]:
            unseen.append(state)
    assert unseen == []
    assert reached == min(shown, MOST_TABS)


@every_page
def test_the_page_says_the_same_without_scripts(open_page: OpenPage, kind: str) -> None:
    with_scripts = open_page(kind).locator("main").inner_text()
    assert open_page(kind, java_script_enabled=False).locator("main").inner_text() == with_scripts


@every_page
def test_the_page_asks_nobody_else_and_complains_of_nothing(open_page: OpenPage, kind: str) -> None:
    page = open_page(kind)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    own = page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith((own, "data:"))] == []
    assert [text for text in complaints if kind != "no such page" or "404" not in text] == []


def test_every_kind_of_page_has_a_title_of_its_own(open_page: OpenPage) -> None:
    page = open_page("front")
    titles = {}
    for kind in PAGES:
        page.goto(_address(page, kind))
        titles[kind] = page.title()
    assert len(set(titles.values())) == len(titles), json.dumps(titles, ensure_ascii=False)


def test_the_terminal_in_use_is_open_to_all(open_page: OpenPage) -> None:
    page = open_page("terminal")
    page.get_by_role("button", name="开始使用").click()
    own = ("/shenqing/", "/shenqing/jiaoyuju/tianxie/", "/shenqing/chaxun/")
    for address in ("/zizhu/", "/zhengce/", "/xianzhengfu/neirong/xinxi-1/", *own):
        page.goto(address)
        assert page.evaluate(BARRIERS) == []
        assert [node for node in _tree(page) if node["role"] in NAMED and not node["name"]] == []


def test_a_form_says_in_words_what_is_wrong_and_where(open_page: OpenPage) -> None:
    page = open_page("report an error")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="提交").click()
    wrong = page.locator("[aria-invalid=true]").first
    told = wrong.get_attribute("aria-describedby")
    assert "必" in " ".join(page.locator(f"#{name}").inner_text() for name in told.split())
    assert page.evaluate(BARRIERS) == []


def test_the_feed_is_sound_and_says_its_language(open_page: OpenPage) -> None:
    page = open_page("front")
    address = page.locator("link[type='application/atom+xml']").first.get_attribute("href")
    answer = page.request.get(address)
    feed = ElementTree.fromstring(answer.body())
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang").startswith("zh")
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries[:10]:
        assert entry.findtext(f"{ATOM}title")
        assert page.request.get(entry.find(f"{ATOM}link").get("href")).ok
