"""Web-page labels (网页标签) of each page kind.

Source: 《政府网站发展指引》 (国办发〔2017〕47号), the label table; home 3, column 7, content 10 required labels.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from gongkai.portal.models import PortalSettings

Labels = list[tuple[str, str]]


def site_labels(site: PortalSettings) -> Labels:
    """The 3 labels of every page."""
    return [("SiteName", site.site_name), ("SiteDomain", site.domain), ("SiteIDCode", site.site_code)]


def column_labels(
    site: PortalSettings, *, name: str, description: str, keywords: str, column_type: str
) -> Labels:
    """The 7 labels of a column page."""
    return [
        *site_labels(site),
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnKeywords", keywords),
        ("ColumnType", column_type),
    ]


def article_labels(
    column: Labels,
    *,
    title: str,
    published_at: datetime,
    source: str,
    url: str,
    keywords: str = "",
    author: str = "",
    description: str = "",
) -> Labels:
    """The 10 labels of a content page, and those optional ones that have a value (empty ones are faults)."""
    optional = [("Keywords", keywords), ("Author", author), ("Description", description), ("Url", url)]
    return [
        *column,
        ("ArticleTitle", title),
        ("PubDate", timezone.localtime(published_at).strftime("%Y-%m-%d %H:%M")),
        ("ContentSource", source),
        *((name, value) for name, value in optional if value),
    ]
