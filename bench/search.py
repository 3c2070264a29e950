"""Search: time of a query with facets, and recall against a substring scan.

    python bench/search.py [ITEMS]

Texts are made of common words in random order, about 400 characters each, as long as a usual notice.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from gongkai.searchindex import Entry, SearchIndex, Wanted

_WORDS = (
    "园区 企业 安全 生产 环保 督察 整改 道路 保洁 服务 合同 公示 通知 关于 加强 管理 惠企 政策 "
    "补贴 资金 稳岗 返还 社会 保险 危险 化学品 监测 数据 污水 处理 招商 引资 项目 审批 许可 处罚 "
    "决定 年度 报告 信息 公开 申请 答复 应急 物资 储备 消防 演练 人才 引进 培训 统计 公报 规划 "
    "建设 土地 出让 拆迁 补偿 预算 决算 采购 中标 结果 会议 纪要 领导 分工 机构 职能 "
)
WORDS = _WORDS.split()
COLUMNS = ["政策文件", "工作动态", "通知公告", "财政信息", "应急管理", "环境保护"]
QUERIES, SAMPLE = 300, 2000


def made(count: int, chance: random.Random):
    for number in range(count):
        text = "".join(chance.choice(WORDS) + ("，" if chance.random() < 0.12 else "") for _ in range(190))
        yield Entry(
            key=f"item-{number}",
            title="".join(chance.choices(WORDS, k=7)),
            text=text,
            on=date(2016, 1, 1) + timedelta(days=number % 3900),
            number=f"示园发〔{2016 + number % 10}〕{number % 300 + 1}号",
            column=chance.choice(COLUMNS),
            year=str(2016 + number % 10),
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance, sample = random.Random(7), {}
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "search")
        start = time.perf_counter()

        def watched():
            for entry in made(count, random.Random(1)):
                if len(sample) < SAMPLE:
                    sample[entry.key] = entry
                yield entry

        index.rebuild(watched())
        built = time.perf_counter() - start
        print(f"{count} items built in {built:.0f} s ({count / built:.0f} a second)")
        times, missed, asked = [], 0, 0
        for _ in range(QUERIES):
            entry = chance.choice(list(sample.values()))
            run = chance.choice([part for part in entry.text.split("，") if len(part) > 8])
            size = chance.randint(2, 8)
            at = chance.randrange(len(run) - size)
            words = run[at : at + size]
            start = time.perf_counter()
            found = index.search(Wanted(words))
            times.append(time.perf_counter() - start)
            wanted = {key for key, e in sample.items() if words in e.text or words in e.title}
            asked += 1
            if count <= 200_000 and found.total < 5000:
                got = {hit.key for hit in index.search(Wanted(words, size=max(1, found.total))).hits}
                missed += len(wanted - got)
            elif found.total < len(wanted):
                missed += 1
        times.sort()
        print(
            f"{asked} queries with facets: p50 {statistics.median(times) * 1000:.1f} ms, "
            f"p95 {times[int(len(times) * 0.95)] * 1000:.1f} ms; missed {missed}"
        )
        start = time.perf_counter()
        index.update([next(iter(sample.values()))])
        print(f"one item replaced in {(time.perf_counter() - start) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
