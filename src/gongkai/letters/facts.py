"""What the caller knows of a case when a letter is to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.channels import Channel
from gongkai.law.fees import Fee
from gongkai.law.remedies import Body
from gongkai.letters.fields import DETAILS, Shape

Detail = str | date | int | tuple[str, ...]

_TYPES = {Shape.LINE: str, Shape.TEXT: str, Shape.DAY: date, Shape.NUMBER: int, Shape.LINES: tuple}


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to ask: the disclosure office, its clerk, and how to reach them."""

    office: str = ""
    person: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A part that is not given: what it is, the code of the ground (`law.grounds`), and why it applies."""

    part: str
    ground: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the index of a file: document, its number, who made it, when, and its pages."""

    title: str
    number: str = ""
    maker: str = ""
    made_on: date | None = None
    pages: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """The facts of a case and of one letter in it; what a kind of letter does not use may be given too.

    `wanted` is the applicant's own wording. `history` is what `history_of` gives. `grounds` are codes of
    `law.grounds`, for a refusal; those of a partial disclosure stand in `withheld`. `online_reconsideration`
    is where a reconsideration may be sought online, which a letter served online must say. `details` are
    what the clerk fills in, by the codes of `fields.DETAILS`.

    Raises:
        ValueError: a detail that does not exist, or of another type than its shape.
    """

    body: Body
    contact: Contact = Contact()
    number: str = ""
    made_on: date | None = None
    letterhead: bool = True
    applicant: str = ""
    applicant_kind: str = "natural_person"
    applicant_address: str = ""
    applicant_phone: str = ""
    request_number: str = ""
    wanted: str = ""
    wanted_form: str = ""
    channel: Channel | None = None
    received_on: date | None = None
    history: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    fee: Fee | None = None
    served_online: bool = False
    online_reconsideration: str = ""
    annexes: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    details: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code, value in self.details.items():
            if code not in DETAILS:
                raise ValueError(f"no letter has a detail {code!r}")
            wanted = _TYPES[DETAILS[code].shape]
            if not isinstance(value, wanted):
                raise ValueError(f"{code} is a {wanted.__name__}, not {value!r}")
