"""Pages as pictures: rendered from a PDF, or decoded from a picture file, one at a time."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.pdf.opened import opened

Picture = NDArray[np.uint8]  # height x width x 3, RGB

SHORT_SIDE = 1840  # pixels; 223 dpi on A4
MAX_PAGES = 30
MAX_PIXELS = 100_000_000
_MAX_RATIO = 6.0
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_DAMAGED = "图片文件不完整或已损坏，请重新扫描、拍摄或下载后再试。"
_TOO_LARGE = f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素，超出读取上限，请缩小后再试。"
_TOO_MANY = f"扫描页超过 {MAX_PAGES} 页，超出读取上限，请只保留年度报告所在的页再试。"
_TOO_LONG = "图片过于狭长，请按页分开后再试。"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as scanned: its number from 1 and its picture, the shorter side `SHORT_SIDE` long."""

    number: int
    picture: Picture


def pdf_pictures(data: bytes, pages: Sequence[int]) -> Iterator[PagePicture]:
    """Yield the pictures of a PDF's pages, given by their numbers from 1.

    Raises:
        Unreadable: damaged, encrypted, or beyond the limits.
    """
    if len(pages) > MAX_PAGES:
        raise Unreadable(_TOO_MANY)
    with opened(data) as pdf:
        for number in pages:
            page = pdf[number - 1]
            _check_shape(*page.get_size())
            scale = SHORT_SIDE / min(page.get_size())
            yield PagePicture(number, page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3])
            page.close()


def file_pictures(data: bytes) -> Iterator[PagePicture]:
    """Yield the pages of a picture file: several only where the file is a TIFF.

    Raises:
        Unreadable: damaged, or beyond the limits.
    """
    with _open(data) as image:
        for number in range(1, _page_count(image) + 1):
            picture = np.asarray(frame(image, number))
            _check_shape(picture.shape[1], picture.shape[0])
            scale = SHORT_SIDE / min(picture.shape[:2])
            how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            yield PagePicture(
                number, np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how))
            )


def file_page(data: bytes, number: int) -> Image.Image:
    """Return one page of a picture file as it is meant to be seen, in RGB.

    Raises:
        Unreadable: damaged, or beyond the limits.
        IndexError: the file has no such page.
    """
    with _open(data) as image:
        if not 1 <= number <= _page_count(image):
            raise IndexError(number)
        return frame(image, number)


def frame(image: Any, number: int) -> Image.Image:
    """Decode one page of an open picture, turned as its camera says, on white where it is transparent."""
    try:
        image.seek(number - 1)
        if image.width * image.height > MAX_PIXELS:
            raise Unreadable(_TOO_LARGE)
        upright = ImageOps.exif_transpose(image)
        if "A" in upright.getbands() or "transparency" in upright.info:
            upright = upright.convert("RGBA")
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright)
        return upright.convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable(_DAMAGED) from error


def _open(data: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable(_DAMAGED) from error
    except Image.DecompressionBombError as error:
        raise Unreadable(_TOO_LARGE) from error
    if image.width * image.height > MAX_PIXELS:
        raise Unreadable(_TOO_LARGE)
    return image


def _page_count(image: Any) -> int:
    """How many pages; the frames of an animation are not pages."""
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if count > MAX_PAGES:
        raise Unreadable(_TOO_MANY)
    return int(count)


def _check_shape(width: float, height: float) -> None:
    short, long = sorted((width, height))
    if short <= 0 or not math.isfinite(long) or long / short > _MAX_RATIO:
        raise Unreadable(_TOO_LONG)
