"""Addresses: the back office, our own views, then Wagtail's pages."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from gongkai.portal import page_view
from gongkai.portal.api import api, no_such_address

urlpatterns = [
    path("houtai/", include(wagtailadmin_urls)),
    path("wenjian/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("api/<path:rest>", no_such_address),
    path("", include("gongkai.portal.urls")),
    path("zfxxgk/ysqgk/", include("gongkai.portal.applying.urls")),
    re_path(wagtail_urls.serve_pattern, page_view.serve),
    path("", include(wagtail_urls)),
]
