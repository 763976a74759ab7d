"""Severance (区分处理) of PDF files: mark what must not be disclosed, black it out, prove that it is gone."""

from gongkai.severing.cutting import Severed, sever
from gongkai.severing.errors import NotSeverable, SeveranceFailed
from gongkai.severing.marks import Mark, dump_marks, load_marks, numbered
from gongkai.severing.opened import Limits
from gongkai.severing.pictures import PagePicture, page_picture, page_pictures
from gongkai.severing.seeking import find, locate
from gongkai.severing.verifying import verify

__all__ = [
    "Limits",
    "Mark",
    "NotSeverable",
    "PagePicture",
    "SeveranceFailed",
    "Severed",
    "dump_marks",
    "find",
    "load_marks",
    "locate",
    "numbered",
    "page_picture",
    "page_pictures",
    "sever",
    "verify",
]
