"""Service guides as the public reads them: the list by audience, one guide, its forms to download."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.shell import download
from gongkai.portal import labels as page_labels
from gongkai.portal.models import PortalSettings
from gongkai.services.guides.models import Guide, GuideVersion
from gongkai.services.guides.selectors import published_guide, published_guides

COLUMN = {
    "name": "办事指南",
    "description": "在本机关办事的设定依据、申请条件、办理材料、地点、时间、电话和流程，表格可以下载。",
    "keywords": "办事指南,办理材料,办理流程,表格下载",
    "column_type": "办事服务",
}
FILE_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def grouped(guides: list[Guide]) -> list[tuple[str, list[Guide]]]:
    """Guides under whom they are for; one for both stands under each."""
    kinds = GuideVersion.Audience
    found = []
    for kind, label in ((kinds.PERSON, "个人办事"), (kinds.ENTERPRISE, "企业和其他组织办事")):
        of_kind = [one for one in guides if one.live is not None and one.live.audience in {kind, kinds.BOTH}]
        if of_kind:
            found.append((label, sorted(of_kind, key=lambda one: one.live.name if one.live else "")))
    return found


@require_GET
def guides(request: HttpRequest) -> HttpResponse:
    """Every guide of this portal's organ."""
    site = PortalSettings.for_request(request)
    found = published_guides(site.organ_id)
    return render(
        request,
        "portal/services/guides.html",
        {
            "title": COLUMN["name"],
            "labels": page_labels.column_labels(site, **COLUMN),
            "groups": grouped(found),
            "count": len(found),
        },
    )


def _guide(request: HttpRequest, pk: int) -> tuple[PortalSettings, Guide, GuideVersion]:
    site = PortalSettings.for_request(request)
    found = published_guide(site.organ_id, pk)
    if found is None or found.live is None:
        raise Http404
    return site, found, found.live


@require_GET
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """One guide: the eight elements, times, fee, forms."""
    site, found, version = _guide(request, pk)
    assert version.published_at is not None  # a live version has its moment
    return render(
        request,
        "portal/services/guide.html",
        {
            "title": version.name,
            "labels": page_labels.article_labels(
                page_labels.column_labels(site, **COLUMN),
                title=version.name,
                published_at=version.published_at,
                source=found.organ.name,
                url=request.build_absolute_uri(request.path),
                keywords=COLUMN["keywords"],
                description=f"{version.name}的办理条件、材料、地点、时间、电话和流程。",
            ),
            "guide": found,
            "version": version,
            "files": list(version.files.all()),
        },
    )


@require_GET
def guide_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A form or a sample of the version that is published."""
    _, _, version = _guide(request, pk)
    stored = next((one for one in version.files.all() if one.pk == file), None)
    if stored is None:
        raise Http404
    with stored.file.open("rb") as stream:
        content = stream.read()
    response = download(
        content, stored.download_name, FILE_TYPES.get(stored.suffix, "application/octet-stream")
    )
    response["ETag"] = f'"{stored.digest}"'
    return response
