"""The text of a section as paragraphs: a page's lines put together again, without heads and feet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.reportfiles.reading.elements import is_page_number

_NEW_PARAGRAPH = re.compile(
    r"^(?:\s{2,}|[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])"
)
_SENTENCE_END = "。！？；：!?;:”）)"
_CHINESE = r"\u3400-\u4dbf\u4e00-\u9fff，。、；：！？“”‘’（）《》〈〉【】〔〕—…"
_JUSTIFIED = re.compile(rf"(?:[{_CHINESE}] ){{2,}}[{_CHINESE}]")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_PAGE_FOOT = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|相关(?:文章|链接|附件)|附件[:：]|打印|【?关闭|分享到|扫一扫|责任编辑|编辑[:：]|"
    r"(?:主办|承办)(?:单位)?[:：]|版权所有|网站标识码|.{0,4}ICP备|.{0,6}公网安备|技术支持|网站地图|联系我们|浏览次数|点击数)"
)


def paragraphs(lines: Sequence[str], *, visual: bool) -> str:
    """Join the lines of one section.

    Args:
        lines: cleaned lines, blank ones included (they part paragraphs).
        visual: whether the source breaks lines where the page does.

    Returns:
        paragraphs separated by one newline.
    """
    kept = _without_furniture(lines)
    if visual and _is_wrapped(kept):
        return "\n".join(_rejoined(kept))
    return "\n".join(_tidy(line) for line in kept if line.strip())


def _without_furniture(lines: Sequence[str]) -> list[str]:
    """Without page numbers and whatever stands after the foot of a web page begins."""
    kept: list[str] = []
    for line in lines:
        bare = line.strip()
        if _PAGE_FOOT.match(bare):
            break
        if bare and (is_page_number(bare) or _BARE_NUMBER.fullmatch(bare)):
            continue
        kept.append(line)
    return kept


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most long lines end in the middle of a sentence at about the same length."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 2:
        return False
    longest = max(map(len, filled))
    if longest > 90:
        return False
    broken = sum(1 for line in filled[:-1] if line[-1] not in _SENTENCE_END and len(line) >= longest * 0.7)
    return broken >= 1 and broken * 4 >= len(filled)


def _rejoined(lines: Sequence[str]) -> list[str]:
    longest = max(len(line.strip()) for line in lines)
    whole: list[str] = []
    open_line = False
    for line in lines:
        bare = line.strip()
        if not bare:
            # A page break leaves a blank line too; only a finished sentence makes it a paragraph's end.
            open_line = open_line and whole[-1][-1] not in _SENTENCE_END
            continue
        if open_line and not _NEW_PARAGRAPH.match(line):
            whole[-1] = _joined(whole[-1], bare)
        else:
            whole.append(bare)
        open_line = len(bare) >= longest * 0.8 or bare[-1] not in _SENTENCE_END
    return [_tidy(line) for line in whole]


def _joined(first: str, second: str) -> str:
    both_latin = first[-1].isascii() and second[0].isascii() and first[-1].isalpha() and second[0].isalpha()
    return f"{first} {second}" if both_latin else first + second


def _tidy(line: str) -> str:
    """Close the gaps of justified text (号 ， 邮 编); other spaces stay as printed."""
    return _JUSTIFIED.sub(lambda match: match[0].replace(" ", ""), line.strip().strip("*").strip())
