"""A PDF as a whole: every question asked, every kind taken out, the file written anew."""

from __future__ import annotations

import io

import pikepdf

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.inspecting import pictures as picture_kinds
from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.inspecting.pdf import attachments
from gongkai.releasefiles.inspecting.pdf.actions import clean_actions, inspect_actions
from gongkai.releasefiles.inspecting.pdf.covered_text import inspect_covered_text
from gongkai.releasefiles.inspecting.pdf.layers import clean_layers, inspect_layers
from gongkai.releasefiles.inspecting.pdf.pictures import clean_pictures, inspect_pictures
from gongkai.releasefiles.inspecting.pdf.properties import clean_properties, inspect_properties
from gongkai.releasefiles.pdf_objects import BadPDF, LockedPDF, open_pdf

KINDS = (
    frozenset(
        {
            Kind.PROPERTIES,
            Kind.SCRIPTS,
            Kind.EXTERNAL_LINKS,
            Kind.HIDDEN_LAYERS,
            Kind.EARLIER_STATES,
        }
    )
    | attachments.KINDS
    | picture_kinds.KINDS
)


def inspect_pdf(data: bytes, found: Found) -> None:
    """Add what the file holds.

    Raises:
        CannotInspect: locked or damaged.
    """
    try:
        with open_pdf(data) as document:
            inspect_properties(document, data, found)
            inspect_actions(document, found)
            attachments.inspect_attachments(document, found)
            inspect_layers(document, found)
            inspect_pictures(document, found)
            inspect_covered_text(document, data, found)
    except (LockedPDF, BadPDF, pikepdf.PdfError, RuntimeError) as error:
        raise cannot_open(error) from error


def clean_pdf(data: bytes, kinds: frozenset[Kind]) -> bytes:
    """The file without these kinds, written anew: what nothing leads to is not written.

    Raises:
        CannotInspect: locked or damaged.
    """
    try:
        with open_pdf(data) as document:
            strip(document, kinds)
            return written(document)
    except (LockedPDF, BadPDF, pikepdf.PdfError, RuntimeError) as error:
        raise cannot_open(error) from error


def strip(document: pikepdf.Pdf, kinds: frozenset[Kind]) -> None:
    """Take these kinds out of an open file."""
    if Kind.HIDDEN_LAYERS in kinds:
        clean_layers(document)
    clean_actions(document, kinds)
    attachments.clean_attachments(document, kinds)
    clean_pictures(document, kinds)
    if Kind.PROPERTIES in kinds:
        clean_properties(document)


def written(document: pikepdf.Pdf) -> bytes:
    """The file in bytes, without encryption."""
    document.remove_unreferenced_resources()
    buffer = io.BytesIO()
    document.save(buffer, fix_metadata_version=False)
    return buffer.getvalue()


def cannot_open(error: Exception) -> CannotInspect:
    """The refusal for a PDF that does not open."""
    if isinstance(error, LockedPDF):
        return CannotInspect("PDF 设有打开密码，无法检查，请去掉密码后再试。")
    return CannotInspect("PDF 不完整或已损坏，无法检查，请重新导出或重新取得原件。")
