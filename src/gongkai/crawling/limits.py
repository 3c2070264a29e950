"""How far a crawl goes. Ours: no authority sets these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """All inclusive.

    Attributes:
        depth: clicks from the first page or the site map.
        variants: different queries of one path: lists with filters and calendars have no end.
        seconds: of the whole crawl; ``page_seconds`` of one address, from the first byte sent to the last received.
        pause: seconds between two requests.
    """

    pages: int = 3000
    files: int = 500
    links: int = 2000
    depth: int = 12
    variants: int = 30
    page_bytes: int = 4 * 2**20
    file_bytes: int = 40 * 2**20
    seconds: float = 3600
    page_seconds: float = 15
    pause: float = 0.1
    redirects: int = 5
    segments: int = 14
    searches: int = 5
