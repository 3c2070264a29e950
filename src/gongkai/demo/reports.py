"""Demo reports, taken through their whole life by the services."""

from __future__ import annotations

from gongkai.agencies.models import Organ, User
from gongkai.demo import ledgers
from gongkai.demo.people import HOUSING, PARK
from gongkai.reporting import services

PROBLEMS = (
    "存在的主要问题：一是部分信息公开不够及时，形式不够规范；二是政策解读形式单一，图解、问答类解读偏少。\n"
    "改进措施：一是明确各部门信息公开时限，逐月核对更新情况；二是结合企业实际开展针对性解读，丰富解读形式。"
)


def load_ledgers(organs: dict[str, Organ], people: dict[str, User]) -> None:
    """Import every demo ledger through the import service."""
    park, housing = organs[PARK], organs[HOUSING]
    files = (
        (park, people["gongkaiban"], "gongzuo", "园区2022年工作台账.csv", ledgers.park_work(2022, scale=0.8)),
        (park, people["gongkaiban"], "gongzuo", "园区2023年工作台账.csv", ledgers.park_work(2023)),
        (housing, people["jiansheju"], "shenqing", "申请台账.csv", ledgers.housing_applications()),
        (housing, people["jiansheju"], "fuyi-susong", "复议诉讼台账.csv", ledgers.housing_disputes()),
        (housing, people["jiansheju"], "guifanxing", "规范性文件台账.csv", ledgers.housing_documents()),
        (housing, people["jiansheju"], "xuke-chufa", "许可处罚收费台账.csv", ledgers.housing_decisions()),
    )
    for organ, actor, key, name, rows in files:
        outcome = services.import_ledger(
            ledger_key=key, organ=organ, actor=actor, file_name=name, content=ledgers.as_csv(rows)
        )
        if outcome.faults:
            raise RuntimeError(f"demo ledger {name} has faults: {outcome.faults[:3]}")


def load_reports(organs: dict[str, Organ], people: dict[str, User]) -> None:
    """Reports of 2022 and 2023 of both bodies: drafted, reviewed by another person, frozen, published."""
    for year in (2022, 2023):
        for code, writer, head in (
            (PARK, "gongkaiban", "fuzeren"),
            (HOUSING, "jiansheju", "jianshejufzr"),
        ):
            _publish(organs[code], year, people[writer], people[head])


def _publish(organ: Organ, year: int, writer: User, head: User) -> None:
    report = services.start_report(organ=organ, year=year, actor=writer)
    services.save_text(
        report_id=report.pk, actor=writer, texts={"problems": PROBLEMS}, edit_mark=report.edit_mark
    )
    services.submit_report(report_id=report.pk, actor=writer)
    services.freeze_report(report_id=report.pk, actor=head)
    services.publish_report(report_id=report.pk, actor=writer)
