"""A site of many items for the benches, in a folder of its own: ``prepare`` before Django is used, ``build`` after.

Items are written by bulk SQL. The database refuses live items without a release grant, so the triggers are taken away for
that moment and put back.
"""

from __future__ import annotations

import os
import random
import shutil
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_WORDS = (
    "园区 企业 安全 生产 环保 督察 整改 道路 保洁 服务 合同 公示 通知 关于 加强 管理 惠企 政策 补贴 资金 稳岗 返还 社会 保险 "
    "危险 化学品 监测 数据 污水 处理 招商 引资 项目 审批 许可 处罚 决定 年度 报告 信息 公开 申请 答复 应急 物资 储备 消防 演练"
)
WORDS = _WORDS.split()
SECTIONS, COLUMNS_EACH, PARAGRAPHS, WORDS_EACH = 5, 6, 6, 45
FIRST_DAY, DAYS = datetime(2016, 1, 4, 1, tzinfo=UTC), 3800
STEP = 4


def prepare(folder: Path) -> None:
    """An empty data folder, and Django set up on it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["GONGKAI_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.settings.dev"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def build(count: int) -> Any:
    """A portal with 30 columns in 5 sections and so many live items; gives its organ."""
    from django.conf import settings
    from django.db import connection, transaction
    from tests import factories

    from gongkai.portal import listing
    from gongkai.publishing import triggers

    settings.BAKE_AT_PUBLICATION = False
    organ = factories.organ(name="示例园区管理委员会")
    factories.portal_site(organ)
    columns = _columns()
    prototype = factories.draft_item(column=columns[0], organ=organ, source=organ.name, topic="综合政务")
    begun = time.perf_counter()
    triggers.drop("default")
    with transaction.atomic():
        _insert(connection, prototype, columns, count)
        listing.relist()
    triggers.install("default")
    settings.BAKE_AT_PUBLICATION = True
    print(f"{count} items in {time.perf_counter() - begun:.0f} s")
    return organ


def _columns() -> list[Any]:
    from wagtail.models import Site

    from gongkai.publishing.models import ColumnPage, HomePage

    site = Site.objects.get(is_default_site=True)
    old = site.root_page
    home = HomePage(title="首页", slug="portal")
    old.get_root().add_child(instance=home)
    site.root_page = home
    site.save()
    made = []
    for section in range(SECTIONS):
        above = home.add_child(instance=_column(f"第{section + 1}专区", f"zhuanqu-{section}"))
        made += [
            above.add_child(instance=_column(f"第{section + 1}专区栏目{n + 1}", f"lanmu-{n}"))
            for n in range(COLUMNS_EACH)
        ]
    return list(ColumnPage.objects.filter(pk__in=[column.pk for column in made]).order_by("path"))


def _column(title: str, slug: str) -> Any:
    from gongkai.publishing.models import ColumnPage

    return ColumnPage(
        title=title, slug=slug, column_type="工作动态", description=f"{title}的信息", keywords=title
    )


def text(chance: random.Random) -> str:
    """A body of about 2,000 characters in six paragraphs, as long as a usual notice."""
    return "".join(f"<p>{''.join(chance.choices(WORDS, k=WORDS_EACH * 3))}。</p>" for _ in range(PARAGRAPHS))


def _insert(connection: Any, prototype: Any, columns: list[Any], count: int) -> None:
    """Copies of the draft's two rows, with what differs."""
    chance = random.Random(11)
    with connection.cursor() as cursor:
        page = _row(cursor, "wagtailcore_page", "id", prototype.pk)
        item = _row(cursor, "publishing_itempage", "page_ptr_id", prototype.pk)
        pages, items = [], []
        below = dict.fromkeys((column.pk for column in columns), 1)
        for number in range(count):
            column = columns[number % len(columns)]
            below[column.pk] += 1
            pk, slug = prototype.pk + 1 + number, f"x-{number}"
            moment = FIRST_DAY + timedelta(days=DAYS * number / count, minutes=number % 400)
            when = moment.strftime("%Y-%m-%d %H:%M:%S")
            title = "".join(chance.choices(WORDS, k=9))
            pages.append({
                **page, "id": pk, "path": column.path + _step(below[column.pk]), "slug": slug, "title": title,
                "draft_title": title, "url_path": f"{column.url_path}{slug}/", "live": 1, "latest_revision_id": None,
                "translation_key": uuid.UUID(int=number + 1).hex, "has_unpublished_changes": 0,
                "last_published_at": when, "first_published_at": when,
            })  # fmt: skip
            items.append({
                **item, "page_ptr_id": pk, "published_at": when, "body": text(chance),
                "index_number": f"{column.pk}/{moment.year}-{number:06d}", "keywords": title[:8],
            })  # fmt: skip
        _write(cursor, "wagtailcore_page", pages)
        _write(cursor, "publishing_itempage", items)
        for column in columns:
            cursor.execute(
                "UPDATE wagtailcore_page SET numchild = %s WHERE id = %s", [below[column.pk], column.pk]
            )


def _step(number: int) -> str:
    """A step of a tree path: four characters of base 36."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits.rjust(STEP, "0")


def _row(cursor: Any, table: str, key: str, pk: int) -> dict[str, Any]:
    cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [pk])
    return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def _write(cursor: Any, table: str, rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])
    places = ", ".join(["%s"] * len(names))
    cursor.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})",
        [tuple(row[name] for name in names) for row in rows],
    )
