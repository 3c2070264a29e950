"""Every object of a PDF, however deep: for questions about the whole file rather than about a page."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO

import pikepdf

MAX_OBJECTS = 500_000
_MAX_DEPTH = 100
_FLATE = {"/FlateDecode", "/Fl"}


class LockedPDF(ValueError):
    """Opens only with a password."""


class BadPDF(ValueError):
    """Not a PDF that can be opened and walked."""


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """Open for reading and changing; the caller closes it.

    Raises:
        LockedPDF: under an opening password.
        BadPDF: damaged beyond what qpdf repairs, or without pages.
    """
    try:
        document = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise LockedPDF(str(error)) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise BadPDF(str(error)) from error
    try:
        pages = len(document.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
        document.close()
        raise BadPDF(str(error)) from error
    if not pages:
        document.close()
        raise BadPDF("no pages")
    return document


def dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, the direct ones inside others too, each once.

    Raises:
        BadPDF: more than MAX_OBJECTS, or nested too deep to be an honest file.
    """
    waiting: list[tuple[pikepdf.Object, int]] = [(document.trailer, 0)]
    waiting += [(found, 0) for found in document.objects]
    seen = 0
    while waiting:
        found, depth = waiting.pop()
        seen += 1
        if seen > MAX_OBJECTS or depth > _MAX_DEPTH:
            raise BadPDF("too many or too deep objects")
        if isinstance(found, pikepdf.Array):
            inner = list(found)
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            inner = [found[key] for key in found.keys()]  # noqa: SIM118 - iterating an Object is not iterating keys
        else:
            continue
        # Indirect objects come by themselves, from the table of objects.
        waiting += [
            (each, depth + 1) for each in inner if isinstance(each, pikepdf.Object) and not each.is_indirect
        ]


def beginning(stream: pikepdf.Object, length: int = 4096) -> bytes:
    """The first bytes of a stream, unpacked no further than asked: a stream may be a bomb."""
    raw: bytes = stream.read_raw_bytes()
    named = stream.get("/Filter")
    filters = [str(each) for each in named] if isinstance(named, pikepdf.Array) else [str(named)]
    for name in filters:
        if name in _FLATE:
            try:
                raw = zlib.decompressobj().decompress(raw, 64 * 1024)
            except zlib.error:
                return b""
        elif name != "None":
            return b""
    return raw[:length]


def text(value: object) -> str:
    """A string or name as text; empty for anything else."""
    return str(value) if isinstance(value, pikepdf.String | pikepdf.Name | str) else ""
