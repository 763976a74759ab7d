"""Check a text before it is published: personal data, marks of secrecy, dates, wording, links, metadata."""

from __future__ import annotations

from datetime import date

from gongkai.proofing import (
    contacts,
    dates,
    hangings,
    identity,
    names,
    numbers,
    ordinals,
    pairs,
    punctuation,
    repeats,
    secrecy,
    wording,
)
from gongkai.proofing.drafts import FIELDS, Draft, Link, Picture
from gongkai.proofing.masking import PERSONAL, masked
from gongkai.proofing.registry import CHECKS, LEVEL_NAMES, Level, Place, Reading, Remark, remarks_of
from gongkai.proofing.vocabulary import Wording, WordingError, load_wordings, standard_wordings

__all__ = [
    "CHECKS",
    "FIELDS",
    "LEVEL_NAMES",
    "Draft",
    "Level",
    "Link",
    "Picture",
    "Place",
    "Remark",
    "Wording",
    "WordingError",
    "check",
    "load_wordings",
    "masked",
    "personal_data",
    "standard_wordings",
]

# Importing a module of checks registers them.
_CHECK_MODULES = (
    contacts,
    dates,
    hangings,
    identity,
    names,
    numbers,
    ordinals,
    pairs,
    punctuation,
    repeats,
    secrecy,
    wording,
)


def check(text: Draft, on: date, *, wordings: tuple[Wording, ...] | None = None) -> tuple[Remark, ...]:
    """Return what every check remarks on a text, in the order of the catalogue and of the text.

    Args:
        text: the text to be published.
        on: the day of checking.
        wordings: the words to look for; the standard list where None, see `load_wordings`.
    """
    chosen = standard_wordings() if wordings is None else wordings
    reading = Reading(draft=text, on=on, wordings=chosen)
    return tuple(remark for _, each in sorted(CHECKS.items()) for remark in remarks_of(each, reading))


def personal_data(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return where personal data stand in a text: first place, place after the last, what they are."""
    reading = Reading(draft=Draft(body=(text,)), on=date.max, wordings=())
    found = (
        (remark.where.start, remark.where.end, each.title)
        for code, each in sorted(CHECKS.items())
        if code.startswith(PERSONAL)
        for remark in remarks_of(each, reading)
        if remark.where.field == "body"
    )
    return tuple(found)
