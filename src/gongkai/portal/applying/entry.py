"""The door of 依申请公开: the column of the portal where the site has one, else a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail.models import Site
from wagtail.views import serve

from gongkai.portal.applying.common import office_of, page
from gongkai.publishing.models import ColumnPage

PATH = "zfxxgk/ysqgk/"


def entry(request: HttpRequest) -> HttpResponse:
    """Wagtail's column draws itself with the same part; without one the part stands alone."""
    site = Site.find_for_request(request)
    if site is not None:
        url_path = f"{site.root_page.url_path}{PATH}"
        if ColumnPage.objects.live().filter(url_path=url_path).exists():
            return serve(request, PATH)
    office = office_of(request)
    return page(request, "entry", "依申请公开", office=office, contact=office.contact)
