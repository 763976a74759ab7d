"""Hiding personal data: what takes a number's place, and a draft with all of it hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.proofing.drafts import Draft
from gongkai.proofing.registry import Place, Remark

PERSONAL = "PI"
_HIDDEN = "*"


def veiled(words: str, head: int, tail: int = 0) -> str:
    """Return `words` with letters and digits hidden but the first `head` and the last `tail` of them.

    Spaces and hyphens stay, so that the result is as long as `words`: 110***********1234.
    """
    places = [i for i, c in enumerate(words) if c.isalnum()]
    hidden = set(places[head : len(places) - tail])
    return "".join(_HIDDEN if i in hidden else c for i, c in enumerate(words))


def masked(text: Draft, remarks: Iterable[Remark]) -> Draft:
    """Return the draft with the personal data that `remarks` found in it hidden.

    Other remarks change nothing; the length of every text stays the same.

    Raises:
        ValueError: a remark is not about this draft.
    """
    found: dict[tuple[str, int | None], list[Remark]] = {}
    for remark in remarks:
        if remark.code.startswith(PERSONAL) and remark.suggestion:
            found.setdefault((remark.where.field, remark.where.index), []).append(remark)
    hidden = {
        (passage.field, passage.index): _hide(passage.text, found.pop((passage.field, passage.index), []))
        for passage in text.passages
    }
    if found:
        raise ValueError("a remark is about another draft")
    return replace(
        text,
        title=hidden["title", None],
        body=tuple(hidden["body", i] for i in range(len(text.body))),
        links=tuple(replace(link, words=hidden["links", i]) for i, link in enumerate(text.links)),
        pictures=tuple(
            replace(picture, alternative=hidden["pictures", i]) for i, picture in enumerate(text.pictures)
        ),
        attachments=tuple(hidden["attachments", i] for i in range(len(text.attachments))),
    )


def _hide(text: str, remarks: list[Remark]) -> str:
    characters = list(text)
    for remark in remarks:
        place: Place = remark.where
        if text[place.start : place.end] != remark.words:
            raise ValueError("a remark is about another draft")
        for i, character in enumerate(remark.suggestion, place.start):
            if character == _HIDDEN:
                characters[i] = _HIDDEN
    return "".join(characters)
