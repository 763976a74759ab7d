"""Take the files out of a container, and out of the containers in it, within bounds."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.report.reading.containers.found import MAX_DEPTH, Budget, Member, Refused, Spent, joined
from gongkai.report.reading.containers.mail import files_in_mail
from gongkai.report.reading.containers.zipped import files_in_zip
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.sniff import MAX_BYTES, Format, is_mail, sniff

CONTAINERS = frozenset({Format.ARCHIVE, Format.MAIL})


def is_container(data: bytes, name: str = "") -> bool:
    """Whether a file holds files; a damaged one does not. At most the list of what is inside is looked at."""
    if not data.startswith(b"PK") and not is_mail(data):
        return False
    try:
        return sniff(data, name) in CONTAINERS
    except Unreadable:
        return False


def unpack(data: bytes, name: str = "") -> Iterator[Member | Refused]:
    """Yield every file in a container that may be a report; of any other file, the file itself.

    What lies in archives and mails within it is taken out too, `MAX_DEPTH` deep. Names are those inside the
    container, with a slash between an archive and what it holds; the file itself has none. Each file comes
    only when it is asked for, so that only one is held at a time beside those it lies in.

    Args:
        name: the container's name; only helps to tell Markdown from plain text.
    """
    budget = Budget()
    try:
        yield from _opened(Member(name="", data=data), budget, name, 0)
    except Spent as error:
        yield Refused(name="", why=str(error))


def _opened(member: Member, budget: Budget, name: str, depth: int) -> Iterator[Member | Refused]:
    try:
        format_ = sniff(member.data, name)
        if format_ not in CONTAINERS:
            yield member
        elif depth >= MAX_DEPTH:
            yield Refused(name=member.name, why=f"压缩包层层嵌套超过 {MAX_DEPTH} 层，没有读取，请先解压。")
        else:
            for found in _files(format_, member.data, budget):
                yield from _within(member.name, found, budget, depth)
    except Spent:
        raise
    except Unreadable as error:
        yield Refused(name=member.name, why=str(error))


def _files(format_: Format, data: bytes, budget: Budget) -> Iterator[Member | Refused]:
    if format_ is Format.ARCHIVE:
        return files_in_zip(data, budget, MAX_BYTES)
    return files_in_mail(data, budget)


def _within(outer: str, found: Member | Refused, budget: Budget, depth: int) -> Iterator[Member | Refused]:
    named = joined(outer, found.name)
    if isinstance(found, Refused):
        yield Refused(name=named, why=found.why)
    elif not found.name:  # a mail's own text
        yield Member(name=named, data=found.data)
    else:
        yield from _opened(Member(name=named, data=found.data), budget, found.name, depth + 1)
