"""A number of the prose and what it stands for, and the state of the pass that finds out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.mentions import Mention
from gongkai.report.auditing.narrative.prose import Passage, Sentence
from gongkai.report.auditing.narrative.scope import Body, other_year, speaks_of_whole
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
    """Where the pass stands: the sentence, and what was claimed before."""

    passage: Passage
    edition: Edition
    who: Body
    year: int | None
    sentence: Sentence
    requests: bool = False
    remedies: bool = False
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
        return not other_year(self.passage.text, self.sentence.start, lead.mention.start, self.year)

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
