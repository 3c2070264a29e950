"""Public pages that are not Wagtail pages: search, annual reports, site map, elder mode, errors."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from gongkai.portal import labels as page_labels
from gongkai.portal.context import ELDER_COOKIE
from gongkai.portal.models import PortalSettings
from gongkai.portal.searching import ItemsFound
from gongkai.portal.suggesting import related_words, titles_like
from gongkai.publishing.models import CatalogueEdition
from gongkai.reporting import presentation, selectors
from gongkai.reporting.models import ReportFile
from gongkai.services.guides.selectors import guides_matching, published_guides
from gongkai.services.messages.selectors import matching_shown, shown_messages

QUERY_MAX_CHARACTERS = 60
FACET_VALUES = 8
OTHERS = 20  # guides and answers beside the items found
NARROWED = {"lanmu": "column", "nian": "year", "zhuti": "topic", "xiaoli": "validity"}
NARROWED_LABELS = {"lanmu": "栏目", "nian": "年份", "zhuti": "主题", "xiaoli": "效力"}
YEAR_SECONDS = 365 * 24 * 3600
REPORT_COLUMN = {
    "name": "政府信息公开年报",
    "description": "本机关历年政府信息公开工作年度报告，可在线阅读、下载。",
    "keywords": "政府信息公开,年度报告,年报",
    "column_type": "信息公开年报",
}
CATALOGUE_COLUMN = {
    "name": "主动公开基本目录",
    "description": "本机关主动公开的事项、内容、依据、时限、主体和渠道。",
    "keywords": "主动公开,基本目录",
    "column_type": "信息公开目录",
}
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Items and annual reports whose title, number or text holds the words as typed."""
    query = request.GET.get("q", "").strip()[:QUERY_MAX_CHARACTERS]
    narrowed = {name: request.GET.get(name, "")[:80] for name in NARROWED}
    order = "date" if request.GET.get("paixu") == "shijian" else "relevance"
    matching = ItemsFound(
        query, narrowed={NARROWED[name]: value for name, value in narrowed.items()}, order=order
    )
    found = Paginator(matching, 20).get_page(request.GET.get("ye"))
    plain = bool(query) and not any(narrowed.values())
    organ = PortalSettings.for_request(request).organ_id
    reports = selectors.published_reports_matching(query) if plain else []
    return render(
        request,
        "portal/search.html",
        {
            "query": query,
            "found": found,
            "reports": reports,
            "guides": guides_matching(published_guides(organ), query)[:OTHERS] if plain else [],
            "answers": matching_shown(shown_messages(organ), query)[:OTHERS] if plain else [],
            "related": related_words(query) if plain else [],
            "title": "搜索",
            "order": order,
            "narrowed": any(narrowed.values()),
            "facets": [
                (
                    NARROWED_LABELS[name],
                    _choices(request, name, value, matching.facets.get(NARROWED[name], [])),
                )
                for name, value in narrowed.items()
            ],
        },
    )


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that hold what is typed so far, for the search box (JSON); nothing for a single Latin letter."""
    query = request.GET.get("q", "").strip()[:QUERY_MAX_CHARACTERS]
    response = JsonResponse({"titles": titles_like(query)}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def _choices(
    request: HttpRequest, name: str, chosen: str, counted: list[tuple[str, int]]
) -> list[dict[str, Any]]:
    """Values to narrow by, each with the address that does it; the chosen one's address undoes it."""
    found = []
    for value, count in counted[:FACET_VALUES]:
        given = request.GET.copy()
        given.pop("ye", None)
        given[name] = "" if value == chosen else value
        kept = urlencode({key: given[key] for key in given if given[key]})
        found.append({"value": value, "count": count, "url": f"?{kept}", "chosen": value == chosen})
    return found


@require_GET
def annual_reports(request: HttpRequest) -> HttpResponse:
    """The list of published annual reports: this organ's first, its units' after."""
    site = PortalSettings.for_request(request)
    reports = selectors.published_reports()
    own = [report for report in reports if report.organ_id == site.organ_id]
    others = [report for report in reports if report.organ_id != site.organ_id]
    return render(
        request,
        "portal/annual_reports.html",
        {
            "title": REPORT_COLUMN["name"],
            "labels": page_labels.column_labels(site, **REPORT_COLUMN),
            "own": own,
            "others": others,
        },
    )


@require_GET
def annual_report(request: HttpRequest, year: int, organ_code: str = "") -> HttpResponse:
    """One published report, its tables as in the form."""
    site = PortalSettings.for_request(request)
    code = organ_code or (site.organ.code if site.organ else "")
    report = selectors.published_report(code, year)
    if report is None:
        raise Http404
    labels = page_labels.article_labels(
        page_labels.column_labels(site, **REPORT_COLUMN),
        title=report.title,
        published_at=report.published_at,
        source=report.organ.name,
        url=request.build_absolute_uri(request.path),
        keywords=REPORT_COLUMN["keywords"],
    )
    return render(
        request,
        "portal/annual_report.html",
        {
            "title": report.title,
            "labels": labels,
            "report": report,
            "document": presentation.published_document(report),
            "versions": selectors.versions_of(report),
        },
    )


@require_GET
def annual_report_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Download a published file, byte for byte as frozen."""
    stored = get_object_or_404(
        ReportFile.objects.select_related("report__organ"),
        pk=pk,
        report__state__in=("published", "superseded"),
    )
    if name != presentation.file_name(stored):
        raise Http404
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=CONTENT_TYPES[stored.format],
    )
    response["ETag"] = f'"{stored.digest}"'
    return response


@require_GET
def catalogue(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """What the organ publishes of its own accord (主动公开基本目录): the edition in force, or an earlier one."""
    site = PortalSettings.for_request(request)
    editions = CatalogueEdition.objects.filter(organ=site.organ).exclude(state="draft")
    chosen = editions.filter(number=number) if number is not None else editions.filter(state="in_force")
    edition = chosen.first()
    if edition is None and number is not None:
        raise Http404
    entries = edition.entries.select_related("column", "department") if edition else []
    return render(
        request,
        "portal/catalogue.html",
        {
            "title": str(edition) if edition else "主动公开基本目录",
            "labels": page_labels.column_labels(site, **CATALOGUE_COLUMN),
            "edition": edition,
            "editions": editions.order_by("-number"),
            "entries": entries,
        },
    )


@require_GET
def site_map(request: HttpRequest) -> HttpResponse:
    """Every column, under its own of the first level."""
    return render(request, "portal/site_map.html", {"title": "网站地图"})


@require_GET
def elder_mode(request: HttpRequest) -> HttpResponse:
    """Turn the elder mode on or off and go back where the reader was; works without JavaScript."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.COOKIES.get(ELDER_COOKIE) == "1":
        response.delete_cookie(ELDER_COOKIE)
    else:
        response.set_cookie(ELDER_COOKIE, "1", max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was left open too long, or that was sent after signing in again elsewhere."""
    back = urlsplit(request.headers.get("referer", "")).path or "/"
    context = {
        "title": "页面已过期",
        "message": "页面停留时间过长、已在别处重新登录，或浏览器未启用 Cookie，这次提交没有被接受，也没有改动任何数据。"
        "请回到刚才的页面重新提交；在办公后台填写的文字保留在本窗口中，回去后可以恢复。",
        "back_url": back if back.startswith("/") and not back.startswith("//") else "/",
        "back_label": "回到刚才的页面",
    }
    return render(request, "portal/message.html", context, status=403)
