"""Concerns with their answer, and the gazette of last month, at the demo office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.demo.days import at
from gongkai.demo.publishing import draft, release
from gongkai.publishing.gazette.acts import compile_issue, items_of_month
from gongkai.publishing.models import ColumnPage
from gongkai.publishing.services.concerns import link_response, note_concern

ANSWER = (
    "<p>有企业和职工反映，园区二路施工期间出行不便。现将有关情况说明如下。</p>"
    "<h2>施工安排</h2><p>管网改造分三段进行，每段不超过二十天，夜间十点以后不施工。</p>"
    "<h2>绕行路线</h2><p>机动车请走园区一路；公交二号线临时改道，站点见站牌。</p>"
    '<p>政策依据见<a href="https://www.gov.cn/">中国政府网</a>。</p>'
)


def load_concerns(
    park: Organ, users: Mapping[str, User], columns: Mapping[str, ColumnPage], *, now: datetime | None = None
) -> None:
    """One concern answered within its hours, one waiting."""
    today = timezone.localtime(now).replace(hour=10, minute=30, second=0, microsecond=0)
    heard = today - timedelta(days=40)
    with at(heard + timedelta(hours=1)):
        concern = note_concern(
            organ=park, title="园区二路施工期间出行不便", source="热线、网络留言", weight="ordinary", heard_at=heard,
            actor=users["gongkaiban"],
        )  # fmt: skip
    item = draft(
        users, park, columns["huiying"], heard + timedelta(hours=4), title="关于园区二路施工期间出行的说明",
        slug="yuanqu-erlu-shigong", body=ANSWER, topic="城乡建设、环境保护\\城乡建设（含住房）",
    )  # fmt: skip
    release(users, item, heard + timedelta(hours=26))
    link_response(concern=concern, item=item, actor=users["gongkaiban"])
    note_concern(
        organ=park, title="职工公寓冬季供暖时间", source="网络留言", weight="ordinary",
        heard_at=today - timedelta(days=1), actor=users["gongkaiban"],
    )  # fmt: skip


def load_gazette(park: Organ, users: Mapping[str, User], *, now: datetime | None = None) -> None:
    """The gazette of last month, where that month holds an item."""
    last = timezone.localtime(now).replace(day=1) - timedelta(days=1)
    if items_of_month(park, last.year, last.month):
        compile_issue(organ=park, year=last.year, month=last.month, actor=users["gongkaiban"])
