"""What holds for any file whatever: the promises of `read_bytes` to those who call it."""

from __future__ import annotations

import json
import re

from gongkai.report.codec import dump, load
from gongkai.report.reading import Reading, ReadingError, read_bytes

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MACHINE = re.compile(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|\n|\\[nux]")
_QUOTED = re.compile("“.*?”", re.S)  # a stranger's own words, such as a name in an archive
MAX_SENTENCE = 2_000  # a note may list the rows of the form


class Broken(AssertionError):
    """A promise was not kept."""


def outcome(data: bytes, name: str = "", *, scans: bool = False) -> Reading | str:
    """Return the reading of a file, or the sentence that refuses it, both found to be as promised.

    Pages that are pictures are recognised only if `scans` says so: that takes seconds.

    Raises:
        Broken: the sentence is none, or the reading does not survive being written down and loaded.
        Exception: anything that `read_bytes` should not have let through.
    """
    try:
        reading = read_bytes(data, name, scans=scans)
    except ReadingError as error:
        check_sentence(str(error))
        return str(error)
    for note in () if _is_export(data) else reading.notes:
        check_sentence(note)
    written = json.dumps(dump(reading.report, reading.notes, provenance=True), ensure_ascii=False)
    if "\\u0000" in written or not written.encode():
        raise Broken("text that no database keeps")
    shown = json.loads(written)
    if json.loads(json.dumps(dump(load(shown), reading.notes, provenance=True))) != shown:
        raise Broken("the report is another once it is written down and loaded")
    return reading


def _is_export(data: bytes) -> bool:
    """Whether the file may be one of our own, whose notes are what it says they are."""
    return data.lstrip(b" \t\r\n\xef\xbb\xbf").startswith((b"{", b"["))


def check_sentence(text: str) -> None:
    """Check that a message is short, in Chinese, complete, and holds nothing of the machine's own.

    Raises:
        Broken: it is not.
    """
    if not (_CHINESE.search(text) and text.endswith("。") and len(text) <= MAX_SENTENCE):
        raise Broken(f"not a short Chinese sentence: {text[:300]!r}")
    if _MACHINE.search(_QUOTED.sub("", text)):
        raise Broken(f"the machine speaks: {text!r}")
