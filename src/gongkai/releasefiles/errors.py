"""Why a file is not taken in, or not let out.

::

    ValueError
    ├── UploadRefused     an upload that is not kept
    ├── CannotInspect     a file that will not open, so nothing can be said about it
    └── RedactionFailed   a redacted file that may not be released

The messages are Chinese and are shown as they are: what is wrong, where, and what to do.
"""

from __future__ import annotations


class UploadRefused(ValueError):
    """The upload is of a kind, size or condition that is not kept."""


class CannotInspect(ValueError):
    """The file is damaged or locked: it was not inspected, which is not the same as nothing found."""


class RedactionFailed(ValueError):
    """No redacted file was made, or the one made still holds what it should not."""
