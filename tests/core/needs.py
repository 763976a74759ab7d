"""What a few tests need and not every machine has, each with why it may be missing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "reports"
TEMPLATE = REPORTS / "template-2021.docx"
NEEDS_REPORTS = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="reads reports that real bodies published, which are not ours to pass on"
)
NEEDS_TYPST = pytest.mark.skipif(
    find_spec("typst") is None, reason="sets PDFs with typst, which the core does without: extra `web`"
)
