"""A TrueType font of one box, for text that is read but not seen.

Readers leave out characters whose glyph has no extent, so the invisible text layer needs a glyph as wide and as high
as its em. Drawn by us: glyphs .notdef and box, both the rectangle (0, −200)–(1000, 800) on an em of 1000; no cmap,
because the PDF maps its codes to characters itself. A test builds it again and compares.
"""

from __future__ import annotations

from base64 import b64decode

FONT = b64decode(
    "AAEAAAAGAEAAAgAgZ2x5ZglQCU0AAAD4AAAANGhlYWRi/0M4AAAAbAAAADZoaGVhBwoDIgAAAKQAAAAkaG10eAPoAAAAAADoAAAA"
    "BmxvY2EAGgANAAAA8AAAAAZtYXhwAAQABgAAAMgAAAAgAAEAAAABAABIcHoQXw889QADA+gAAAAAAAAAAAAAAAAAAAAAAAD/OAPo"
    "AyAAAAADAAIAAAAAAAAAAQAAAyD/OAAAA+gAAAAAA+gAAQAAAAAAAAAAAAAAAAAAAAEAAQAAAAIABAABAAAAAAACAAAAAAAAAAAA"
    "AAAAAAAAAAPoAAAAAAAAAAAADQAaAAAAAQAA/zgD6AMgAAMAABURIRED6MgD6PwYAAABAAD/OAPoAyAAAwAAFREhEQPoyAPo/BgA"
)
