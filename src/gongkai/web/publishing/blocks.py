"""The pieces an editor builds a page's body from."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText


class VideoBlock(blocks.StructBlock):
    """A video kept on this site, with its words for those who cannot hear or see it."""

    file = DocumentChooserBlock(label="视频文件", help_text="MP4 或者 WebM，先在“文件”中上传。")
    title = blocks.CharBlock(label="标题", max_length=100)
    transcript = blocks.TextBlock(label="文字稿", help_text="供听障、视障人士阅读，也用于检索。")

    class Meta:
        label = "视频"
        icon = "media"
        template = "publishing/blocks/video.html"


class AttachmentBlock(blocks.StructBlock):
    """A file offered in the middle of the text."""

    file = DocumentChooserBlock(label="文件")
    title = blocks.CharBlock(label="名称", max_length=120, required=False, help_text="不填则用文件名称。")

    class Meta:
        label = "附件"
        icon = "doc-full"
        template = "publishing/blocks/attachment.html"


class TableBlock(TypedTableBlock):
    """A table; its first row is its head."""

    class Meta:
        label = "表格"
        icon = "table"
        template = "publishing/blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    """A body: text, tables, pictures, files, videos."""

    text = blocks.RichTextBlock(label="文字")
    table = TableBlock([("text", blocks.CharBlock(label="单元格", required=False))])
    picture = ImageBlock(label="图片")
    attachment = AttachmentBlock()
    video = VideoBlock()


def body_field(label: str = "正文", *, blank: bool = False) -> StreamField:
    """Return the field of a body."""
    return StreamField(BodyBlock(), verbose_name=label, blank=blank)


def body_of(*fragments: str) -> list[tuple[str, object]]:
    """Return fragments of HTML as the value of a body."""
    return [("text", RichText(fragment)) for fragment in fragments]


def one_line(*fragments: str) -> str:
    """Return fragments of HTML as one line of text, for search and excerpts."""
    spaced = (fragment.replace("><", "> <") for fragment in fragments)
    return " ".join(unescape(" ".join(strip_tags(fragment) for fragment in spaced)).split())


def text_of(body: Iterable[blocks.StreamValue.StreamChild]) -> str:
    """Return the words of a body as one line of text."""
    return one_line(*(_words(child.block_type, child.value) for child in body))


def _words(kind: str, value: object) -> str:
    if isinstance(value, RichText):
        return value.source
    if isinstance(value, TypedTable):
        rows = [
            [column["heading"] for column in value.columns],
            *([cell.value for cell in row] for row in value.rows),
        ]
        return " ".join(str(cell) for row in rows for cell in row if cell)
    if isinstance(value, blocks.StructValue):
        return " ".join(str(value.get(name) or "") for name in ("title", "transcript"))
    return str(getattr(value, "contextual_alt_text", "") or "") if kind == "picture" else ""
