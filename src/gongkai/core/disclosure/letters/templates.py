"""Templates: what a wording may and must contain."""

from __future__ import annotations

import re

from gongkai.core.disclosure.letters.errors import TemplateFaulty
from gongkai.core.disclosure.letters.facts import FACTS, LEGAL_BASIS, REMEDY, Origin
from gongkai.core.disclosure.letters.kinds import LetterKind

PLACEHOLDER = re.compile(r"\{([^{}\s]{1,20})\}")
MAX_TITLE_CHARACTERS = 60
MAX_BODY_CHARACTERS = 8000


def placeholders_of(body: str) -> tuple[str, ...]:
    """Names in the order in which they stand, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(body)))


def template_faults(kind: LetterKind, title: str, body: str) -> list[str]:
    """All that keeps a wording from use, in Chinese; empty when it can be used.

    The obligatory placeholders stay, so an edited template still says what the law demands.
    """
    faults = []
    if not title.strip():
        faults.append("标题不能为空。")
    elif len(title.strip()) > MAX_TITLE_CHARACTERS or "\n" in title.strip():
        faults.append(f"标题最多 {MAX_TITLE_CHARACTERS} 个字，写在一行里。")
    if not body.strip():
        return [*faults, "正文不能为空。"]
    if len(body) > MAX_BODY_CHARACTERS:
        faults.append(f"正文有 {len(body)} 个字，最多 {MAX_BODY_CHARACTERS} 个字。")
    used = set(placeholders_of(body))
    faults += [
        f"必须保留“{{{name}}}”：{_why(name)}" for name in dict.fromkeys(kind.required) if name not in used
    ]
    known = {
        *kind.required,
        *kind.optional,
        *(n for n, fact in FACTS.items() if fact.origin is Origin.RECORD),
    }
    for name in placeholders_of(body):
        if name not in FACTS:
            faults.append(f"“{{{name}}}”不是可用的填充项，请从右侧列表中选择。")
        elif name not in known:
            faults.append(f"这种文书没有“{{{name}}}”，请删去。")
    for number, line in enumerate(body.splitlines(), start=1):
        if set(PLACEHOLDER.sub("", line)) & set("{}"):
            faults.append(f"正文第 {number} 行的花括号不成对，填充项应当写成“{{收到日期}}”这样。")
        if REMEDY in PLACEHOLDER.findall(line) and line.strip() != f"{{{REMEDY}}}":
            faults.append(f"正文第 {number} 行：“{{{REMEDY}}}”须单独成一段。")
    return faults


def require_usable(kind: LetterKind, title: str, body: str) -> None:
    """Raise TemplateFaulty with all faults."""
    if faults := template_faults(kind, title, body):
        raise TemplateFaulty(faults)


def _why(name: str) -> str:
    if name == REMEDY:
        return "答复必须告知救济途径和期限。"
    if name == LEGAL_BASIS:
        return "答复必须写明法律依据。"
    return "这是这种文书依法必须写明的内容。"
