"""What this room refuses, in Chinese.

ServicesError
├── GuideRefused     an act on a guide cannot be done; the message says why and what to do
└── MessageRefused   the same for an act on a message
"""

from __future__ import annotations


class ServicesError(Exception):
    """The message is Chinese and says what to do."""


class GuideRefused(ServicesError):
    """A condition of an act on a guide does not hold."""


class MessageRefused(ServicesError):
    """A condition of an act on a message does not hold."""
