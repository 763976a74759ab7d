"""Numbers without gaps or repeats, and the code by which an applicant asks after a case."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.sealing import fingerprint
from gongkai.web.inforequests.models import InfoRequest, NumberSeries

REGISTER = "登记"
_CODE_LENGTH = 8
# Letters and digits nobody mistakes for another.
_CLEAR = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "ABCDEFGH9JKLMN8PQRSTUVWXYZ234567")


def next_serial(agency: Agency, series: str, year: int) -> int:
    """Return the next number of a series; only within the transaction that uses it, so that none is lost."""
    NumberSeries.objects.get_or_create(agency=agency, series=series, year=year)
    row = NumberSeries.objects.select_for_update().get(agency=agency, series=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def case_number(agency: Agency, year: int) -> str:
    """Return the next registration number, such as 2026-012-00031: digits only, easy to type anywhere."""
    return number_text(agency, year, next_serial(agency, REGISTER, year))


def number_text(agency: Agency, year: int, serial: int) -> str:
    """Return a registration number as it is written."""
    return f"{year}-{agency.pk:03d}-{serial:05d}"


def new_salt() -> str:
    """Return what a case's query code is made from."""
    return secrets.token_hex(16)


def query_code(case: InfoRequest) -> str:
    """Return the case's query code, such as K7QF-29XM; it is kept nowhere and follows from the keys."""
    return _code(case.query_salt, case.number)


def _code(salt: str, number: str) -> str:
    digest = bytes.fromhex(fingerprint("query", f"{salt}{number}"))
    code = base64.b32encode(digest).decode()[:_CODE_LENGTH].translate(_CLEAR)
    return f"{code[:4]}-{code[4:]}"


def find_case(number: str, code: str) -> InfoRequest | None:
    """Return the case of a number if the code is its own; nothing tells a wrong number from a wrong code."""
    case = InfoRequest.objects.select_related("agency").filter(number=plain_number(number)).first()
    right = _code(case.query_salt if case else "", case.number if case else "")
    matches = hmac.compare_digest(_plain_code(right), _plain_code(code))
    return case if case is not None and matches else None


def plain_number(number: str) -> str:
    """Return a registration number as it is kept, whatever was typed for its hyphens."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return f"{digits[:4]}-{digits[4:-5]}-{digits[-5:]}"


def _plain_code(code: str) -> bytes:
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", code).upper()).encode()
