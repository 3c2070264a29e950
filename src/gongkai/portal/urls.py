"""Public addresses outside Wagtail's page tree."""

from django.urls import path

from gongkai.portal import (
    calculators,
    faults,
    feeds,
    gazettes,
    guides,
    leaving,
    normative,
    public_messages,
    views,
)
from gongkai.portal.opendata import views as opendata
from gongkai.portal.subscribing import views as subscribing

app_name = "portal"
urlpatterns = [
    path("sousuo/", views.search, name="search"),
    path("sousuo/tishi/", views.suggestions, name="suggestions"),
    path("rss/<int:pk>.xml", feeds.column_feed, {"kind": "rss"}, name="rss"),
    path("atom/<int:pk>.xml", feeds.column_feed, {"kind": "atom"}, name="atom"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap/lanmu.xml", feeds.sitemap_of_columns, name="sitemap_of_columns"),
    path("sitemap/xinxi-<int:piece>.xml", feeds.sitemap_of_items, name="sitemap_of_items"),
    path("robots.txt", feeds.robots, name="robots"),
    path("zfxxgk/gongbao/", gazettes.gazettes, name="gazettes"),
    path("zfxxgk/gongbao/<int:year>/<int:month>/", gazettes.gazette, name="gazette"),
    path("likai/", leaving.notice, name="leaving"),
    path("dingyue/", subscribing.subscribe, name="subscribe"),
    path("dingyue/queren/<str:token>/", subscribing.confirm, name="subscribe_confirm"),
    path("dingyue/tuiding/<str:token>/", subscribing.leave, name="subscribe_leave"),
    path("ditu/", views.site_map, name="site_map"),
    path("kaifang/", opendata.index, name="open_data"),
    path("kaifang/<str:name>.<str:form>", opendata.file, name="open_data_file"),
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
    path("fuwu/zhinan/", guides.guides, name="guides"),
    path("fuwu/zhinan/<int:pk>/", guides.guide, name="guide"),
    path("fuwu/zhinan/<int:pk>/biaoge/<int:file>/", guides.guide_file, name="guide_file"),
    path("hudong/liuyan/", public_messages.messages, name="messages"),
    path("hudong/liuyan/<int:pk>/", public_messages.message, name="message"),
    path("hudong/liuyan/tongji/", public_messages.figures, name="message_figures"),
    path("hudong/liuyan/xie/", public_messages.write, name="message_write"),
    path("hudong/liuyan/huizhi/", public_messages.receipt, name="message_receipt"),
    path("hudong/liuyan/chaxun/", public_messages.look_up, name="message_look_up"),
    path("zfxxgk/zhengqiu/", normative.consultations, name="consultations"),
    path("zfxxgk/zhengqiu/<int:pk>/", normative.opine, name="consultation"),
    path("zfxxgk/zhengqiu/<int:pk>/huizhi/<str:number>/", normative.receipt, name="opinion_receipt"),
]
