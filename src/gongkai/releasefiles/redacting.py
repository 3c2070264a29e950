"""Redaction that cannot be undone: marked pages become pictures, and only the kept characters come back as text.

A black box drawn over text leaves the text in the file. So a page with marks is drawn at ``DOTS_PER_INCH``, the marks
are painted into the picture, and the characters that no mark touches are laid over it invisibly, so that the page can
still be searched and read aloud. Pages without marks stay as they are. What a reader does not see (properties,
comments, attachments, scripts, outlines, tags, layers that are off, text under boxes or outside a marked page) is left
behind; seals, stamps and filled-in fields become part of the page. A comment with a ground of its own that lies over
text counts as a mark: without it the text would appear. The file is then read again and compared.

Limitations: text under boxes drawn into a page without marks stays there, as the whole page does; ``inspecting`` names
it. Electronic signatures end with the file they signed.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2.raw
from PIL import Image, ImageDraw

from gongkai.releasefiles.errors import RedactionFailed
from gongkai.releasefiles.inspecting.findings import Kind
from gongkai.releasefiles.inspecting.pdf.covered_text import Corners, opaque_annotations, seen_or_searched
from gongkai.releasefiles.inspecting.pdf.whole import KINDS, strip, written
from gongkai.releasefiles.invisible_font import FONT
from gongkai.releasefiles.pdf_objects import BadPDF, LockedPDF, open_pdf, text
from gongkai.releasefiles.pdf_text import Box, Character, characters, loaded, open_for_reading, to_shown

DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
MAX_PIXELS = 60_000_000  # a page of 100 × 100 cm; more is a plan, to be redacted in its own program
JPEG_QUALITY = 88
MAX_MERGED = 0.03  # of a page's characters
TOUCHED = 0.08  # of a character's box: less is the edge of a neighbour
_UNSEEN = KINDS - {Kind.ANNOTATIONS, Kind.FORM_VALUES}
_PART_OF_THE_PAGE = frozenset({"/Widget", "/Stamp"})
_PAGE_KEYS_LEFT = ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/Thumb", "/StructParents", "/B", "/Tabs")


@dataclass(frozen=True, slots=True)
class Mark:
    """One place to black out.

    Attributes:
        page: from 0.
        x0, y0, x1, y1: fractions of the page as shown, from its upper left corner.
        ground: why, for the record and the reply.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    ground: str

    @property
    def box(self) -> Box:
        """The place alone."""
        return Box(self.x0, self.y0, self.x1, self.y1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands, in the measure of marks."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class RedactedPDF:
    """The new file, and how many characters were taken out of it."""

    data: bytes
    removed: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A marked page: its picture, its size in points and the characters that stay."""

    picture: Image.Image
    width: float
    height: float
    kept: list[Character]
    removed: int


def page_count(data: bytes) -> int:
    """How many pages.

    Raises:
        RedactionFailed: the file cannot be opened.
    """
    with _readable(data) as document:
        return len(document)


def page_picture(data: bytes, page: int, width_px: int) -> bytes:
    """A page as PNG of a given width, with what is annotated and filled in.

    Raises:
        RedactionFailed: the file cannot be opened, or has no such page.
    """
    with _readable(data) as document:
        if not 0 <= page < len(document):
            raise RedactionFailed(f"文件没有第 {page + 1} 页（共 {len(document)} 页），请刷新后重试。")
        document.init_forms()
        with loaded(document, page) as shown:
            picture = shown.render(scale=width_px / shown.get_width()).to_pil().convert("RGB")
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=False, compress_level=3)
    return stream.getvalue()


def find_text(data: bytes, needle: str) -> tuple[Place, ...]:
    """Every place of a text, one box for each line it runs over; blanks and the width of letters do not matter.

    Raises:
        RedactionFailed: the file cannot be opened.
    """
    wanted = _plain(needle)
    if not wanted:
        return ()
    places: list[Place] = []
    with _readable(_prepared(data)[0]) as document:
        for number in range(len(document)):
            with loaded(document, number) as shown:
                places += _places(number, characters(shown), wanted)
    return tuple(places)


def redact(data: bytes, marks: Sequence[Mark]) -> RedactedPDF:
    """Burn the marks in.

    Raises:
        RedactionFailed: no marks, a mark outside the document, a file that cannot be opened or is too large, or, worst,
            a result that still holds what was marked; nothing is given out then.
    """
    by_page = _checked(data, marks)
    prepared, covers = _prepared(data)
    drawn: dict[int, _Drawn] = {}
    with _readable(prepared) as document:
        for number, corners in enumerate(covers):
            if number not in by_page and not corners:
                continue
            with loaded(document, number) as shown:
                boxes = by_page.get(number, []) + _covering_text(shown, corners)
                if boxes:
                    by_page[number] = boxes
                    drawn[number] = _draw(shown, boxes, number)
    made = _written(prepared, drawn)
    _verify(made, drawn, by_page)
    _verify_pictures(made, prepared, frozenset(drawn))
    return RedactedPDF(made, sum(page.removed for page in drawn.values()))


@contextmanager
def _readable(data: bytes) -> Iterator[Any]:
    with _refusing():
        open_pdf(data).close()  # qpdf is stricter than PDFium, and will have to write the file
        with open_for_reading(data) as document:
            yield document


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the libraries say into a refusal."""
    try:
        yield
    except LockedPDF as error:
        raise RedactionFailed("文件有打开密码，不能遮盖。请去掉密码后重新上传。") from error
    except (BadPDF, pikepdf.PdfError) as error:
        raise RedactionFailed("文件已损坏，打不开，不能遮盖。请重新导出 PDF 后上传。") from error


def _prepared(data: bytes) -> tuple[bytes, list[list[Corners]]]:
    """The file without what is not seen, seals and fields drawn into its pages; and the opaque comments it had."""
    with _refusing(), open_pdf(data) as document:
        covers = [list(opaque_annotations(page.obj)) for page in document.pages]
        strip(document, _UNSEEN)
        for page in document.pages:
            held = page.obj.get("/Annots")
            if isinstance(held, pikepdf.Array):
                kept = [each for each in held if _is_part_of_the_page(each)]
                page.obj.Annots = document.make_indirect(pikepdf.Array(kept))
        document.flatten_annotations("screen")
        return written(document), covers


def _is_part_of_the_page(annotation: pikepdf.Object) -> bool:
    return (
        isinstance(annotation, pikepdf.Dictionary) and text(annotation.get("/Subtype")) in _PART_OF_THE_PAGE
    )


def _covering_text(shown: Any, corners: list[Corners]) -> list[Box]:
    """The places of comments that lie over some character, cut to the page."""
    if not corners:
        return []
    to_page = to_shown(shown)
    found = characters(shown)
    boxes = []
    for each in corners:
        box = to_page.box(*each)
        cut = Box(max(box.x0, 0.0), max(box.y0, 0.0), min(box.x1, 1.0), min(box.y1, 1.0))
        if cut.width > 0 and cut.height > 0 and any(_is_touched(char, [cut]) for char in found):
            boxes.append(cut)
    return boxes


def _checked(data: bytes, marks: Sequence[Mark]) -> dict[int, list[Box]]:
    if not marks:
        raise RedactionFailed("没有标出要遮盖的地方。")
    count, found = page_count(data), defaultdict(list)
    for number, mark in enumerate(marks, start=1):
        inside = 0 <= mark.x0 < mark.x1 <= 1 and 0 <= mark.y0 < mark.y1 <= 1
        if not 0 <= mark.page < count or not inside:
            raise RedactionFailed(f"第 {number} 处遮盖不在文件的页面上（共 {count} 页），请重新标出。")
        if not mark.ground.strip():
            raise RedactionFailed(f"第 {number} 处遮盖没有写依据，请补上。")
        found[mark.page].append(mark.box)
    return dict(found)


def _draw(shown: Any, boxes: Sequence[Box], number: int) -> _Drawn:
    width, height = shown.get_size()
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    if width * height * scale * scale > MAX_PIXELS:
        raise RedactionFailed(f"第 {number + 1} 页太大，不能在这里遮盖。请用制图软件删除后重新导出。")
    picture = shown.render(scale=scale).to_pil().convert("RGB")
    brush = ImageDraw.Draw(picture)
    for box in boxes:
        brush.rectangle(
            (
                int(box.x0 * picture.width),
                int(box.y0 * picture.height),
                -int(-box.x1 * picture.width // 1),
                -int(-box.y1 * picture.height // 1),
            ),
            fill="black",
        )
    found = characters(shown)
    kept = [char for char in seen_or_searched(shown, []) if not _is_touched(char, boxes)]
    return _Drawn(picture, width, height, kept, len(found) - len(kept))


def _is_touched(char: Character, boxes: Iterable[Box]) -> bool:
    for box in boxes:
        for part in (char.ink, char.box):
            if part.width > 0 and part.height > 0 and part.overlap(box) > TOUCHED:
                return True
        if not char.ink.width and box.x0 <= char.box.x0 <= box.x1 and box.y0 <= char.box.y0 <= box.y1:
            return True
    return False


def _written(data: bytes, drawn: dict[int, _Drawn]) -> bytes:
    """A new document: marked pages drawn, the others copied without what only programs see."""
    with open_pdf(data) as source, pikepdf.new() as target:
        # Pages often share one list of pictures and forms: what a page does not draw must not come along with it.
        source.remove_unreferenced_resources()
        for number, page in enumerate(source.pages):
            if number in drawn:
                target.pages.append(_picture_page(target, drawn[number]))
                continue
            target.pages.append(page)
            copied = target.pages[-1].obj
            for key in _PAGE_KEYS_LEFT:
                if key in copied:
                    del copied[key]
        target.remove_unreferenced_resources()
        stream = io.BytesIO()
        target.save(stream, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _picture_page(target: pikepdf.Pdf, page: _Drawn) -> pikepdf.Page:
    jpeg = io.BytesIO()
    page.picture.save(jpeg, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    picture = pikepdf.Stream(
        target,
        jpeg.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=page.picture.width,
        Height=page.picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    letters = sorted({char.text for char in page.kept})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    lines = [f"q {page.width:.3f} 0 0 {page.height:.3f} 0 0 cm /Page Do Q"]
    if page.kept:
        lines += ["BT 3 Tr", *_text(page, codes), "ET"]
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=target.make_indirect(picture)))
    if page.kept:
        resources.Font = pikepdf.Dictionary(T=_font(target, codes))
    return pikepdf.Page(
        target.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, round(page.width, 3), round(page.height, 3)],
                Resources=resources,
                Contents=pikepdf.Stream(target, "\n".join(lines).encode("ascii")),
            )
        )
    )


def _text(page: _Drawn, codes: dict[str, int]) -> Iterable[str]:
    """One invisible glyph for each kept character, as wide and as high as the printed one."""
    for char in page.kept:
        width = max(char.box.width * page.width, 0.5)
        height = max(char.box.height * page.height, 0.5)
        left, base = (
            char.box.x0 * page.width,
            page.height - (char.box.y1 - char.box.height * 0.2) * page.height,
        )
        yield (
            f"/T {height:.3f} Tf {100 * width / height:.2f} Tz 1 0 0 1 {left:.3f} {base:.3f} Tm <{codes[char.text]:04X}> Tj"
        )


def _font(target: pikepdf.Pdf, codes: dict[str, int]) -> pikepdf.Object:
    """A font of one invisible box: it only says which character a code stands for."""
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name("/InvisibleText"),
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        DW=1000,
        CIDToGIDMap=pikepdf.Stream(target, b"\x00\x01" * (len(codes) + 1)),
        FontDescriptor=target.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor,
                FontName=pikepdf.Name("/InvisibleText"),
                Flags=4,
                FontBBox=[0, -200, 1000, 800],
                ItalicAngle=0,
                Ascent=800,
                Descent=-200,
                CapHeight=700,
                StemV=80,
                FontFile2=pikepdf.Stream(target, FONT, Length1=len(FONT)),
            )
        ),
    )
    return target.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/InvisibleText"),
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[target.make_indirect(descendant)],
            ToUnicode=pikepdf.Stream(target, _to_unicode(codes)),
        )
    )


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, code in codes.items()]
    blocks = [
        f"{len(pairs[at : at + 100])} beginbfchar\n" + "\n".join(pairs[at : at + 100]) + "\nendbfchar"
        for at in range(0, len(pairs), 100)
    ]
    head = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    )
    return (
        head + "\n".join(blocks) + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


def _verify(made: bytes, drawn: dict[int, _Drawn], by_page: dict[int, list[Box]]) -> None:
    """Read the new file as a stranger would; what was marked must not be found by any way."""
    with _readable(made) as document:
        for number, page in drawn.items():
            with loaded(document, number) as shown:
                found = characters(shown)
            if any(_is_touched(char, by_page[number]) for char in found):
                raise RedactionFailed(
                    f"第 {number + 1} 页遮盖处仍能读出文字，文件没有生成，请告知系统管理员。"
                )
            read, kept = (Counter(char.text for char in side) for side in (found, page.kept))
            # A reader may take two equal characters that overlap for one in bold; more than kept there must never be.
            if read - kept or (kept - read).total() > MAX_MERGED * len(page.kept):
                raise RedactionFailed(
                    f"第 {number + 1} 页遮盖后的文字与应保留的不一致，文件没有生成，请告知系统管理员。"
                )
    with open_pdf(made) as document:
        if set(document.Root.keys()) - {"/Type", "/Pages"}:
            raise RedactionFailed("遮盖后的文件还带有附件、书签或者脚本，文件没有生成，请告知系统管理员。")
        for number in drawn:
            resources = document.pages[number].obj.Resources
            if list(resources.XObject.keys()) != ["/Page"]:
                raise RedactionFailed(f"第 {number + 1} 页还带有原来的图片，文件没有生成，请告知系统管理员。")


def _verify_pictures(made: bytes, prepared: bytes, drawn: frozenset[int]) -> None:
    """No picture of a page that was drawn may be in the new file, unless another page shows it too."""
    with _readable(prepared) as document:
        gone = _pictures(document, sorted(drawn))
        if not gone:
            return
        with open_pdf(made) as objects:
            kept = {
                _digest(each.read_raw_bytes())
                for each in objects.objects
                if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image
            }
        survivors = gone & kept
        if survivors and survivors - _pictures(
            document, [each for each in range(len(document)) if each not in drawn]
        ):
            raise RedactionFailed("遮盖后的文件还带有原来的图片，文件没有生成，请告知系统管理员。")


def _pictures(document: Any, numbers: Iterable[int]) -> set[bytes]:
    """The pictures these pages draw, by digest."""
    found = set()
    for number in numbers:
        with loaded(document, number) as page:
            for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                found.add(_digest(bytes(image.get_data(decode_simple=False))))
    return found


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", char).lower() for char in text if not char.isspace())


def _places(number: int, found: list[Character], wanted: str) -> list[Place]:
    spelled, owner = "", []
    for at, char in enumerate(found):
        for letter in _plain(char.text):
            spelled += letter
            owner.append(at)
    places: list[Place] = []
    start = spelled.find(wanted)
    while start >= 0:
        hit = [found[at] for at in dict.fromkeys(owner[start : start + len(wanted)])]
        places += _by_line(number, hit)
        start = spelled.find(wanted, start + len(wanted))
    return places


def _by_line(number: int, hit: list[Character]) -> list[Place]:
    lines: list[list[Box]] = []
    for char in hit:
        box = char.box
        middle = (box.y0 + box.y1) / 2
        if (
            lines
            and lines[-1][-1].y0 <= middle <= lines[-1][-1].y1
            and box.x0 >= lines[-1][-1].x0 - box.width
        ):
            lines[-1].append(box)
        else:
            lines.append([box])
    return [
        Place(
            number,
            max(0.0, min(box.x0 for box in line)),
            max(0.0, min(box.y0 for box in line)),
            min(1.0, max(box.x1 for box in line)),
            min(1.0, max(box.y1 for box in line)),
        )
        for line in lines
    ]
