"""Demo ledgers: rows whose sums are the figures of the demo reports.

The park's figures of 2023 are those of the reference report: no applications, no normative documents, 244
items, 1,709.7 万元 paid. The building bureau holds the non-zero fixture of the form's description.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

Row = dict[str, str]

PROACTIVE = {
    "政策文件": 31,
    "招商引资": 46,
    "安全环保": 52,
    "项目招投标": 38,
    "招聘信息": 41,
    "财政信息": 12,
    "机构职能": 6,
    "办事指南": 18,
}
ANNOUNCEMENTS = {"值班安排": 24, "干部考勤": 36, "季度效能考核": 12, "项目招投标": 36}
CHANNELS = ("园区门户网站", "智慧园区平台", "微信公众号")
PAYMENTS_YUAN = 17_097_000
AID_YUAN, AIDED = 11_236_000, 52
HIRES, FAIRS = 412, 16
OPINIONS, OPINION_ENTERPRISES = 43, 23
TRAININGS = ("政务公开工作培训", "信息发布审核培训", "差错类信息专题整治培训")
OPINION_TOPICS = ("通勤班车", "生活设施", "职工住宿", "用工对接", "融资服务", "道路照明")
AID_KINDS = ("贷款贴息", "稳岗就业补贴", "融资租赁补贴", "技术攻关补助")


def as_csv(rows: list[Row]) -> bytes:
    """Rows as a CSV file of the import."""
    stream = io.StringIO(newline="")
    headings = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(stream, headings)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def spread(year: int, count: int) -> Iterator[date]:
    """Days spread evenly over a year, in order."""
    first = date(year, 1, 3)
    for number in range(count):
        yield first + timedelta(days=number * 360 // max(count, 1))


def split(total: int, parts: int, step: int) -> list[int]:
    """A total as uneven multiples of a step that add up exactly."""
    units = total // step
    base = [units // parts + (number % 5 - 2) * (units // parts // 6) for number in range(parts)]
    base[-1] += units - sum(base)
    amounts = [unit * step for unit in base]
    amounts[0] += total - sum(amounts)
    return amounts


def park_work(year: int, *, scale: float = 1.0) -> list[Row]:
    """The park's ledger of work for a year; scale 1 gives the reference's figures."""

    def some(number: int) -> int:
        return max(1, round(number * scale))

    rows: list[Row] = []
    for kind, groups in (("主动公开信息", PROACTIVE), ("公告公示", ANNOUNCEMENTS)):
        for category, number in groups.items():
            rows += [
                _work(
                    kind,
                    day,
                    f"{category}信息（{year}年第{i}期）",
                    category=category,
                    channel=CHANNELS[i % 3],
                )
                for i, day in enumerate(spread(year, some(number)), start=1)
            ]
    payments = split(round(PAYMENTS_YUAN * scale), 18, 100)
    rows += [
        _work("优惠政策奖补兑付", day, f"招商引资奖补第{i}批", amount=yuan, party=f"示例企业{i:02d}")
        for i, (day, yuan) in enumerate(zip(spread(year, 18), payments, strict=True), start=1)
    ]
    aided = some(AIDED)
    rows += [
        _work("协助企业享受补助", day, AID_KINDS[i % 4], amount=yuan, party=f"示例企业{i:02d}")
        for i, (day, yuan) in enumerate(
            zip(spread(year, aided), split(round(AID_YUAN * scale), aided, 100), strict=True), start=1
        )
    ]
    rows += [
        _work("为企业招聘员工", day, f"线上线下招聘会第{i}场", count=number, channel="招聘会")
        for i, (day, number) in enumerate(
            zip(spread(year, FAIRS), split(some(HIRES), FAIRS, 1), strict=True), start=1
        )
    ]
    rows += [
        _work(
            "企业和群众意见建议",
            day,
            f"关于{OPINION_TOPICS[i % 6]}的建议",
            party=f"示例企业{i % OPINION_ENTERPRISES:02d}",
            channel="政府开放日",
        )
        for i, day in enumerate(spread(year, some(OPINIONS)))
    ]
    rows += [
        _work("培训", day, title, party="全体干部职工")
        for day, title in zip(spread(year, 3), TRAININGS, strict=True)
    ]
    return rows


def _work(
    kind: str,
    day: date,
    title: str,
    *,
    count: int = 1,
    amount: int = 0,
    party: str = "",
    category: str = "",
    channel: str = "",
) -> Row:
    return {
        "类别": kind,
        "事项": title,
        "日期": day.isoformat(),
        "数量": str(count),
        "金额（元）": str(amount),
        "对象": party,
        "分类": category,
        "渠道": channel,
    }


# Closed in 2023 by outcome and applicant: the fixture of the form's description (§2.6).
CLOSED_2023 = {
    "予以公开": {"自然人": 8, "商业企业": 2, "科研机构": 1, "法律服务机构": 1},
    "部分公开（区分处理的，只计这一情形，不计其他情形）": {"自然人": 3, "商业企业": 1},
    "保护第三方合法权益": {"自然人": 1},
    "属于四类过程性信息": {"商业企业": 1},
    "属于行政执法案卷": {"自然人": 1},
    "属于行政查询事项": {"自然人": 1},
    "本机关不掌握相关政府信息": {"自然人": 3, "法律服务机构": 1, "其他": 1},
    "没有现成信息需要另行制作": {"自然人": 1},
    "信访举报投诉类申请": {"自然人": 1},
    "重复申请": {"自然人": 1},
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": {"自然人": 1},
}
CARRIED_IN_2023 = {"自然人": 3, "商业企业": 1}
OPEN_END_2023 = {"自然人": 2, "商业企业": 1}
CLOSED_2022 = {
    "予以公开": {"自然人": 6, "商业企业": 1},
    "本机关不掌握相关政府信息": {"自然人": 4},
    "重复申请": {"自然人": 1},
}
SUBJECTS = ("征地补偿安置材料", "规划许可材料", "工程验收备案材料", "危房改造补助名单", "物业招标备案材料")


def housing_applications() -> list[Row]:
    """Applications of 2022 and 2023: closed in 2022, carried over, closed in 2023, open at its end."""
    rows = [
        _application(kind, day, day + timedelta(days=20), outcome)
        for (outcome, kind), day in zip(_each(CLOSED_2022), spread(2022, 12), strict=True)
    ]
    carried = dict(CARRIED_IN_2023)
    closings = list(_each(CLOSED_2023))
    days = list(spread(2023, len(closings) + 3))
    for number, (outcome, kind) in enumerate(closings):
        if carried.get(kind):
            carried[kind] -= 1
            rows.append(_application(kind, date(2022, 12, 12), date(2023, 1, 9), outcome))
        else:
            day = min(days[number], date(2023, 11, 20))
            rows.append(_application(kind, day, day + timedelta(days=25), outcome))
    for kind, number in OPEN_END_2023.items():
        rows += [_application(kind, date(2023, 12, 14), date(2024, 1, 11), "予以公开") for _ in range(number)]
    for number, row in enumerate(rows, start=1):
        row["登记编号"] = f"示建公开〔{row['收到日期'][:4]}〕{number}号"
        row["申请事项"] = SUBJECTS[number % len(SUBJECTS)]
    return rows


def _each(table: dict[str, dict[str, int]]) -> Iterator[tuple[str, str]]:
    for outcome, kinds in table.items():
        for kind, number in kinds.items():
            for _ in range(number):
                yield outcome, kind


def _application(kind: str, received: date, closed: date, outcome: str) -> Row:
    return {
        "登记编号": "",
        "申请人类别": kind,
        "收到日期": received.isoformat(),
        "办结日期": closed.isoformat(),
        "办理结果": outcome,
        "申请事项": "",
    }


def housing_disputes() -> list[Row]:
    """Reconsiderations and suits of 2022 and 2023."""
    return [
        _dispute("示府复〔2022〕31号", "行政复议", "2022-06-10", "2022-08-01", "结果维持"),
        _dispute("示府复〔2023〕12号", "行政复议", "2023-03-02", "2023-04-28", "结果维持"),
        _dispute("示府复〔2023〕40号", "行政复议", "2023-07-15", "2023-09-10", "结果纠正"),
        _dispute("示府复〔2023〕77号", "行政复议", "2023-12-01", "2024-01-20", "结果维持"),
        _dispute("（2023）示01行初8号", "复议后起诉", "2023-05-20", "2023-10-18", "结果维持"),
    ]


def _dispute(number: str, proceeding: str, accepted: str, decided: str, result: str) -> Row:
    return {"案号": number, "程序": proceeding, "受理日期": accepted, "结案日期": decided, "结果": result}


def housing_documents() -> list[Row]:
    """Normative documents issued and repealed."""
    rows = []
    for number, (issued, repealed) in enumerate(
        (
            ("2018-05-04", "2023-06-30"),
            ("2019-03-11", ""),
            ("2020-09-01", ""),
            ("2022-04-18", ""),
            ("2023-08-21", ""),
        ),
        start=1,
    ):
        rows.append(
            {
                "类别": "行政规范性文件",
                "文号": f"示建规〔{issued[:4]}〕{number}号",
                "标题": f"示例县建设管理办法（之{'一二三四五'[number - 1]}）",
                "制发日期": issued,
                "废止（失效）日期": repealed,
            }
        )
    return rows


def housing_decisions() -> list[Row]:
    """Licences, penalties and fees by month of 2022 and 2023."""
    rows = []
    for year in (2022, 2023):
        for month in range(1, 13):
            day = f"{year}-{month:02d}-25"
            rows.append(_decision("行政许可", "建筑工程施工许可", day, 9 + month % 4))
            rows.append(_decision("行政处罚", "违法施工处罚", day, month % 3))
        rows.append(_decision("行政事业性收费", "城市道路占用挖掘修复费", f"{year}-12-20", 1, "186540.50"))
    return [row for row in rows if row["件数"] != "0"]


def _decision(kind: str, title: str, day: str, count: int, yuan: str = "0") -> Row:
    return {
        "类别": kind,
        "名称": title,
        "日期": day,
        "件数": str(count),
        "收费金额（元）": yuan,
        "承办部门": "审批服务股",
    }
