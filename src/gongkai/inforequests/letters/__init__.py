"""Letters as files: the same text as PDF and as DOCX."""

from gongkai.inforequests.letters.docx import letter_docx
from gongkai.inforequests.letters.pdf import letter_pdf

__all__ = ["letter_docx", "letter_pdf"]
