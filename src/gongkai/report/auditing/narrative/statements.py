"""A number of the prose and what it stands for, and the state of the pass that finds out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from gongkai.report.auditing.narrative import vocabulary as words
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.mentions import Mention
from gongkai.report.auditing.narrative.prose import Passage, Sentence
from gongkai.report.auditing.narrative.scope import Body, other_time, other_year, speaks_of_whole
from gongkai.report.findings import Level
from gongkai.report.schema import Edition


class Concern(Enum):
    """What a claim is about."""

    INTAKE = "intake"
    CARRIED = "carried"
    OUTCOME = "outcome"
    APPLICANT = "applicant"
    REMEDY = "remedy"
    DOCUMENT = "document"


@dataclass(frozen=True, eq=False)
class Claim:
    """A number of the prose that stands for one of `accounts`.

    `base` is the number it is a share of; `level` how grave it is if no account bears it out, where the words
    leave more open than the rule supposes.
    """

    passage: Passage
    mention: Mention
    start: int
    concern: Concern
    accounts: tuple[Account, ...]
    base: Claim | None = None
    topic: str = ""
    level: Level | None = None


@dataclass(slots=True)
class Lead:
    """A mention with the words around it: `words` before it in its clause, `tail` after it."""

    mention: Mention
    start: int
    words: str
    tail: str


@dataclass(slots=True)
class Walk:
    """Where the pass stands: the sentence, and what was claimed before.

    `requests`, `remedies`, `documents` are what its numbers may count; `context` says that the next sentence
    may go on about requests though this one speaks of a part, `partly` that the one before did. `told` says
    that the sentence or its heading itself names requests, `guessed` that it speaks of 申请 alone, `surely`
    that it ties its remedies to disclosure.
    """

    passage: Passage
    edition: Edition
    who: Body
    year: int | None
    sentence: Sentence
    requests: bool = False
    context: bool = False
    partly: bool = False
    told: bool = True
    guessed: bool = False
    remedies: bool = False
    surely: bool = True
    documents: bool = False
    base: Claim | None = None
    last: Claim | None = None
    remedy: tuple[str, ...] = ()
    document: str = ""
    found: list[Claim] = field(default_factory=list)

    def whole(self, lead: Lead, prefix: str) -> bool:
        """Whether the claim is about the body as a whole and the report's own year."""
        if not speaks_of_whole(prefix, self.who):
            return False
        return not self.elsewhen(lead)

    def elsewhen(self, lead: Lead) -> bool:
        """Whether a number is one of another year, or of many."""
        text, start, mention = self.passage.text, self.sentence.start, lead.mention
        if other_year(text, start, mention.start, self.year):
            return True
        return other_time(text, start, mention.start, mention.end, self.year)

    def of_part(self, end: int) -> bool:
        """Whether the sentence, up to `end`, last counts requests of a part of the body or of the year."""
        told = words.ACT_COUNTED.findall(self.passage.text[self.sentence.start : end])
        return bool(told) and not speaks_of_whole(told[-1].replace("其中", ""), self.who)

    def claim(
        self,
        lead: Lead,
        concern: Concern,
        accounts: tuple[Account, ...],
        *,
        base: Claim | None = None,
        topic: str = "",
        level: Level | None = None,
    ) -> Claim:
        return Claim(
            self.passage, lead.mention, lead.start, concern, accounts, base=base, topic=topic, level=level
        )
