"""Files to be proofread: their text with places, what they hide, and corrected copies (no Django).

::

    read(path)                   -> Extract: text, places, hidden things
    proofread(path, on=...)      -> Checked: the extract with its findings
    corrected(path, findings)    -> the bytes of a copy with the sure corrections put in (txt, md, docx)

Kinds: txt, md, html, docx, pdf, xlsx. Reading is bounded in size, time and memory; see ``limits``.
"""

from gongkai.prooffiles.errors import CannotCorrect, Unreadable
from gongkai.prooffiles.extract import Extract, Hidden, Place
from gongkai.prooffiles.fixing import corrected
from gongkai.prooffiles.proofing import Checked, Issue, proofread
from gongkai.prooffiles.reading import read

__all__ = [
    "CannotCorrect",
    "Checked",
    "Extract",
    "Hidden",
    "Issue",
    "Place",
    "Unreadable",
    "corrected",
    "proofread",
    "read",
]
