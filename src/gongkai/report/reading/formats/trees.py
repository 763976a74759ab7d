"""Parse a stranger's XML: no entities, no document type, nothing from outside."""

from __future__ import annotations

from typing import Any

from lxml import etree

from gongkai.report.reading.errors import Unreadable

_DECLARED = "{kind}含有不应有的实体声明，为安全起见不予读取。"


def parse_tree(xml: bytes, kind: str, damaged: str) -> Any:
    """Return the root of an XML part, without comments and processing instructions.

    Args:
        xml: the part's bytes.
        kind: what kind of file it is of, in Chinese, for the refusal.
        damaged: the sentence for a part that is no XML.
    Raises:
        Unreadable: it is no XML, or declares entities or a document type.
    """
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise Unreadable(_DECLARED.format(kind=kind))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(damaged) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_DECLARED.format(kind=kind))
    return root


def local(element: Any) -> str:
    """The name of an element whatever its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
