"""The text a check looks at: what an editor is about to publish, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

FIELDS: Mapping[str, str] = {
    "title": "标题",
    "issuer": "发文机关",
    "made_on": "成文日期",
    "published_on": "发布日期",
    "document_number": "发文字号",
}

# Full-width forms become half-width and odd spaces and hyphens plain ones: one character for one.
_FOLD = str.maketrans(
    "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u00a0\u2009\u200b\t\n" + "\u2011\u2013\u2212",
    "".join(map(chr, range(0x21, 0x7F))) + " " * 6 + "-" * 3,
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link of the text: where it leads and the words it stands on."""

    address: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of the text; `alternative` is empty where no alternative text was written."""

    alternative: str = ""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Words of a draft and the field they stand in; `index` counts from 0 where a field has several."""

    field: str
    text: str
    index: int | None = None

    @cached_property
    def folded(self) -> str:
        """The same characters, place by place, with full-width forms made half-width."""
        return self.text if self.text.isascii() else self.text.translate(_FOLD)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A text before publication.

    Args:
        body: plain paragraphs in order.
        links, pictures, attachments: what hangs on the text; attachments by file name.
        required: names of `FIELDS` that must not be empty, as the text's genre asks.
        office_contacts: telephone numbers and mailboxes that are the body's own, not a person's.
    Raises:
        ValueError: `required` names no field.
    """

    title: str = ""
    body: tuple[str, ...] = ()
    issuer: str = ""
    made_on: date | None = None
    published_on: date | None = None
    document_number: str = ""
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[str, ...] = ()
    required: frozenset[str] = field(default=frozenset())
    office_contacts: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        if unknown := self.required - FIELDS.keys():
            raise ValueError(f"no such field: {', '.join(sorted(unknown))}")

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The paragraphs of the body."""
        return tuple(Passage(field="body", index=i, text=text) for i, text in enumerate(self.body))

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The title and the paragraphs: what is proof-read as language."""
        return (Passage(field="title", text=self.title), *self.paragraphs)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Everything a reader will see, the words of links, pictures and attachments included."""
        return (*self.prose, *self._hanging())

    def _hanging(self) -> Iterator[Passage]:
        for i, link in enumerate(self.links):
            yield Passage(field="links", index=i, text=link.words)
        for i, picture in enumerate(self.pictures):
            yield Passage(field="pictures", index=i, text=picture.alternative)
        for i, name in enumerate(self.attachments):
            yield Passage(field="attachments", index=i, text=name)
