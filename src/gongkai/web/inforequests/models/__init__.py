"""The register of requests: cases, records, letters, files, tasks, disputes, the office's own settings."""

from __future__ import annotations

from gongkai.web.inforequests.models.applicants import Applicant
from gongkai.web.inforequests.models.cases import CaseRelation, InfoRequest, Rating
from gongkai.web.inforequests.models.files import CaseFileItem, Severance
from gongkai.web.inforequests.models.letters import Letter, LetterTemplate, NumberSeries
from gongkai.web.inforequests.models.proceedings import Proceeding
from gongkai.web.inforequests.models.records import Proposal, Record
from gongkai.web.inforequests.models.settings import DeskSettings, SavedView, SettingsChange
from gongkai.web.inforequests.models.snapshots import Destruction, YearSnapshot
from gongkai.web.inforequests.models.tasks import Task

__all__ = [
    "Applicant",
    "CaseFileItem",
    "CaseRelation",
    "DeskSettings",
    "Destruction",
    "InfoRequest",
    "Letter",
    "LetterTemplate",
    "NumberSeries",
    "Proceeding",
    "Proposal",
    "Rating",
    "Record",
    "SavedView",
    "SettingsChange",
    "Severance",
    "Task",
    "YearSnapshot",
]
