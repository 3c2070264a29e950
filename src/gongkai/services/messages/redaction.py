"""What must not stand in a text that is shown: the sender's own data and anything that looks like somebody's number.

This is no proofreading: it looks for numbers and for the sender's data alone, and changes nothing. A person redacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.services.messages.models import PublicMessage

_PATTERNS = (
    ("身份证号", re.compile(r"(?<!\d)\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx](?!\d)")),
    ("手机号码", re.compile(r"(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")),
    ("银行卡号", re.compile(r"(?<!\d)\d{4}(?:[\s-]?\d{4}){3}(?:[\s-]?\d{1,3})?(?!\d)")),
    ("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "车牌号",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9]{5,6}(?![A-Z0-9])"
        ),
    ),
)
_DIGITS = {ord(wide): str(digit) for digit, wide in enumerate("０１２３４５６７８９")}
MIN_NAME = 2


def remains_of(message: PublicMessage, *texts: str) -> list[str]:
    """What personal data still stands in texts meant for the public, each as a sentence; numbers are not repeated whole."""
    text = "\n".join(texts).translate(_DIGITS)
    return [*_of_the_sender(message, text), *_of_anybody(text)]


def _of_the_sender(message: PublicMessage, text: str) -> Iterator[str]:
    plain = re.sub(r"[\s-]", "", text)
    if len(message.name) >= MIN_NAME and message.name in plain:
        yield "还有留言人的姓名，请改成“某先生”“某女士”或者删去。"
    if message.telephone and re.sub(r"[\s-]", "", message.telephone) in plain:
        yield "还有留言人的电话，请删去。"
    if message.email and message.email.lower() in text.lower():
        yield "还有留言人的电子邮箱，请删去。"


def _of_anybody(text: str) -> Iterator[str]:
    for label, pattern in _PATTERNS:
        found = pattern.search(text)
        if found is not None:
            yield f"还有像{label}的内容（“{found[0][:3]}…”），请删去或者换成“**”。"
