"""Pages of an older site as Chinese content management systems saved them: metadata, body, files.

The meta elements are those of the national standard for government sites (网站标签: ArticleTitle, PubDate,
ContentSource, ColumnName …), the table of metadata that of the disclosure catalogue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from gongkai.web.publishing.importing.body import Piece, pieces_of
from gongkai.web.publishing.importing.markup import Node, decoded, parsed

_LABELS = {
    "index_number": ("索引号", "信息索引号", "索引编号"),
    "document_number": ("发文字号", "文号", "发文文号", "文件编号"),
    "made_on": ("成文日期", "生成日期", "成文时间", "发文日期"),
    "published_on": ("发布日期", "公开日期", "发布时间", "公开时间"),
    "validity": ("有效性", "效力状态", "信息有效性", "文件有效性", "时效性"),
    "topic": ("主题分类", "信息分类"),
    "genre": ("体裁分类", "文种", "体裁"),
    "issuer": ("发文机关", "发布机构", "发文机构", "公开责任部门", "发布单位"),
    "keywords": ("关键词", "主题词"),
    "title": ("标题", "名称", "信息名称", "文件名称"),
    "effective_from": ("实施日期", "施行日期", "生效日期"),
    "repealed_on": ("废止日期", "失效日期", "失效时间", "废止时间"),
}
_FIELD_OF = {label: name for name, labels in _LABELS.items() for label in labels}
_METAS = {
    "title": ("articletitle", "usefultitle"),
    "published_on": ("pubdate",),
    "issuer": ("contentsource",),
    "column": ("columnname",),
    "keywords": ("keywords", "columnkeywords"),
}
_CELLS = frozenset(["td", "th", "dt", "dd", "li", "p", "div", "span"])
_LONGEST_FACT = 160
_PAIR = re.compile(r"^([^：:]{2,16})[：:](.*)$", re.DOTALL)
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_SITE_NAME = re.compile(r"\s*[_|｜]\s*|\s+-+\s+|--+")
_CONTAINER = re.compile(
    r"trs_(editor|ueditor|web)|ucap-content|zoom|article[-_]?con(tent)?|(pages?|detail|news|xxgk|wz)[-_]content|"
    r"(main|bt|info|view)[-_]con(tent|t)?|content-main|con_?text|text-?content|ewb-article-info|vsb_content|"
    r"view|contents"
)
_NO_BODY = re.compile(r"nav|foot|head|menu|crumb|side|share|link|copyright|position|banner", re.IGNORECASE)
_BLOCKS = frozenset(["div", "td", "article", "section", "main", "body"])
_SHORTEST_BODY = 20
_FILE = re.compile(r"\.(docx?|xlsx?|pdf|ofd|wps|rtf|txt|zip)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that the page offers: its address as the page writes it, and its name."""

    address: str
    name: str


@dataclass(frozen=True, kw_only=True)
class OldPage:
    """What an old page says of itself; facts are blank where it says nothing."""

    facts: dict[str, str]
    pieces: tuple[Piece, ...]
    files: tuple[File, ...]
    links: tuple[str, ...] = ()

    def day(self, name: str) -> date | None:
        """Return a fact as a date; None if it is none."""
        found = _DAY.search(self.facts.get(name, ""))
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    def fact(self, name: str) -> str:
        """Return a fact as one line; blank if the page does not state it."""
        return self.facts.get(name, "")


def read(data: bytes) -> OldPage:
    """Return a saved page; without pieces where no body is found."""
    root = parsed(decoded(data))
    body = _body(root)
    facts = _stated(root, body) | _metas(root)
    if not facts.get("title"):
        facts["title"] = _heading(root)
    pieces = tuple(pieces_of(body, _is_metadata)) if body else ()
    return OldPage(facts=facts, pieces=pieces, files=tuple(_files(root)), links=tuple(_links(root, body)))


# Metadata


def _metas(root: Node) -> dict[str, str]:
    given = {
        node.given.get("name", "").lower(): " ".join(node.given.get("content", "").split())
        for node in root.walk()
        if node.tag == "meta"
    }
    found = {
        field: next((given[name] for name in names if given.get(name)), "") for field, names in _METAS.items()
    }
    return {field: value for field, value in found.items() if value}


def _stated(root: Node, body: Node | None) -> dict[str, str]:
    """Return what tables and lists of metadata state; the first statement of each fact counts.

    A “名称：” in the text itself names something else than the page.
    """
    text_nodes = set(body.walk()) if body else set()
    for below in list(text_nodes):
        if _is_metadata(below):
            text_nodes -= set(below.walk())
    found: dict[str, str] = {}
    for node in root.walk():
        text = node.text() if node.tag in _CELLS else ""
        if not text or len(text) > _LONGEST_FACT:
            continue
        for name, value in _facts_in(node, text):
            if value and value not in {"无", "-", "—"} and not (name == "title" and node in text_nodes):
                found.setdefault(name, value)
    return found


def _facts_in(node: Node, text: str) -> Iterator[tuple[str, str]]:
    pair = _PAIR.match(text)
    label = _compact(pair[1] if pair else text)
    name = _FIELD_OF.get(label)
    if name is None:
        return
    value = pair[2].strip() if pair else ""
    if not value:
        following = _next(node)
        value = following.text() if following and len(following.text()) <= _LONGEST_FACT else ""
    if not any(_compact(other) in _FIELD_OF for other in re.findall(r"(\S+?)[：:]", value)):
        yield name, value


def _compact(text: str) -> str:
    return "".join(text.split()).strip("：:【】[]*")


def _next(node: Node) -> Node | None:
    siblings = [child for child in node.parent.children if isinstance(child, Node)] if node.parent else []
    place = siblings.index(node) + 1 if node in siblings else len(siblings)
    return siblings[place] if place < len(siblings) and siblings[place].tag in _CELLS else None


def _heading(root: Node) -> str:
    for tag in ("h1", "title"):
        for node in root.walk():
            if node.tag == tag and node.text():
                return _SITE_NAME.split(node.text())[0] if tag == "title" else node.text()
    return ""


def _links(root: Node, body: Node | None) -> Iterator[str]:
    """Yield where the text leads to, then what stands beside it, such as 相关文件; not what surrounds it."""
    for within in (body, root):
        for node in within.walk() if within else ():
            if node.tag == "a" and node.parent is not None and not _is_aside(node.parent):
                yield node.given.get("href", "").strip()


# Body


def _body(root: Node) -> Node | None:
    named = [node for node in root.walk() if any(map(_CONTAINER.fullmatch, _names(node)))]
    long_enough = [node for node in named if _weight(node) >= _SHORTEST_BODY]
    if long_enough:
        most = max(map(_weight, long_enough))
        return [node for node in long_enough if _weight(node) * 10 >= most * 8][-1]
    scores: Counter[Node] = Counter()
    for node in root.walk():
        own = "".join(child for child in node.children if isinstance(child, str)).strip()
        if node.tag not in ("p", "span", "font", "div", "td") or not own or _is_aside(node):
            continue
        worth = len(own) + 10 * len(re.findall("[，。；、]", own))
        holder = _holder(node)
        scores[holder] += worth
        if holder.parent:
            scores[_holder(holder)] += worth // 2
    best = [node for node, score in scores.most_common(1) if score >= 3 * _SHORTEST_BODY]
    return best[0] if best and _weight(best[0]) >= _SHORTEST_BODY else None


def _names(node: Node) -> set[str]:
    return {*node.given.get("class", "").lower().split(), node.given.get("id", "").lower()}


def _weight(node: Node) -> int:
    """Return how many characters stand in it outside links."""
    links = sum(len(below.text()) for below in node.walk() if below.tag == "a")
    return len(node.text()) - links


def _holder(node: Node) -> Node:
    """Return the block that a paragraph stands in."""
    holder = node.parent or node
    while holder.tag not in _BLOCKS and holder.parent:
        holder = holder.parent
    return holder


def _is_aside(node: Node) -> bool:
    """Whether it stands in a link, or in what surrounds the text."""
    above: Node | None = node
    while above is not None:
        names = f"{above.given.get('class', '')} {above.given.get('id', '')}"
        if above.tag in ("a", "nav", "footer", "header", "aside") or _NO_BODY.search(names):
            return True
        above = above.parent
    return False


def _files(root: Node) -> Iterator[File]:
    """Yield the files that the text, or what stands beside it, offers."""
    seen = set()
    for node in root.walk():
        address = node.given.get("href", "").strip()
        if node.tag != "a" or address in seen or not _FILE.search(path_of(address)):
            continue
        if node.parent is None or not _is_aside(node.parent):
            seen.add(address)
            name = node.text() or node.given.get("title", "") or path_of(address).rsplit("/", 1)[-1]
            yield File(address=address, name=name)


def path_of(address: str) -> str:
    """Return the path of an address, its escapes undone; blank if it is no address."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _is_metadata(node: Node) -> bool:
    """Whether a table or list states three facts of the page, and so is not its text."""
    if node.tag not in ("table", "dl", "ul"):
        return False
    cells = [below for below in node.walk() if below.tag in _CELLS]
    labels = {_FIELD_OF.get(_compact(re.split("[：:]", cell.text(), maxsplit=1)[0])) for cell in cells}
    return len(labels - {None}) >= 3
