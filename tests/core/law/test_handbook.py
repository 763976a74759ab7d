"""The generated pages say all that the code knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.law import handbook
from gongkai.law.practice import SWITCHES
from gongkai.law.procedure.defects import DEFECTS
from gongkai.law.procedure.states import Action, State
from gongkai.law.procedure.transitions import TRANSITIONS

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_diagram_draws_every_state_and_every_way_out_of_it() -> None:
    page = handbook.states()
    for state in State:
        assert f"    {state.value}: " in page
    arrows = set(re.findall(r"^    (\w+) --> (\w+): ", page, re.M))
    for transition in TRANSITIONS.values():
        for source in transition.sources:
            if transition.target and transition.target is not source:
                assert (source.value, transition.target.value) in arrows


def test_every_action_switch_and_defect_stands_in_the_pages_with_its_article() -> None:
    states, law = handbook.states(), (DOCS / "law.md").read_text(encoding="utf-8")
    for action in Action:
        row = next(line for line in states.splitlines() if line.startswith(f"| `{action.value}` |"))
        assert all(str(source) in row for source in TRANSITIONS[action].source)
    for name in (*SWITCHES, *DEFECTS):
        assert f"| `{name}` |" in law


def test_the_pages_are_what_the_code_gives() -> None:
    law = (DOCS / "law.md").read_text(encoding="utf-8")
    assert handbook.filled(law) == law
    assert (DOCS / "states.md").read_text(encoding="utf-8") == handbook.states()
    assert set(re.findall(r"^<!-- (\w+) -->$", law, re.M)) == handbook.REGIONS.keys()
    for page in ("no region here", "<!-- periods -->\n", "<!-- /periods -->\n"):
        with pytest.raises(ValueError, match="periods"):
            handbook.filled(page)
