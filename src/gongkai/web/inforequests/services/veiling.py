"""What leaves the office without its applicants: texts, papers and records with personal data hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gongkai.papers.paper import Block, Heading, ListBlock, Paper, Paragraph, Picture, Runs, Seal, Table
from gongkai.proofing import personal_data
from gongkai.proofing.masking import veiled
from gongkai.web.inforequests.models import Applicant
from gongkai.web.inforequests.services.applicants import PERSONAL, masked_name

# What only looks like a number of somebody.
_PLAIN = frozenset({"hash", "previous_hash", "sha256", "at", "on"})
_SHORTEST = 2


class Veil:
    """Hides what is known of an applicant, and whatever looks like a person's number."""

    def __init__(self, applicant: Applicant, applicant_kind: str) -> None:
        values = {getattr(applicant, field): veiled(getattr(applicant, field), 1) for field in PERSONAL}
        values[applicant.name] = masked_name(applicant, applicant_kind)
        known = ((value, hidden) for value, hidden in values.items() if len(value) >= _SHORTEST)
        self._known = sorted(known, key=lambda pair: -len(pair[0]))

    def text(self, text: str) -> str:
        """Return a text with personal data hidden."""
        for value, hidden in self._known:
            text = text.replace(value, hidden)
        for start, end, _ in personal_data(text):
            text = text[:start] + veiled(text[start:end], 3, 2) + text[end:]
        return text

    def data(self, value: Any) -> Any:
        """Return what JSON holds with personal data hidden in all its texts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {name: each if name in _PLAIN else self.data(each) for name, each in value.items()}
        return [self.data(each) for each in value] if isinstance(value, list | tuple) else value

    def paper(self, paper: Paper) -> Paper:
        """Return a paper with personal data hidden."""
        return mapped(paper, self.text)


def mapped(paper: Paper, change: Callable[[str], str]) -> Paper:
    """Return a paper with each of its texts changed; a paragraph's is one, wherever it stands out."""
    return replace(
        paper, title=change(paper.title), blocks=tuple(_block(block, change) for block in paper.blocks)
    )


def _block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Paragraph():
            return replace(block, runs=_runs(block.runs, change))
        case Heading():
            return replace(block, text=change(block.text))
        case Seal():
            return replace(block, lines=tuple(change(line) for line in block.lines))
        case Table():
            rows = (tuple(replace(cell, runs=_runs(cell.runs, change)) for cell in row) for row in block.rows)
            return replace(block, rows=tuple(rows))
        case ListBlock():
            return replace(
                block, items=tuple(tuple(_block(each, change) for each in item) for item in block.items)
            )
        case Picture():
            return replace(block, alternative=change(block.alternative), caption=change(block.caption))
    return block


def _runs(runs: Runs, change: Callable[[str], str]) -> Runs:
    """Changed as one text, since what is sought may begin in one stretch and end in the next."""
    whole = "".join(text for text, _ in runs)
    changed = change(whole)
    return runs if changed == whole else ((changed, False),)
