"""Drafts of publications that other apps ask for: made in the organ's own site, never live."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Site

from gongkai.agencies.models import Organ
from gongkai.inforequests.services.converting import Drafted, NoPlaceForDrafts, PublicationDraft
from gongkai.portal.models import PortalSettings
from gongkai.publishing.models import ColumnPage, ColumnType, ItemPage

TO_DO = "（草稿：请补充正文，核对标题、分类和附件，审核后发布。）"


def draft_item(organ: Organ, draft: PublicationDraft) -> Drafted:
    """Put a draft item into the catalogue column of the organ's site, for an editor to finish."""
    column = _column(_site(organ))
    lines = [TO_DO, *draft.given]
    if draft.file_names:
        lines.append(
            f"附件（发布前从申请 {draft.request_number} 的答复文件中上传）：{'、'.join(draft.file_names)}"
        )
    item = ItemPage(
        title=draft.title,
        organ=organ,
        source=organ.name,
        summary=draft.title[:300],
        keywords=draft.title[:200],
        body="".join(f"<p>{escape(line)}</p>" for line in lines),
        live=False,
    )
    column.add_child(instance=item)
    item.save_revision()
    return Drafted(reverse("wagtailadmin_pages:edit", args=[item.pk]), column.title)


def _site(organ: Organ) -> Site:
    """The site that the organ, or the nearest organ above it, runs."""
    above = {other.pk: other.depth for other in (organ, *organ.get_ancestors())}
    settings = [one for one in PortalSettings.objects.select_related("site") if one.organ_id in above]
    if not settings:
        raise NoPlaceForDrafts(
            f"{organ.name}还没有自己的门户站点，请先在“设置”中把站点的主办机关设为本机关。"
        )
    return max(settings, key=lambda one: above[one.organ_id]).site


def _column(site: Site) -> ColumnPage:
    """The innermost catalogue column, 法定主动公开内容 before 政府信息公开; else the first column."""
    columns = ColumnPage.objects.descendant_of(site.root_page)
    chosen = (
        columns.filter(column_type=ColumnType.CATALOGUE).order_by(F("depth").desc(), "path").first()
        or columns.order_by("path").first()
    )
    if chosen is None:
        raise NoPlaceForDrafts(f"站点“{site.site_name or site.hostname}”还没有栏目，请先建立栏目。")
    return chosen
