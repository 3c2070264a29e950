"""Back-office addresses of supervision, mounted under Wagtail's admin."""

from django.urls import path

from gongkai.supervision.views import board, inspections, rectifications, scorecards, tickets

app_name = "supervision"
urlpatterns = [
    path("kanban/", board.today, name="board"),
    path("kanban/zhoubao.pdf", board.brief, name="brief"),
    path("kanban/<slug:key>/", board.records, name="board_records"),
    path("xuncha/", inspections.runs, name="runs"),
    path("xuncha/faqi/", inspections.start, name="start"),
    path("xuncha/huifang/", inspections.replay, name="replay"),
    path("xuncha/<int:pk>/", inspections.run, name="run"),
    path("xuncha/<int:pk>/zhengju.json", inspections.evidence_file, name="evidence"),
    path("xuncha/liucun/<int:pk>/", inspections.copy, name="copy"),
    path("xuncha/wenti/<int:pk>/heshi/", inspections.rule, name="rule"),
    path("xuncha/wenti/<int:pk>/zhenggai/", rectifications.issue_for, name="issue_for"),
    path("zhenggai/", rectifications.listing, name="rectifications"),
    path("zhenggai/xiafa/", rectifications.issue, name="issue"),
    path("zhenggai/yuanyin/", rectifications.causes, name="causes"),
    path("zhenggai/<int:pk>/", rectifications.detail, name="rectification"),
    path("zhenggai/<int:pk>/fankui/", rectifications.report, name="report"),
    path("zhenggai/<int:pk>/fucha/", rectifications.recheck, name="recheck"),
    path("zhenggai/<int:pk>/tongzhi.pdf", rectifications.letter, name="letter"),
    path("zhaocuo/", tickets.listing, name="tickets"),
    path("zhaocuo/dengji/", tickets.enter, name="enter_ticket"),
    path("zhaocuo/<int:pk>/", tickets.detail, name="ticket"),
    path("zhaocuo/<int:pk>/dafu/", tickets.answer, name="answer_ticket"),
    path("zhaocuo/<int:pk>/zhenggai/", tickets.rectify, name="rectify_ticket"),
    path("zhaocuo/<int:pk>/banjie/", tickets.close, name="close_ticket"),
    path("kaohe/", scorecards.listing, name="scorecards"),
    path("kaohe/bianzhi/", scorecards.make, name="make_card"),
    path("kaohe/<int:pk>/", scorecards.detail, name="scorecard"),
    path("kaohe/<int:pk>/gongbu/", scorecards.publish, name="publish_card"),
    path("kaohe/<int:pk>/daochu.xlsx", scorecards.export, name="export_card"),
    path("kaohe/defen/<int:pk>/", scorecards.enter, name="enter_line"),
    path("kaohe/defen/<int:pk>/shensu/", scorecards.appeal, name="appeal"),
    path("kaohe/shensu/<int:pk>/", scorecards.decide, name="decide_appeal"),
]
