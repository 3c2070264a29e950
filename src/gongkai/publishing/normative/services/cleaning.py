"""Clean-up (清理) as one act: results for many documents, the lists and the announcement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.documents.normative import EffectKind
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import Cleanup, ColumnPage, NormativeDocument, NormativeEffect
from gongkai.publishing.normative import access
from gongkai.publishing.normative.services.releasing import draft_item

RESULTS = (EffectKind.CONTINUES, EffectKind.TO_BE_AMENDED, EffectKind.REPEALS, EffectKind.INVALIDATES)
LISTS = {
    EffectKind.CONTINUES: "继续有效的行政规范性文件目录",
    EffectKind.TO_BE_AMENDED: "拟修改的行政规范性文件目录",
    EffectKind.REPEALS: "废止的行政规范性文件目录",
    EffectKind.INVALIDATES: "宣布失效的行政规范性文件目录",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a clean-up found of one document."""

    document: NormativeDocument
    kind: EffectKind
    note: str = ""
    lapses_on: date | None = None


@transaction.atomic
def clean_up(
    *, organ: Organ, title: str, kind: str, basis: str, decided_on: date, meeting: str, column: ColumnPage,
    results: Sequence[Result], actor: User,
) -> Cleanup:  # fmt: skip
    """Decide on many documents at once; the announcement is made as a draft item, and its going live sets the marks.

    Raises:
        NormativeRefused: a document of a regular round is left out, is not in force or another organ's, or one stands twice.
    """
    access.require(actor, "开展文件清理", organ)
    if decided_on > timezone.localdate():
        raise NormativeRefused("决定日期晚于今天，请核对。")
    _check(organ, kind, results)
    item = draft_item(
        column, SimpleNamespace(organ=organ), actor, title=title, body=_lists(organ, basis, meeting, decided_on, results),
        formed_on=decided_on, slug=f"qingli-{organ.code.lower()}-{Cleanup.objects.filter(organ=organ).count() + 1}",
    )  # fmt: skip
    cleanup = Cleanup.objects.create(
        organ=organ, title=title, kind=kind, basis=basis, decided_on=decided_on, meeting=meeting, page=item, decided_by=actor
    )  # fmt: skip
    NormativeEffect.objects.bulk_create(
        NormativeEffect(
            target=one.document, cleanup=cleanup, kind=one.kind, lapses_on=one.lapses_on, note=one.note
        )
        for one in results
    )
    counts = {kind.value: sum(one.kind is kind for one in results) for kind in RESULTS}
    record_event("normative.cleanup", cleanup, actor=actor, organ_code=organ.code, **counts)
    return cleanup


def in_force(organ: Organ) -> Sequence[NormativeDocument]:
    """What a regular round must decide on: everything in force, or about to be."""
    today = timezone.localdate()
    found = NormativeDocument.objects.whole().published().filter(organ=organ).order_by("published_on", "pk")
    return [document for document in found if not document.standing_on(today).is_over]


def _check(organ: Organ, kind: str, results: Sequence[Result]) -> None:
    if not results:
        raise NormativeRefused("请至少对一件文件作出清理决定。")
    named = [one.document.pk for one in results]
    if len(set(named)) != len(named):
        raise NormativeRefused("同一件文件有两个清理结果，请核对。")
    held = {document.pk: document for document in in_force(organ)}
    for one in results:
        if one.document.pk not in held:
            raise NormativeRefused(f"“{one.document.title}”不是本机关现行的文件，不用清理。")
        if one.kind not in RESULTS:
            raise NormativeRefused(f"“{one.document.title}”的清理结果不对。")
        if one.lapses_on is not None and one.lapses_on <= timezone.localdate():
            raise NormativeRefused(f"“{one.document.title}”的修改期限须晚于今天。")
    left_out = [held[pk].title for pk in held if pk not in set(named)]
    if kind == Cleanup.Kind.REGULAR and left_out:
        raise NormativeRefused(
            f"定期清理须对现行的每件文件作出决定，还缺：{'、'.join(left_out[:5])}{'等' if len(left_out) > 5 else ''}。"
            "未列入继续有效目录的文件不得作为行政管理的依据。"
        )


def _lists(organ: Organ, basis: str, meeting: str, decided_on: date, results: Iterable[Result]) -> str:
    """The announcement: one list for each result."""
    found = list(results)
    day = f"{decided_on.year}年{decided_on.month}月{decided_on.day}日"
    parts = [
        f"<p>{escape(organ.name)}根据{escape(basis)}，对行政规范性文件进行了清理，经{day}{escape(meeting)}审议，"
        "现公布清理结果。废止和宣布失效的文件自本公告公布之日起不再作为行政管理的依据。</p>"
    ]
    for kind in RESULTS:
        chosen = [one for one in found if one.kind is kind]
        if chosen:
            lines = "".join(f"<li>{escape(_line(one))}</li>" for one in chosen)
            parts.append(f"<h2>{LISTS[kind]}（{len(chosen)}件）</h2><ol>{lines}</ol>")
    return "".join(parts)


def _line(one: Result) -> str:
    by = one.lapses_on
    due = f"，{by.year}年{by.month}月{by.day}日前未修改的即行失效" if by else ""
    return f"{one.document.title}（{one.document.document_number}）{due}"
