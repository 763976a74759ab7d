"""Files and pictures of an older site: found in its folder, known by what they are, taken in once."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picturing
from wagtail.documents.models import Document
from wagtail.images.models import Image

from gongkai.web.agencies.models import User
from gongkai.web.publishing.importing.pages import path_of

_MB = 1024 * 1024
LARGEST_FILE, LARGEST_PICTURE = 30 * _MB, 10 * _MB
_MOST_PIXELS = 40_000_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_BEGINS = {
    "pdf": (b"%PDF",),
    "rtf": (b"{\\rtf",),
    "doc": (_OLE, b"{\\rtf"),
    "wps": (_OLE, _ZIP),
    "xls": (_OLE,),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "ofd": (_ZIP,),
    "zip": (_ZIP,),
}
_PICTURES = ("PNG", "JPEG", "GIF", "WEBP")


class Unfit(Exception):
    """A file that is not taken in; `str()` says why, in Chinese."""


def content_at(address: str, folder: Path, page: Path, *, is_picture: bool) -> bytes:
    """Return what the page's folder holds at an address that the page names.

    Raises:
        Unfit: it is not in the folder, too large, or not what its name says.
    """
    path = _located(address, folder, page)
    if path is None:
        raise Unfit("文件夹中没有")
    most = LARGEST_PICTURE if is_picture else LARGEST_FILE
    if path.stat().st_size > most:
        raise Unfit(f"超过 {most // _MB} MB")
    content = path.read_bytes()
    if is_picture:
        _check_picture(content)
    else:
        _check_file(content, path.suffix[1:].lower())
    return content


def page_at(address: str, folder: Path, page: Path) -> str:
    """Return the path in the folder of the page that a link of another leads to; blank if it is not there.

    Addresses of the old site itself are looked for from the folder, which may have a folder for each host.
    """
    parts = urlsplit(address) if address.startswith(("http:", "https:")) else None
    tried = (f"/{parts.netloc}{parts.path}", parts.path) if parts else (address,)
    found = next((path for one in tried if (path := _located(one, folder, page))), None)
    return found.relative_to(folder).as_posix() if found else ""


def _located(address: str, folder: Path, page: Path) -> Path | None:
    """Return the file, looked for beside the page or, for "/…", in the folder; never outside the folder."""
    text = path_of(address)
    if not text or "\0" in text or address.startswith(("http:", "https:", "//", "data:")):
        return None
    place = folder / text.lstrip("/") if text.startswith("/") else page.parent / text
    try:
        path = place.resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, RuntimeError):
        return None


def _check_file(content: bytes, suffix: str) -> None:
    if suffix not in settings.WAGTAILDOCS_EXTENSIONS:
        raise Unfit("不收这种文件")
    begins = _BEGINS.get(suffix)
    is_fit = content.startswith(begins) if begins else b"\0" not in content
    if not content or not is_fit:
        raise Unfit("内容与扩展名不符")


def _check_picture(content: bytes) -> None:
    try:
        with Picturing.open(io.BytesIO(content), formats=_PICTURES) as picture:
            pixels = picture.width * picture.height
            picture.verify()
    except (OSError, SyntaxError, ValueError, Picturing.DecompressionBombError) as error:
        raise Unfit("不是图片，或者已损坏") from error
    if pixels > _MOST_PIXELS:
        raise Unfit("图片尺寸过大")


def document_of(name: str, address: str, content: bytes, by: User) -> Document:
    """Return the file as kept here: the same if the person has brought it in before."""
    known = Document.objects.filter(file_hash=_hash(content), uploaded_by_user=by, title=name[:255]).first()
    if known is not None:
        return known
    document = Document(title=name[:255], uploaded_by_user=by)
    document.file.save(_file_name(address), ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


def picture_of(words: str, address: str, content: bytes, by: User) -> Image:
    """Return the picture as kept here: the same if the person has brought it in before."""
    known = Image.objects.filter(file_hash=_hash(content), uploaded_by_user=by).first()
    if known is not None:
        return known
    name = _file_name(address)
    image = Image(title=(words or name)[:255], uploaded_by_user=by)
    image.file = ImageFile(io.BytesIO(content), name=name)
    image._set_image_file_metadata()
    image.save()
    return image


def _hash(content: bytes) -> str:
    """Return the digest that Wagtail keeps of its files."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _file_name(address: str) -> str:
    return PurePosixPath(path_of(address)).name[-80:] or "wenjian"
