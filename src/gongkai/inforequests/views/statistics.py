"""The page of statistics: every chart with its table, and the same tables as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.charts import Chart, Datum, bars, columns
from gongkai.agencies.models import Organ
from gongkai.agencies.shell import XLSX_TYPE, download, page
from gongkai.inforequests import selectors, statistics
from gongkai.inforequests.statistics import Spread, YearOfRequests
from gongkai.reportfiles.spreadsheet_safety import neutralised

CRUMB = ("依申请公开", "/houtai/shenqing/")
REPLY_WORKING_DAYS = 20  # Art. 33(2); the line in the chart of answers
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: a chart, the table beside it, and what its numbers mean."""

    key: str
    name: str
    chart: Chart
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "—"


def _number(value: float) -> str:
    return f"{value:g}"


def _months(found: YearOfRequests) -> Section:
    busiest = max(found.months, key=lambda month: month.received)
    title = (
        f"{found.year} 年收到 {found.received} 件，{busiest.number} 月最多（{busiest.received} 件）"
        if found.received
        else f"{found.year} 年没有收到申请"
    )
    return Section(
        "shoujian",
        "各月收件和办结",
        columns(title, [Datum(f"{m.number}", m.received, str(m.received or "")) for m in found.months]),
        ("月份", "收到", "其中延期", "办结", "其中超期"),
        tuple((f"{m.number} 月", m.received, m.extended, m.closed, m.late) for m in found.months),
        "按收到申请之日计入当月；超期指答复晚于期限。横轴为月份。",
    )


def _channels(found: YearOfRequests) -> Section:
    used = [(label, number) for label, number in found.channels if number]
    most = max(used, key=lambda pair: pair[1], default=None)
    title = f"{most[0]}最多，占 {_share(most[1], found.received)}" if most else "没有收到申请"
    return Section(
        "qudao",
        "提交方式",
        bars(title, [Datum(label, number, f"{number} 件") for label, number in found.channels]),
        ("提交方式", "件数", "占比"),
        tuple((label, number, _share(number, found.received)) for label, number in found.channels),
    )


def _answers(found: YearOfRequests) -> Section:
    answered = found.answered
    title = (
        f"一半的答复用时不超过 {_number(answered.median)} 个工作日，九成不超过 {answered.ninth_decile} 个工作日"
        if answered
        else "本年没有作出答复"
    )
    data = [
        Datum(
            f"{m.number}",
            m.answered.median if m.answered else 0,
            _number(m.answered.median) if m.answered else "",
            m.answered.ninth_decile if m.answered else None,
        )
        for m in found.months
    ]
    rows = [(f"{m.number} 月", *_spread(m.answered)) for m in found.months]
    return Section(
        "yongshi",
        "答复用时",
        columns(
            title,
            data,
            limit=(
                REPLY_WORKING_DAYS,
                f"虚线 {REPLY_WORKING_DAYS} 个工作日；柱为中位数，横线为九成",
            ),
        ),
        ("办结月份", "答复件数", "中位数（工作日）", "九成不超过（工作日）"),
        (*rows, ("全年", *_spread(answered))),
        "从收到申请的次日数到答复之日，补正、征求意见、延期占用的时间也算在内，所以可以超过 20 个工作日而不超期。"
        "撤回、逾期不补正、逾期未缴费的不计。横轴为月份。",
    )


def _spread(spread: Spread | None) -> tuple[Cell, Cell, Cell]:
    if spread is None:
        return 0, None, None
    whole = int(spread.median) if spread.median == int(spread.median) else spread.median
    return spread.count, whole, spread.ninth_decile


def _outcomes(found: YearOfRequests) -> Section:
    given = sum(number for label, number, _ in found.outcomes if label in {"予以公开", "部分公开"})
    title = (
        f"办结 {found.closed} 件，其中予以公开和部分公开 {given} 件，占 {_share(given, found.closed)}"
        if found.closed
        else "本年没有办结的申请"
    )
    rows: list[tuple[Cell, ...]] = []
    for label, number, parts in found.outcomes:
        rows.append((label, number, _share(number, found.closed)))
        rows += [(f"　{ground}", count, _share(count, found.closed)) for ground, count in parts]
    return Section(
        "jieguo",
        "办理结果",
        bars(title, [Datum(label, number, f"{number} 件") for label, number, _ in found.outcomes]),
        ("办理结果", "件数", "占比"),
        tuple(rows),
        "按年度报告表三的分类。",
    )


def _timeliness(found: YearOfRequests) -> Section:
    kept = found.timeliness
    parts = (
        ("未延期，期限内办结", kept.in_time, "main"),
        ("延期后，期限内办结", kept.in_time_extended, "main"),
        ("超期办结", kept.late, "bad"),
        ("已超期，仍未办结", kept.overdue_open, "bad"),
    )
    title = (
        f"{kept.total} 件中 {kept.overdue} 件超期，占 {_share(kept.overdue, kept.total)}"
        if kept.overdue
        else "没有超期的申请"
        if kept.total
        else "本年没有到期的申请"
    )
    return Section(
        "anqi",
        "延期和超期",
        bars(title, [Datum(label, number, f"{number} 件", kind=kind) for label, number, kind in parts]),
        ("情形", "件数", "占比"),
        (
            *((label, number, _share(number, kept.total)) for label, number, _ in parts),
            ("本年收到的申请中延期的", found.extended, _share(found.extended, found.received)),
        ),
    )


def _reversals(found: YearOfRequests) -> Section:
    decided = sum(row.total for row in found.reversals)
    corrected = sum(row.corrected for row in found.reversals)
    title = (
        f"复议和诉讼审结 {decided} 件，纠正 {corrected} 件，纠错率 {_share(corrected, decided)}"
        if decided
        else "本年没有审结的复议和诉讼"
    )
    data = [
        Datum(row.label, row.corrected, f"纠正 {row.corrected} 件，审结 {row.total} 件")
        for row in found.reversals
    ]
    return Section(
        "jiucuo",
        "复议和诉讼纠错",
        bars(title, [_roomy(datum) for datum in data]),
        ("类别", "审结", "维持", "纠正", "其他", "纠错率"),
        tuple(
            (row.label, row.total, row.upheld, row.corrected, row.other, _share(row.corrected, row.total))
            for row in found.reversals
        ),
        "纠错率＝结果纠正÷审结。复议机关作共同被告的案件由原行为机关统计。",
    )


def _roomy(datum: Datum) -> Datum:
    """The long number goes into the name above the bar, where there is room for it."""
    return Datum(f"{datum.label}：{datum.text}", datum.value, "", kind=datum.kind)


def _departments(found: YearOfRequests, several: bool) -> Section:
    most = found.departments[0] if found.departments else None

    def name(place: statistics.DepartmentFigures) -> str:
        return f"{place.organ} {place.name}" if several else place.name

    title = f"{name(most)}承办最多（{most.received} 件）" if most and most.received else "本年没有交办的申请"
    return Section(
        "bumen",
        "各承办部门",
        bars(
            title, [Datum(name(place), place.received, f"{place.received} 件") for place in found.departments]
        ),
        (
            "承办部门",
            "收到",
            "办结",
            "年末未办结",
            "中位数（工作日）",
            "九成不超过（工作日）",
            "延期",
            "超期",
        ),
        tuple(
            (
                name(place),
                place.received,
                place.closed,
                place.open,
                *_spread(place.answered)[1:],
                place.extended,
                place.overdue,
            )
            for place in found.departments
        ),
        "年末未办结：到 12 月 31 日（今年为到今天）还没有办结的。",
    )


def sections_of(found: YearOfRequests, *, several: bool = False) -> list[Section]:
    """The page, subject by subject; ``several`` names the organ beside each department."""
    return [
        _months(found),
        _outcomes(found),
        _answers(found),
        _timeliness(found),
        _channels(found),
        _reversals(found),
        _departments(found, several),
    ]


@require_GET
def statistics_page(request: HttpRequest) -> HttpResponse:
    """A year of applications at the organs the person may see, or at one of them."""
    organs = selectors.organs_required(request.user, "查看申请")
    chosen = [organ for organ in organs if organ.code == request.GET.get("jigou")] or organs
    today = timezone.localdate()
    years = statistics.years_of(chosen, today)
    asked = request.GET.get("nian", "")
    year = int(asked) if asked in {str(one) for one in years} else today.year
    found = statistics.year_of_requests(chosen, year, today)
    sections = sections_of(found, several=len(chosen) > 1)
    title = f"{_scope(chosen)}{year}年依申请公开统计"
    match request.GET.get("daochu"):
        case "xlsx":
            return download(as_xlsx(sections), f"{title}.xlsx", XLSX_TYPE)
        case "csv":
            return download(as_csv(sections), f"{title}.csv", "text/csv; charset=utf-8")
    return page(
        request,
        "inforequests/statistics.html",
        title="依申请公开统计",
        crumbs=[CRUMB],
        found=found,
        sections=sections,
        keys=_keys(found),
        years=years,
        organs=organs if len(organs) > 1 else [],
        organ=chosen[0] if len(chosen) == 1 else None,
        scope=_scope(chosen),
        as_of=today if year == today.year else None,
    )


def _keys(found: YearOfRequests) -> list[tuple[str, str, str, str]]:
    """The numbers on top, each leading to its section: key of the section, label, number, unit."""
    answered = found.answered
    decided = sum(row.total for row in found.reversals)
    corrected = sum(row.corrected for row in found.reversals)
    return [
        ("shoujian", "收到", str(found.received), "件"),
        ("jieguo", "办结", str(found.closed), "件"),
        ("yongshi", "答复用时中位数", _number(answered.median) if answered else "—", "个工作日"),
        ("anqi", "延期", str(found.extended), "件"),
        ("anqi", "超期", str(found.timeliness.overdue), "件"),
        ("jiucuo", "复议诉讼纠错率", _share(corrected, decided), f"审结 {decided} 件"),
    ]


def _scope(organs: Sequence[Organ]) -> str:
    return organs[0].name if len(organs) == 1 else f"{len(organs)}个机关"


def as_xlsx(sections: Sequence[Section]) -> bytes:
    """A workbook with a sheet for each table; numbers stay numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    for section in sections:
        sheet = book.add_worksheet(section.name)
        sheet.write_string(0, 0, neutralised(section.chart.title))
        for col, heading in enumerate(section.headings):
            sheet.write_string(2, col, heading, bold)
            sheet.set_column(col, col, max(12, len(heading) * 2 + 2) if col else 34)
        for line, row in enumerate(section.rows, start=3):
            for col, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, col, neutralised(cell))
                elif cell is not None:
                    sheet.write_number(line, col, cell)
        sheet.freeze_panes(3, 1)
        if section.note:
            sheet.write_string(len(section.rows) + 4, 0, section.note)
    book.close()
    return stream.getvalue()


def as_csv(sections: Sequence[Section]) -> bytes:
    """One long table: which statistics, of what, which measure, how much; for other programs."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("统计表", "项目", "指标", "数值"))
    writer.writerows(_long(sections))
    return stream.getvalue().encode("utf-8-sig")


def _long(sections: Sequence[Section]) -> Iterator[tuple[Cell, ...]]:
    for section in sections:
        for name, *cells in section.rows:
            for heading, cell in zip(section.headings[1:], cells, strict=True):
                yield section.name, neutralised(str(name).strip()), heading, "" if cell is None else cell
