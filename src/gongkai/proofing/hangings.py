"""What hangs on a text: links, addresses, pictures, attachments, metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.drafts import FIELDS
from gongkai.proofing.norms import ACCESS2023, PAPERS2012, SITES2017
from gongkai.proofing.registry import Hit, Level, Place, Reading, at, checks

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]{0,20}):")
_OPEN_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_EMPTY = frozenset(("", "#", "/#", "http://", "https://", "about:blank"))
_INNER_HOST = (
    r"(?:10(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}"
    r"|127(?:\.[0-9]{1,3}){3}|169\.254(?:\.[0-9]{1,3}){2}|localhost|[A-Za-z0-9-]{1,60}\.(?:local|lan|intranet))"
    r"(?![0-9A-Za-z.])"
)
_INNER = re.compile(rf"\s*(?:https?:)?//(?:[^/@\s]{{0,60}}@)?{_INNER_HOST}", re.IGNORECASE)
_LOCAL = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]|\\\\)", re.IGNORECASE)
_SOURCE = SITES2017.part("“内容发布”")


@checks("LK01", "空链接", "链接“{text}”没有地址，应当补上或者取消链接。", level=Level.BLOCK, source=_SOURCE)
def links_lead_somewhere(reading: Reading) -> Iterator[Hit]:
    """链接应有地址，不得为空或者只有“#”。"""
    for i, link in enumerate(reading.draft.links):
        address = link.address.strip().lower()
        if address in _EMPTY or address.startswith("javascript:"):
            yield Hit(Place(field="links", index=i), link.address, text=link.words)


@checks(
    "LK02",
    "链接不可公开访问",
    "链接“{words}”公众打不开，应当改为公开网址。",
    level=Level.BLOCK,
    source=_SOURCE,
)
def links_can_be_opened_by_all(reading: Reading) -> Iterator[Hit]:
    """链接用http、https或者站内相对地址，不指向本机文件和内网。"""
    for i, link in enumerate(reading.draft.links):
        scheme = _SCHEME.match(link.address)
        if link.address.strip().lower() in _EMPTY or (scheme and scheme[1].lower() == "javascript"):
            continue
        is_odd = scheme is not None and scheme[1].lower() not in _OPEN_SCHEMES
        if is_odd or _INNER.match(link.address) or _LOCAL.match(link.address):
            yield Hit(Place(field="links", index=i), link.address)


_BARE = re.compile(
    rf"https?://{_INNER_HOST}(?::[0-9]{{1,5}})?|(?<![0-9A-Za-z.]){_INNER_HOST}(?=:[0-9]{{2,5}}|/[A-Za-z])"
    r"|file:/{2,3}[^\s\u4e00-\u9fff]{1,80}|(?<![A-Za-z])[C-Z]:\\[^\s，。；]{1,80}"
    r"|(?<![\\A-Za-z])\\\\[A-Za-z0-9.-]{2,40}\\[^\s，。；]{1,80}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?:IP|内网|服务器|网址|地址)[\u4e00-\u9fff]{{0,3}}[：: ]{{0,2}}({_INNER_HOST})", re.IGNORECASE
)


@checks(
    "LK03",
    "内网地址",
    "文中有本机或者内网地址“{words}”，应当删去。",
    level=Level.BLOCK,
    source=_SOURCE,
)
def no_inner_address_is_shown(reading: Reading) -> Iterator[Hit]:
    """文字中不得出现本机路径和内网地址。"""
    for passage in reading.draft.passages:
        text = passage.folded
        spans = {match.span() for match in _BARE.finditer(text)}
        starts = {start for start, _ in spans}
        spans |= {m.span(1) for m in _LABELLED.finditer(text) if m.start(1) not in starts}
        for span in sorted(spans):
            yield at(passage, *span)


_FILE_NAME = re.compile(
    r"[^\u4e00-\u9fff]{0,80}\.(?:jpe?g|png|gif|bmp|webp|svg)"
    r"|(?:图片|图像|image|img|dsc|微信图片|截图|未命名)[_ -]?[0-9_-]{0,20}",
    re.IGNORECASE,
)


@checks(
    "AT01",
    "图片替代文字",
    "图片{what}，请为视力障碍者补写图片说的是什么。",
    level=Level.WARN,
    source=ACCESS2023.part("关于网站信息无障碍的规定"),
)
def pictures_are_described(reading: Reading) -> Iterator[Hit]:
    """图片有说明内容的替代文字，不以文件名充数。"""
    for i, picture in enumerate(reading.draft.pictures):
        words = picture.alternative.strip()
        if not words or _FILE_NAME.fullmatch(words):
            what = "以文件名作替代文字" if words else "没有替代文字"
            yield Hit(Place(field="pictures", index=i), picture.alternative, what=what)


_UNNAMED = re.compile(r"新建|~\$|^\.|未命名|无标题|Untitled", re.IGNORECASE)
_UNTIDY = re.compile(
    r"(?<![A-Za-z])final(?![A-Za-z])|最终[版稿]|终稿|定稿|副本|复件|[（(][0-9]{1,2}[）)](?=$|\.[A-Za-z]{2,5}$)|草稿|修改[版稿]"
    r"|送审稿|(?<![A-Za-z0-9])v[0-9](?:\.[0-9])?(?=$|\.[A-Za-z]{2,5}$)|^[0-9a-f_ -]{1,40}\.[A-Za-z]{2,5}$"
    r"|^(?:附件|文档|文件|扫描件|doc|document|scan)?[ _-]?[0-9]{0,14}\.[A-Za-z]{2,5}$",
    re.IGNORECASE,
)


@checks(
    "AT02",
    "附件名称",
    "附件名“{words}”看不出内容或者留有稿次，应当改为文件的标题。",
    level=Level.WARN,
    source=_SOURCE,
)
def attachments_are_named_by_their_title(reading: Reading) -> Iterator[Hit]:
    """附件以标题为名，不得为新建文档、未命名，不宜带有final、（1）等稿次。"""
    for i, name in enumerate(reading.draft.attachments):
        level = Level.BLOCK if _UNNAMED.search(name) else None
        if level or _UNTIDY.search(name.strip()):
            yield Hit(Place(field="attachments", index=i, end=len(name)), name, level=level)


@checks(
    "MD01",
    "要素缺失",
    "没有填写{name}，应当补全。",
    level=Level.BLOCK,
    source=PAPERS2012.art(9),
)
def required_fields_are_filled(reading: Reading) -> Iterator[Hit]:
    """该类文本要求的标题、发文机关、成文日期、发布日期、发文字号应当齐全。"""
    for field, name in FIELDS.items():
        value = getattr(reading.draft, field)
        if field in reading.draft.required and not (value.strip() if isinstance(value, str) else value):
            yield Hit(Place(field=field), name=name)
