"""The monthly gazettes as the public reads them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.shell import download
from gongkai.portal import labels as page_labels
from gongkai.portal.models import PortalSettings
from gongkai.publishing.gazette.acts import shown_issues

COLUMN = {
    "name": "月度公报",
    "description": "本机关每月发布的信息汇编成册，可以下载、打印。",
    "keywords": "公报,月度公报",
    "column_type": "政策文件",
}


@require_GET
def gazettes(request: HttpRequest) -> HttpResponse:
    """Every issue, the newest first."""
    site = PortalSettings.for_request(request)
    return render(
        request,
        "portal/gazettes.html",
        {
            "title": COLUMN["name"],
            "labels": page_labels.column_labels(site, **COLUMN),
            "issues": [(issue, issue.file.size) for issue in shown_issues(site.organ_id)],
        },
    )


@require_GET
def gazette(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The file of an issue, as it was compiled."""
    site = PortalSettings.for_request(request)
    issues = shown_issues(site.organ_id)
    issue = next((one for one in issues if (one.year, one.month) == (year, month)), None)
    if issue is None:
        raise Http404
    with issue.file.open("rb") as stream:
        response = download(stream.read(), f"{issue}.pdf", "application/pdf")
    response["ETag"] = f'"{issue.digest}"'
    return response
