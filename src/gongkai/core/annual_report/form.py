"""The annual report form as data (政府信息公开工作年度报告格式).

One definition feeds the reader, the checks, the writers, the web form and the roll-up: nothing else in
the program spells a label of the form.

Sources: edition 2021, 国办公开办函〔2021〕30号, for report years from 2021; edition 2019,
国办公开办函〔2019〕60号 (试行), for report years 2019 and 2020. Labels as printed in published reports.
Limitations: the annex of the 2021 instrument was read down to table 二 only; the labels of tables 三 and 四
come from published reports that use the form (see ``docs/limits.md``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Edition(StrEnum):
    """Which form a report follows."""

    E2019 = "2019"
    E2021 = "2021"


class TableId(StrEnum):
    """The three tables of the form, named by the section that holds them."""

    TWO = "table2"
    THREE = "table3"
    FOUR = "table4"


class Kind(StrEnum):
    """What a cell may hold."""

    COUNT = "count"  # integer >= 0
    SIGNED = "signed"  # integer, may be negative: 本年增/减 of the 2019 form
    AMOUNT_WAN = "amount_wan"  # 万元, decimal >= 0


TABLE_TITLES = {
    TableId.TWO: "主动公开政府信息情况",
    TableId.THREE: "收到和处理政府信息公开申请情况",
    TableId.FOUR: "政府信息公开行政复议、行政诉讼情况",
}

# The six sections, exact titles (30号). The 2019 form words 五 differently.
SECTION_TITLES = {
    "一": "总体情况",
    "二": TABLE_TITLES[TableId.TWO],
    "三": TABLE_TITLES[TableId.THREE],
    "四": TABLE_TITLES[TableId.FOUR],
    "五": "存在的主要问题及改进情况",
    "六": "其他需要报告的事项",
}
NARRATIVE_SECTIONS = ("一", "五", "六")

# Sub-headings of 总体情况 in the order of the form.
OVERVIEW_HEADINGS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")

STATISTICS_NOTE = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"


class FormError(ValueError):
    """Root of this package's errors: ``UnknownCell``, ``NoFormForYear``."""


class UnknownCell(FormError):
    """A cell was named that the edition does not have."""

    def __init__(self, edition: Edition, cell: CellKey) -> None:
        self.edition, self.cell = edition, cell
        super().__init__(f"The {edition} form has no cell {cell}. See Form.cells for those it has.")


class NoFormForYear(FormError):
    """No edition of the form is known for a report year."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"No annual report form is on file for {year}: the unified form exists from report year 2019."
        )


class CellKey(NamedTuple):
    """Names one figure: table, row key and column key (English, stable).

    A tuple, since a report looks up some two hundred of them again and again and a tuple hashes at once.
    """

    table: TableId
    row: str
    col: str

    def __str__(self) -> str:
        return f"{self.table.value}.{self.row}.{self.col}"

    @classmethod
    def parse(cls, text: str) -> CellKey:
        """Read ``table3.r1.natural``; raises ValueError on any other shape."""
        table, row, col = text.split(".")
        return cls(TableId(table), row, col)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that carries figures.

    Attributes:
        key: stable English key (``r3_3_1``).
        label: as the form prints it.
        json_key: the key in our JSON exchange format (``三（三）1``).
        group: key of the group label that spans it, or "".
    """

    key: str
    label: str
    json_key: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: key, printed label and JSON key."""

    key: str
    label: str
    json_key: str
    kind: Kind = Kind.COUNT
    group: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of table 二 under one item of Art. 20: its rows share columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the form.

    ``table3_rows`` are the 25 (2021) or 23 (2019) numeric rows in printed order.
    """

    edition: Edition
    instrument: str
    first_year: int
    table2: tuple[Block, ...]
    table3_rows: tuple[Row, ...]
    table3_columns: tuple[Column, ...]
    table4_rows: tuple[Row, ...]
    table4_columns: tuple[Column, ...]
    section_five_title: str

    def cells(self, table: TableId) -> tuple[CellKey, ...]:
        """Every figure of one table in printed order (table 二 row-wise, 三 row-wise, 四 left to right)."""
        return _cells(self.edition, table)

    @property
    def all_cells(self) -> tuple[CellKey, ...]:
        """Every figure of the form: 10 + 175 + 15 = 200 in edition 2021."""
        return tuple(cell for table in TableId for cell in self.cells(table))

    def kind(self, cell: CellKey) -> Kind:
        """What the cell may hold; raises UnknownCell."""
        try:
            return _kinds(self.edition)[cell]
        except KeyError:
            raise UnknownCell(self.edition, cell) from None

    def row(self, table: TableId, key: str) -> Row:
        """The row with this key; raises KeyError."""
        return _rows(self.edition)[table, key]

    def column(self, table: TableId, row: str, key: str) -> Column:
        """The column with this key as seen from a row (blocks of table 二 differ); raises KeyError."""
        return _columns(self.edition)[table, row, key]

    def describe(self, cell: CellKey) -> str:
        """The cell in Chinese, for messages: 表三“（一）予以公开”自然人."""
        row = self.row(cell.table, cell.row)
        column = self.column(cell.table, cell.row, cell.col)
        number = {TableId.TWO: "二", TableId.THREE: "三", TableId.FOUR: "四"}[cell.table]
        return f"表{number}“{row.label}”{column.label}"


_COUNT = Column("count", "本年处理决定数量", "")


def _block_rows(*labels: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(key, label, label) for key, label in labels)


_TABLE2_2021 = (
    Block(
        "第二十条第（一）项",
        (
            Column("issued", "本年制发件数", "制发"),
            Column("repealed", "本年废止件数", "废止"),
            Column("in_force", "现行有效件数", "有效"),
        ),
        _block_rows(("rules", "规章"), ("normative", "行政规范性文件")),
    ),
    Block("第二十条第（五）项", (_COUNT,), _block_rows(("licences", "行政许可"))),
    Block("第二十条第（六）项", (_COUNT,), _block_rows(("penalties", "行政处罚"), ("coercions", "行政强制"))),
    Block(
        "第二十条第（八）项",
        (Column("amount", "本年收费金额（单位：万元）", "", Kind.AMOUNT_WAN),),
        (Row("fees", "行政事业性收费", "行政事业性收费（万元）"),),
    ),
)

_CHANGES_2019 = (
    Column("previous", "上一年项目数量", "上一年项目数量"),
    Column("change", "本年增/减", "本年增/减", Kind.SIGNED),
)
_PROCESSED_2019 = (*_CHANGES_2019, Column("decisions", "处理决定数量", "处理决定数量"))
_TABLE2_2019 = (
    Block(
        "第二十条第（一）项",
        (
            Column("made", "本年新制作数量", "本年新制作数量"),
            Column("newly_public", "本年新公开数量", "本年新公开数量"),
            Column("public_total", "对外公开总数量", "对外公开总数量"),
        ),
        _block_rows(("rules", "规章"), ("normative", "规范性文件")),
    ),
    Block(
        "第二十条第（五）项",
        _PROCESSED_2019,
        _block_rows(("licences", "行政许可"), ("other_services", "其他对外管理服务事项")),
    ),
    Block(
        "第二十条第（六）项",
        _PROCESSED_2019,
        _block_rows(("penalties", "行政处罚"), ("coercions", "行政强制")),
    ),
    Block("第二十条第（八）项", _CHANGES_2019, _block_rows(("fees", "行政事业性收费"))),
    Block(
        "第二十条第（九）项",
        (
            Column("projects", "采购项目数量", "采购项目数量"),
            Column("amount", "采购总金额", "采购总金额", Kind.AMOUNT_WAN),
        ),
        _block_rows(("procurement", "政府集中采购")),
    ),
)

LEGAL_PERSONS = "法人或其他组织"
APPLICANT_COLUMNS = (
    Column("natural", "自然人", "自然人"),
    Column("commercial", "商业企业", "商业企业", group=LEGAL_PERSONS),
    Column("research", "科研机构", "科研机构", group=LEGAL_PERSONS),
    Column("public_welfare", "社会公益组织", "社会公益组织", group=LEGAL_PERSONS),
    Column("legal_service", "法律服务机构", "法律服务机构", group=LEGAL_PERSONS),
    Column("other_org", "其他", "其他", group=LEGAL_PERSONS),
)
TOTAL_COLUMN = Column("total", "总计", "总计")

BLOCK_THREE_LABEL = "三、本年度办理结果"
GROUP_LABELS = {
    "r3_3": "（三）不予公开",
    "r3_4": "（四）无法提供",
    "r3_5": "（五）不予处理",
    "r3_6": "（六）其他处理",
}

_ROWS_BEFORE_SIX = (
    Row("r1", "一、本年新收政府信息公开申请数量", "一"),
    Row("r2", "二、上年结转政府信息公开申请数量", "二"),
    Row("r3_1", "（一）予以公开", "三（一）", "r3"),
    Row("r3_2", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "三（二）", "r3"),
    Row("r3_3_1", "1.属于国家秘密", "三（三）1", "r3_3"),
    Row("r3_3_2", "2.其他法律行政法规禁止公开", "三（三）2", "r3_3"),
    Row("r3_3_3", "3.危及“三安全一稳定”", "三（三）3", "r3_3"),
    Row("r3_3_4", "4.保护第三方合法权益", "三（三）4", "r3_3"),
    Row("r3_3_5", "5.属于三类内部事务信息", "三（三）5", "r3_3"),
    Row("r3_3_6", "6.属于四类过程性信息", "三（三）6", "r3_3"),
    Row("r3_3_7", "7.属于行政执法案卷", "三（三）7", "r3_3"),
    Row("r3_3_8", "8.属于行政查询事项", "三（三）8", "r3_3"),
    Row("r3_4_1", "1.本机关不掌握相关政府信息", "三（四）1", "r3_4"),
    Row("r3_4_2", "2.没有现成信息需要另行制作", "三（四）2", "r3_4"),
    Row("r3_4_3", "3.补正后申请内容仍不明确", "三（四）3", "r3_4"),
    Row("r3_5_1", "1.信访举报投诉类申请", "三（五）1", "r3_5"),
    Row("r3_5_2", "2.重复申请", "三（五）2", "r3_5"),
    Row("r3_5_3", "3.要求提供公开出版物", "三（五）3", "r3_5"),
    Row("r3_5_4", "4.无正当理由大量反复申请", "三（五）4", "r3_5"),
    Row("r3_5_5", "5.要求行政机关确认或重新出具已获取信息", "三（五）5", "r3_5"),
)
_SIX_DIVIDED = (
    Row("r3_6_1", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "三（六）1", "r3_6"),
    Row(
        "r3_6_2",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "三（六）2",
        "r3_6",
    ),
    Row("r3_6_3", "3.其他", "三（六）3", "r3_6"),
)
# The 2019 form, and offices that kept its line in later years, do not divide （六）.
SIX_UNDIVIDED = Row("r3_6", "（六）其他处理", "三（六）", "r3")
_ROWS_AFTER_SIX = (
    Row("r3_7", "（七）总计", "三（七）", "r3"),
    Row("r4", "四、结转下年度继续办理", "四"),
)

_TABLE4_ROWS = (
    Row("reconsideration", "行政复议", "行政复议"),
    Row("direct_suit", "未经复议直接起诉", "未经复议直接起诉", "litigation"),
    Row("suit_after", "复议后起诉", "复议后起诉", "litigation"),
)
LITIGATION_LABEL = "行政诉讼"
_TABLE4_COLUMNS = (
    Column("upheld", "结果维持", "结果维持"),
    Column("corrected", "结果纠正", "结果纠正"),
    Column("other", "其他结果", "其他结果"),
    Column("pending", "尚未审结", "尚未审结"),
    Column("total", "总计", "总计"),
)

FORMS: dict[Edition, Form] = {
    Edition.E2021: Form(
        edition=Edition.E2021,
        instrument="国办公开办函〔2021〕30号",
        first_year=2021,
        table2=_TABLE2_2021,
        table3_rows=(*_ROWS_BEFORE_SIX, *_SIX_DIVIDED, *_ROWS_AFTER_SIX),
        table3_columns=(*APPLICANT_COLUMNS, TOTAL_COLUMN),
        table4_rows=_TABLE4_ROWS,
        table4_columns=_TABLE4_COLUMNS,
        section_five_title=SECTION_TITLES["五"],
    ),
    Edition.E2019: Form(
        edition=Edition.E2019,
        instrument="国办公开办函〔2019〕60号",
        first_year=2019,
        table2=_TABLE2_2019,
        table3_rows=(*_ROWS_BEFORE_SIX, SIX_UNDIVIDED, *_ROWS_AFTER_SIX),
        table3_columns=(*APPLICANT_COLUMNS, TOTAL_COLUMN),
        table4_rows=_TABLE4_ROWS,
        table4_columns=_TABLE4_COLUMNS,
        section_five_title="政府信息公开工作存在的主要问题及改进情况",
    ),
}


def form_for_year(year: int) -> Form:
    """The edition in force for a report year; raises NoFormForYear before 2019."""
    known = [form for form in FORMS.values() if form.first_year <= year]
    if not known:
        raise NoFormForYear(year)
    return max(known, key=lambda form: form.first_year)


def undivided_six(cell: CellKey) -> bool:
    """Whether a cell belongs to the one-line variant of （六）其他处理."""
    return cell.table is TableId.THREE and cell.row == SIX_UNDIVIDED.key


def result_leaves(form: Form, *, six_divided: bool | None = None) -> tuple[Row, ...]:
    """The leaf result rows of block 三, without （七）总计.

    Args:
        six_divided: overrides whether （六） has its three sub-rows; offices print both variants in any year.
    """
    divided = form.edition is Edition.E2021 if six_divided is None else six_divided
    return (*_ROWS_BEFORE_SIX[2:], *(_SIX_DIVIDED if divided else (SIX_UNDIVIDED,)))


@cache
def _cells(edition: Edition, table: TableId) -> tuple[CellKey, ...]:
    form = FORMS[edition]
    if table is TableId.TWO:
        return tuple(
            CellKey(table, row.key, column.key)
            for block in form.table2
            for row in block.rows
            for column in block.columns
        )
    rows, columns = (
        (form.table3_rows, form.table3_columns)
        if table is TableId.THREE
        else (form.table4_rows, form.table4_columns)
    )
    return tuple(CellKey(table, row.key, column.key) for row in rows for column in columns)


@cache
def _rows(edition: Edition) -> dict[tuple[TableId, str], Row]:
    form = FORMS[edition]
    found = {(TableId.TWO, row.key): row for block in form.table2 for row in block.rows}
    both_sixes = (*form.table3_rows, SIX_UNDIVIDED, *_SIX_DIVIDED)
    found.update({(TableId.THREE, row.key): row for row in both_sixes})
    found.update({(TableId.FOUR, row.key): row for row in form.table4_rows})
    return found


@cache
def _columns(edition: Edition) -> dict[tuple[TableId, str, str], Column]:
    form = FORMS[edition]
    found = {
        (TableId.TWO, row.key, column.key): column
        for block in form.table2
        for row in block.rows
        for column in block.columns
    }
    for (table, row_key), _ in _rows(edition).items():
        columns = {TableId.THREE: form.table3_columns, TableId.FOUR: form.table4_columns}.get(table, ())
        found.update({(table, row_key, column.key): column for column in columns})
    return found


@cache
def _kinds(edition: Edition) -> dict[CellKey, Kind]:
    return {CellKey(table, row, col): column.kind for (table, row, col), column in _columns(edition).items()}
