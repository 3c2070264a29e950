"""What the gate refuses, in Chinese.

PublishingError
├── ReviewRefused   an act on a review cannot be done; the message says why and what to do
│   └── ManyRefused   an act on many items cannot be done for some, so for none
├── CatalogueRefused   an edition of the catalogue cannot be changed or put in force
├── ImportRefused   an import as a whole cannot be taken
├── NormativeRefused   the same for an act on a normative document
└── NotReleased     something tried to go live without a release grant; also a refused permission to Django
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

_NAMED = 5  # how many a message names


class PublishingError(Exception):
    """The message is Chinese and says what to do."""


class ReviewRefused(PublishingError):
    """A condition of the act does not hold."""


class ManyRefused(ReviewRefused):
    """An act on many items was done to none of them, for it cannot be done to some; ``titles`` names those."""

    def __init__(self, refused: list[tuple[str, str]]) -> None:
        self.titles = [title for title, _ in refused]
        named = "；".join(f"“{title}”{why}" for title, why in refused[:_NAMED])
        more = f"；等 {len(refused)} 条" if len(refused) > _NAMED else ""
        super().__init__(f"有 {len(refused)} 条不能办理，因此一条也没有办：{named}{more}。")


class CatalogueRefused(PublishingError):
    """A condition of an act on the catalogue does not hold."""


class ImportRefused(PublishingError):
    """A file to import from cannot be taken as a whole."""


class NormativeRefused(PublishingError):
    """A condition of an act on a normative document, a consultation or a clean-up does not hold."""


class NotReleased(PermissionDenied, PublishingError):
    """An item would go live, or a live one change, without the grant for exactly this content."""

    def __init__(self, title: str, why: str = "", todo: str = "") -> None:
        self.title = title
        super().__init__(
            f"“{title}”不能发布：{why or '没有与当前内容一致的审核通过记录'}。"
            f"{todo or '请在编辑页点“送审”，审核通过后再发布'}。"
        )
