"""Public addresses outside Wagtail's page tree."""

from django.urls import path

from gongkai.portal import calculators, faults, feeds, normative, views

app_name = "portal"
urlpatterns = [
    path("sousuo/", views.search, name="search"),
    path("rss/<int:pk>.xml", feeds.column_feed, {"kind": "rss"}, name="rss"),
    path("atom/<int:pk>.xml", feeds.column_feed, {"kind": "atom"}, name="atom"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap/lanmu.xml", feeds.sitemap_of_columns, name="sitemap_of_columns"),
    path("sitemap/xinxi-<int:piece>.xml", feeds.sitemap_of_items, name="sitemap_of_items"),
    path("robots.txt", feeds.robots, name="robots"),
    path("ditu/", views.site_map, name="site_map"),
    path("zhaocuo/", faults.report, name="fault"),
    path("zhaocuo/<str:number>/", faults.ticket, name="fault_ticket"),
    path("changzhe/", views.elder_mode, name="elder_mode"),
    path("zfxxgk/ysqgk/jisuan/", calculators.calculators, name="calculators"),
    path("zfxxgk/mulu/", views.catalogue, name="catalogue"),
    path("zfxxgk/mulu/<int:number>/", views.catalogue, name="catalogue_edition"),
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
