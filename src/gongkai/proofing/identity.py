"""When two findings of different runs are the same: rule, quote, and the words right around them.

An edit elsewhere in the text leaves a decision in force; an edit beside the place asks for it anew.
"""

from __future__ import annotations

from gongkai.audit.chain import sm3

AROUND = 8  # characters on each side, blanks left out


def identity_of(rule: str, quote: str, before: str, after: str, *, of_file: str = "") -> str:
    """The digest under which decisions are kept.

    Args:
        of_file: the digest of the file, for what a file hides: another file is another matter.
    """
    near = ("".join(before.split())[-AROUND:], "".join(after.split())[:AROUND])
    return sm3("\x1f".join((rule, quote, *near, of_file)).encode("utf-8", "surrogatepass"))
