"""Is an upload what it claims to be, and is it safe to keep? Decided by its content; its name only has to agree.

The screen looks for what may harm the office or the next reader (programs, macros, scripts, bombs, locked
files). What merely says more than its author meant to is the subject of ``inspecting``.

Limitations: no virus scanner. Known harmful content in honest-looking pictures and streams passes.
"""

from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.sniffing.screening import DEFAULT_LIMIT_BYTES, screen_upload

__all__ = ["DEFAULT_LIMIT_BYTES", "FileType", "screen_upload"]
