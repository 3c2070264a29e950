"""PDF files (ISO 32000-1): what is in them that the pages do not show."""
