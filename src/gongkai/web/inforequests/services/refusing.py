"""Why an act was not done."""

from __future__ import annotations


class Refused(Exception):
    """An act that cannot be; `str()` is one Chinese sentence that says why and what to do."""


class Conflict(Refused):
    """Somebody else has acted since the page was opened: nothing was written."""


class NeedsConfirmation(Refused):
    """The act is on record as defective if done; `defects` are the sentences to be shown before it is."""

    def __init__(self, defects: tuple[str, ...]) -> None:
        self.defects = defects
        super().__init__(
            "照此登记，将留有以下瑕疵：" + "；".join(defects) + "。确属实情的，勾选“照实登记”后再提交。"
        )
