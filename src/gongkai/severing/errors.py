"""What goes wrong, as Chinese sentences fit to be shown."""

from __future__ import annotations


class NotSeverable(Exception):
    """A file or its marks cannot be worked on; the message, in Chinese, says why and what to do."""


class SeveranceFailed(Exception):
    """The severed file did not pass its own verification and is not given out.

    `problems` are what was found, each a Chinese sentence.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("区分处理后的文件未通过核验，没有生成：" + "；".join(problems))
        self.problems = problems
