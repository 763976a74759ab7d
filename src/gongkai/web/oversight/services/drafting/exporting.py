"""A draft as a file to look at: the report as it reads now, said in its name to be a draft."""

from __future__ import annotations

from gongkai.papers.paper import PaperError
from gongkai.report.writing import write
from gongkai.web.oversight.choices import DraftState
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting.composing import drafted, title_of

KINDS = ("docx", "pdf", "xlsx", "json")
_STAGES = {DraftState.APPROVED: "审定稿", DraftState.SUBMITTED: "送审稿", DraftState.REVIEWED: "送审稿"}


def file_of(draft: Draft, kind: str) -> tuple[bytes, str]:
    """Return a draft as a file of one of `KINDS`, and the file's name.

    Raises:
        KeyError: no such kind.
        Refused: no PDF can be set on this machine.
    """
    report = drafted(draft).report
    stage = _STAGES.get(DraftState(draft.state), "草稿")
    try:
        return write(report, kind), f"{title_of(draft)}（{stage}）.{kind}"
    except PaperError as error:
        raise Refused(f"这台机器不能生成 PDF：{error}。请下载 DOCX。") from error
