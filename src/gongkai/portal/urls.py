"""Public addresses outside Wagtail's page tree."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from gongkai.portal import calculators, feeds, normative, views

app_name = "portal"
urlpatterns = [
    path("sousuo/", views.search, name="search"),
    path("rss/<int:pk>.xml", feeds.ColumnFeed(), name="rss"),
    path("atom/<int:pk>.xml", feeds.ColumnAtom(), name="atom"),
    path("sitemap.xml", sitemap, {"sitemaps": feeds.SITEMAPS}, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("ditu/", views.site_map, name="site_map"),
    path("changzhe/", views.elder_mode, name="elder_mode"),
    path("zfxxgk/ysqgk/jisuan/", calculators.calculators, name="calculators"),
    path("zfxxgk/nianbao/", views.annual_reports, name="annual_reports"),
    path("zfxxgk/nianbao/<int:year>/", views.annual_report, name="annual_report"),
    path("zfxxgk/nianbao/<str:organ_code>/<int:year>/", views.annual_report, name="unit_annual_report"),
    path("zfxxgk/nianbao/wenjian/<int:pk>/<str:name>", views.annual_report_file, name="annual_report_file"),
    path("zfxxgk/guifan/", normative.library, name="normative_library"),
    path("zfxxgk/guifan/<int:pk>/<str:form>", normative.paper, name="normative_paper"),
    path("zfxxgk/zhengqiu/", normative.consultations, name="consultations"),
    path("zfxxgk/zhengqiu/<int:pk>/", normative.opine, name="consultation"),
    path("zfxxgk/zhengqiu/<int:pk>/huizhi/<str:number>/", normative.receipt, name="opinion_receipt"),
]
