"""Names of another unit left over from a template (LE-22).

Source: proofreading rules, section 8: bodies that are neither the office's own, nor its superiors', nor recipients of the paper.
Looked for where a paper speaks of its own unit: the title, the signature, lines that say whom to ask and where. In running
text other bodies are named for good reasons, and are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Line, Paper
from gongkai.core.proofreading.references import title_of

_RULE = "LE-22"
_PLACE = "省|自治区|市|县|区|自治州|盟|旗|镇|乡|街道"
_BODY = re.compile(
    rf"[一-龥]{{2,10}}?(?:{_PLACE})[一-龥]{{0,14}}?(?:人民政府办公室|人民政府|管理委员会|管委会|委员会|办事处|办公室|局|厅)"
)
_REGION = re.compile(rf"[一-龥]{{2,10}}?(?:{_PLACE})")
_CONTACT = re.compile(
    "联系(?:人|单位|方式|电话|地址)|地址[:：]|受理(?:单位|机关|地点)|报送|咨询(?:电话|地点|单位)"
)
_TAIL, _HEAD = 8, 8
_SHORT = 40
_CONTACT_LENGTH = 120


def find(paper: Paper, bodies: frozenset[str]) -> Iterator[Hit]:
    """Everything of this family; nothing without the office's own names."""
    if not bodies or not paper.lines:
        return
    regions = regions_of(bodies)
    recipients = "".join(
        line.text for line in paper.lines[:_HEAD] if line.text.rstrip().endswith(("：", ":"))
    )
    for line in _own_places(paper):
        for match in _BODY.finditer(line.text):
            name = match[0]
            if name in recipients or is_known(name, bodies, regions):
                continue
            start = line.start + match.start()
            says = "不是本机关、上级机关或者主送机关的名称，可能是套用模板留下的"
            yield Hit(_RULE, start, start + len(name), "核对单位名称", Severity.ERROR, says, "ours")


@lru_cache(maxsize=64)
def regions_of(bodies: frozenset[str]) -> frozenset[str]:
    """Regions named in the bodies' names: a body of the same region is no stranger."""
    return frozenset(match[0] for body in bodies for match in _REGION.finditer(body))


def is_known(name: str, bodies: frozenset[str], regions: frozenset[str]) -> bool:
    """Whether a name is one of the office's own surroundings."""
    return any(region in name for region in regions) or any(body in name or name in body for body in bodies)


def _own_places(paper: Paper) -> Iterator[Line]:
    """Lines in which a paper speaks of the unit that issues it, each once."""
    title = title_of(paper)
    tail = paper.lines[-_TAIL:]
    for line in paper.lines:
        text = line.text.strip()
        if line.is_row:
            continue
        is_title = bool(title) and text == title
        is_signature = line in tail and len(text) < _SHORT and text[-1:] not in "。；：，"
        is_contact = len(text) < _CONTACT_LENGTH and _CONTACT.search(text) is not None
        if is_title or is_signature or is_contact:
            yield line
