"""Caps that keep memory and time bounded whatever the file is.

Published reports are far below them: the largest text seen has 32 kB, the largest PDF a few MB (pictures).
"""

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_TEXT_BYTES = 16 * 1024 * 1024  # txt, html, json
MAX_ZIP_MEMBERS = 5_000
MAX_MEMBER_BYTES = 48 * 1024 * 1024  # one part of a docx or xlsx, unpacked
MAX_COMPRESSION = 200  # unpacked to packed; Word's own XML stays below 40
MAX_PDF_PAGES = 120
MAX_LINES = 20_000
MAX_LINE_CHARACTERS = 20_000
MAX_GRID_ROWS = 3_000
MAX_GRID_COLUMNS = 120
MAX_SHEET_ROWS = 5_000  # rows that hold something
