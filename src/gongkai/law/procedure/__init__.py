"""The procedure of a request for information: its events, its states, its clock, its defects."""

from __future__ import annotations

from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.folding import fold
from gongkai.law.procedure.states import Action, Event, NotAllowed, State
from gongkai.law.procedure.transitions import TRANSITIONS

__all__ = ["TRANSITIONS", "Action", "CaseFile", "Event", "NotAllowed", "State", "fold"]
