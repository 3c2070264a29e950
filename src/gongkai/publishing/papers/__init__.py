"""Official papers as files: the same text as PDF and as DOCX."""

from gongkai.publishing.papers.docx import paper_docx
from gongkai.publishing.papers.pdf import paper_pdf

__all__ = ["paper_docx", "paper_pdf"]
