"""An applicant at a browser: the form filled in, looked over, sent."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongkai.web.inforequests.models import InfoRequest

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
PERSON = {
    "name": "周晓岚",
    "identity_kind": "id_card",
    "identity_number": "11010119900307109X",
    "phone": "13900001234",
    "email": "",
    "address": "",
    "agent_name": "",
    "agent_identity_number": "",
    "wanted": "2024年度供水水质检测结果",
    "medium": "electronic",
    "delivery": "online",
    "website": "",
}
ORGANISATION = PERSON | {
    "applicant_kind": "business",
    "name": "清泉供水有限公司",
    "identity_kind": "unified_code",
    "identity_number": "91350100M000100Y43",
    "contact_person": "林向北",
}


def identity(name: str = "shenfenzheng.png", data: bytes = PNG) -> SimpleUploadedFile:
    """Return a picture of a document."""
    return SimpleUploadedFile(name, data, content_type="image/png")


def fill_address(slug: str, query: str = "") -> str:
    """Return where the form of a body is."""
    return f"/shenqing/{slug}/tianxie/{query}"


def looked_over(client: Client, slug: str, values: dict[str, str], query: str = "") -> HttpResponse:
    """Return the page after "下一步"."""
    return client.post(fill_address(slug, query), values | {"buzhou": "yulan"})


def key_in(page: HttpResponse) -> str:
    """Return the key of a submission, from its preview."""
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def sent(
    client: Client, slug: str, values: dict[str, str] | None = None, query: str = "", **files: object
) -> HttpResponse:
    """Fill in, look over and send a request; return the answer to the sending."""
    values = values or PERSON
    key = key_in(looked_over(client, slug, values, query))
    given = files or {"identity": identity()}
    return client.post(fill_address(slug, query), values | {"buzhou": "tijiao", "key": key} | given)


def entered(client: Client, case: InfoRequest, code: str) -> HttpResponse:
    """Ask after a case by its number and a code."""
    return client.post("/shenqing/chaxun/", {"number": case.number, "code": code})
