"""The XML inside containers: refused when it declares anything, parsed without entities, written back as UTF-8."""

from __future__ import annotations

import io
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException
from lxml import etree


class BadXML(ValueError):
    """Not well formed."""


class DeclaresTypes(BadXML):
    """It has a DOCTYPE, and so may define entities or point outside the file."""


def check_xml(data: bytes) -> None:
    """Read the whole part as a stream, without building a tree.

    Raises:
        DeclaresTypes: a DOCTYPE or an entity, in whatever encoding it is written.
        BadXML: not well formed.
    """
    try:
        defusedxml.sax.parse(io.BytesIO(data), ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise DeclaresTypes(str(error)) from error
    except (SAXException, ValueError, LookupError) as error:
        raise BadXML(str(error)) from error


def parse_xml(data: bytes) -> etree._Element:
    """The root element.

    Raises:
        BadXML: not well formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadXML(str(error)) from error


def xml_bytes(root: etree._Element) -> bytes:
    """The part as Office writes it: UTF-8, declared standalone."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""
