"""Caps that keep time and memory bounded whatever the file is.

A book of three thousand pages has about five million characters; office attachments stay below ten megabytes.
"""

MAX_FILE_BYTES = 80 * 1024 * 1024
MAX_TEXT_BYTES = 40 * 1024 * 1024  # txt, md
MAX_HTML_BYTES = 16 * 1024 * 1024
MAX_PART_BYTES = 64 * 1024 * 1024  # one part of a docx or xlsx, unpacked
MAX_PDF_PAGES = 5_000
MAX_SECONDS = 90.0
MAX_CELLS = 1_000_000
MAX_CHARACTERS = 12_000_000
MAX_INSPECTED_PAGES = 300  # looking under the boxes of a page takes longer than reading it
