"""Personal data in a text to be published (PI), and marks of secrecy at its head (SE-02, SE-03).

Source: proofreading rules, sections 6.1 and 7.1; numbers are checked by ``core.identifiers``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.identifiers import IdentifierFaulty, birth_date, credit_code_check, resident_id_check
from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Paper

_RUN = re.compile(r"[0-9]{3}[-0-9 ]{6,24}[0-9Xx*]{1,10}")
_ID_18 = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_ID_15 = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_ID_BIRTH = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{6}[*xX×]{2,}")
_MOBILE = re.compile(r"(?<![\d.-])1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?![\d-])")
_CARD = re.compile(r"(?<!\d)[3-6]\d{12,18}(?!\d)")
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_EMAIL = re.compile(r"[\w.+-]{1,40}@(?:qq|163|126|sina|gmail|outlook|foxmail)\.com")
_HOME = re.compile(
    r"(?:家庭住址|家庭地址|户籍地址|现住址|住址|家住|现住|户籍所在地)[：:为是在]{0,2}[^，。；\n]{0,40}?\d+\s?(?:号|栋|幢|单元|室|组)[^，。；\n]{0,10}"
)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]\d{8}|[HM]\d{8}|[CW]\d{8})(?![A-Za-z0-9])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警](?![A-Za-z0-9])"
)
_PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
_PLATE_LETTERS = frozenset("ABCDEFGHJKLMNPQRSTUVWXYZ")
_SENSITIVE_COLUMNS = re.compile(
    "身份证|公民身份号码|手机号?|家庭住址|住址|银行(?:账|卡)号|出生日期|出生年月|户籍"
)
_LABEL = 24


def find(paper: Paper, allowed: frozenset[str] = frozenset()) -> Iterator[Hit]:
    """Personal data. ``allowed``: numbers that the office publishes by intent, digits only."""
    text = paper.text
    for run in _RUN.finditer(text):
        yield from _numbers(text, run.start(), run.end(), allowed)
    if "信用代码" in text:
        yield from _codes(text)
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Hit("PI-10", *match.span(), "改用单位邮箱或隐去", Severity.HINT, "个人邮箱", "ours")
    for label in ("住址", "家住", "现住", "地址", "户籍"):
        if label in text:
            for match in _HOME.finditer(text):
                yield Hit("PI-08", *match.span(), "只写到乡镇或街道", Severity.ERROR, "住址写到了门牌", "1p")
            break
    for label in ("护照", "通行证"):
        for at in _places(text, label):
            for match in _PASSPORT.finditer(text, at, min(len(text), at + 40)):
                yield Hit("PI-07", *match.span(), "隐去", Severity.ERROR, "护照或通行证号码", "ours")
    if paper.characters & _PROVINCES and paper.characters & _PLATE_LETTERS:
        for match in _PLATE.finditer(text):
            if any(character.isdigit() for character in match[0]):
                yield Hit("PI-09", *match.span(), "隐去", Severity.HINT, "车牌号码", "ours")
    yield from _columns(paper)
    yield from _head(paper)


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _numbers(text: str, start: int, end: int, allowed: frozenset[str]) -> Iterator[Hit]:
    low, high = max(0, start - 2), min(len(text), end + 2)
    label = text[max(0, start - _LABEL) : start]
    for match in _ID_18.finditer(text, low, high):
        if _is_id(match[0]) or "身份证" in label:
            yield _leak("PI-01", match, "11*************02X 的样子隐去中间各位", "居民身份证号码")
            return
    for match in _ID_BIRTH.finditer(text, low, high):
        yield _leak("PI-03", match, "出生日期也要隐去", "身份证号码没有隐去出生日期")
        return
    if "身份证" in label:
        for match in _ID_15.finditer(text, low, high):
            yield _leak("PI-02", match, "隐去", "居民身份证号码（15 位）")
            return
    for match in _MOBILE.finditer(text, low, high):
        digits = re.sub(r"\D", "", match[0])
        if digits not in allowed and match[0].count(" ") in {0, 2} and digits != "13800138000":
            yield _leak(
                "PI-04", match, f"{digits[:3]}****{digits[-4:]}", "手机号码；确属公开的工作电话请加入白名单"
            )
            return
    for match in _CARD.finditer(text, low, high):
        if _luhn(match[0]) and (match[0].startswith("62") or re.search("银行|卡号|账号|账户|开户", label)):
            severity = (
                Severity.HINT
                if re.search("对公|单位|专户|国库|非税|缴款", text[max(0, start - 60) : start])
                else Severity.SERIOUS
            )
            yield Hit("PI-06", *match.span(), "隐去", severity, "银行卡或账户号码", "ours")
            return


def _leak(rule: str, match: re.Match[str], suggestion: str, says: str) -> Hit:
    return Hit(rule, *match.span(), suggestion, Severity.SERIOUS, f"个人信息：{says}", "1p")


def _is_id(number: str) -> bool:
    return birth_date(number) is not None and resident_id_check(number[:17]) == number[17].upper()


def _luhn(number: str) -> bool:
    digits = [int(each) for each in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * each, 10)) for each in digits[1::2]]) % 10 == 0


def _codes(text: str) -> Iterator[Hit]:
    for at in _places(text, "信用代码"):
        for match in _CODE.finditer(text, at, min(len(text), at + 40)):
            try:
                wrong = credit_code_check(match[0][:17]) != match[0][17]
            except (ValueError, IdentifierFaulty):
                wrong = True
            if wrong:
                yield Hit(
                    "PI-13", *match.span(), "对照证照核对", Severity.ERROR, "统一社会信用代码校验不符", "2p"
                )


def _columns(paper: Paper) -> Iterator[Hit]:
    """A table with a column of names and one of personal data, and something unmasked under it."""
    for at, line in enumerate(paper.lines):
        if "\t" not in line.text or "姓名" not in line.text or len(line.text) > 4000:
            continue
        head = line.text.split("\t")
        for column, cell in enumerate(head):
            named = _SENSITIVE_COLUMNS.search(cell)
            if named is None or at + 1 >= len(paper.lines):
                continue
            below = paper.lines[at + 1].text.split("\t")
            if column < len(below) and len(below[column].strip()) >= 6 and "*" not in below[column]:
                start = line.start + sum(len(each) + 1 for each in head[:column])
                yield Hit(
                    "PI-14",
                    start,
                    start + len(cell),
                    "隐去这一栏",
                    Severity.SERIOUS,
                    "名单中有个人信息栏",
                    "ours",
                )


def _head(paper: Paper) -> Iterator[Hit]:
    marked = False
    for line in paper.lines[:5]:
        text = line.text.strip()
        if text in {"绝密", "机密", "秘密", "特急", "内部"}:
            marked = True
            says = "开头出现密级或紧急程度"
            yield Hit("SE-02", line.start, line.end, "立即核实", Severity.SERIOUS, says, "2p")
    first = paper.lines[0].text.strip() if paper.lines else ""
    if marked and re.fullmatch(r"\d{6}", first):
        yield Hit(
            "SE-03", paper.lines[0].start, paper.lines[0].end, "核实", Severity.ERROR, "开头出现份号", "2p"
        )
