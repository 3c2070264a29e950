"""What a file carries besides what its reader sees, and the file without it.

::

    inspect(data, FileType.DOCX)                          -> findings, each with place, excerpt and advice
    clean(data, FileType.DOCX, frozenset({Kind.COMMENTS})) -> the file without comments, and otherwise as it was

Inspecting a cleaned file gives none of the kinds that were cleaned. Limitations: old binary Office files are not
inspected and say so; text in the colour of its ground, or pushed off the page, is not looked for.
"""

from gongkai.releasefiles.inspecting.findings import Finding, Kind
from gongkai.releasefiles.inspecting.inspection import clean, inspect

__all__ = ["Finding", "Kind", "clean", "inspect"]
