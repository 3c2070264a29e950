"""What an inspection knows: the pages as fetched, what was tried, and what the office's own records say.

Everything that an indicator reads stands here, so that a day can be judged again from stored evidence. Addresses are
absolute; digests are SM3 over the bytes as received, 64 hexadecimal characters; a field that is None was not measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gongkai.core.publication.freshness import UpdateClass


class PageKind(StrEnum):
    """What a page is; it decides how many labels it must carry."""

    HOME = "home"
    COLUMN = "column"
    CONTENT = "content"
    OTHER = "other"
    FILE = "file"


class Place(StrEnum):
    """Where on a page something stands."""

    MAIN = "main"
    FRAME = "frame"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Link:
    """One address that a page names; ``is_resource`` for pictures, scripts, styles, which the reader does not click."""

    url: str
    text: str
    place: Place = Place.MAIN
    is_hidden: bool = False
    is_resource: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of a list."""

    title: str
    url: str
    day: date


@dataclass(frozen=True, slots=True)
class Message:
    """A visitor's message and when it was answered. Never its words."""

    where: str
    number: str
    received_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One address as fetched.

    Attributes:
        status: HTTP status; 0 when there was no answer, then ``fault`` says why.
        redirects: addresses passed through, the first asked for first.
        headers: names in lower case.
        shown_on: the publication day printed on the page, where one is.
        main_characters: how many characters the middle of the page holds.
        guide_elements: which of the eight kinds of a guide's elements the page names.
    """

    url: str
    status: int
    fetched_at: datetime
    kind: PageKind = PageKind.OTHER
    digest: str = ""
    size: int = 0
    seconds: float = 0.0
    fault: str = ""
    redirects: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    heading: str = ""
    lang: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    entries: tuple[Entry, ...] = ()
    shown_on: date | None = None
    footer: str = ""
    main_characters: int = 0
    says_empty: bool = False
    has_form: bool = False
    pictures_without_alt: int = 0
    fields_without_label: int = 0
    guide_elements: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a reader gets the page."""
        return 200 <= self.status < 300

    @property
    def is_html(self) -> bool:
        return self.kind is not PageKind.FILE

    def label(self, name: str) -> str | None:
        """The first label of a name; None where the page has none."""
        return next((content for given, content in self.labels if given == name), None)


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to open a link; ``status`` 0 without an answer."""

    at: datetime
    status: int
    fault: str = ""

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 400 and self.status not in {401, 403, 405, 429}


@dataclass(frozen=True, slots=True)
class SearchProbe:
    """A published title put into the site's own search: whether its page stood on the first page of results."""

    title: str
    url: str
    asked: str
    found: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """One finding of the proofreader in a published text; personal data in ``quote`` is masked."""

    url: str
    rule: str
    severity: str
    quote: str
    says: str
    where: str = ""
    mark: str = "ours"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file on disk that does not fit its signed list."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Channel:
    """An account of the office (政务新媒体) and the day of its newest post; None where nobody recorded it."""

    name: str
    newest_on: date | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One probe of the home page."""

    at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the office keeps it."""

    url: str
    name: str
    update_class: UpdateClass = UpdateClass.OTHER
    is_first_level: bool = False
    archived_on: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """What the office's records say; what is None is not known and is measured by nothing.

    Attributes:
        released: by address, the day an item was in truth first published.
        signed: by address path, the SM3 that the signed list gives the page.
        first_seen: by address, the day an earlier inspection first saw the page.
        trusted_hosts: outside hosts that the sponsor approved; ``*.gov.cn`` need not be named.
    """

    site_name: str = ""
    domain: str = ""
    site_code: str = ""
    hosts: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    columns: tuple[Column, ...] | None = None
    released: Mapping[str, date] | None = None
    signed: Mapping[str, str] | None = None
    first_seen: Mapping[str, date] | None = None
    messages: tuple[Message, ...] | None = None
    channels: tuple[Channel, ...] | None = None
    visits: tuple[Visit, ...] = ()
    differences: tuple[Difference, ...] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything one inspection goes by.

    Attributes:
        tries: by address, every attempt to open a link, also those of earlier inspections.
        outside_tried: whether links to other hosts were tried at all.
        cut_short: why the crawl ended before all was seen; empty when it saw all.
    """

    start: str
    began_at: datetime
    ended_at: datetime
    pages: tuple[Page, ...] = ()
    tries: Mapping[str, tuple[Try, ...]] = field(default_factory=dict)
    outside_tried: bool = False
    searches: tuple[SearchProbe, ...] | None = None
    wordings: tuple[Wording, ...] | None = None
    unread_files: tuple[tuple[str, str], ...] = ()
    cut_short: tuple[str, ...] = ()
    register: Register = field(default_factory=Register)
