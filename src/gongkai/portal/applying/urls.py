"""Addresses of the public pages of applications for information. None of them holds anything personal."""

from django.urls import path, register_converter

from gongkai.portal.applying import consulted, entry, filing, progress
from gongkai.portal.applying.forms import STEPS


class StepConverter:
    """The name of a step of the form."""

    regex = "|".join(STEPS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StepConverter, "step")
app_name = "inforequests_public"
urlpatterns = [
    path("", entry.entry, name="entry"),
    path("geren-xinxi/", filing.privacy, name="privacy"),
    path("shenqing/", filing.start, name="start"),
    path("shenqing/yigongkai/", filing.found, name="found"),
    path("shenqing/buyong/", filing.taken, name="taken"),
    path("shenqing/hedui/", filing.review, name="review"),
    path("shenqing/huizhi/", filing.receipt, name="receipt"),
    path("shenqing/qingchu/", filing.clear, name="clear"),
    path("shenqing/yiqingchu/", filing.cleared, name="cleared"),
    path("shenqing/<step:slug>/", filing.step, name="step"),
    path("chaxun/", progress.look_up, name="look_up"),
    path("chaxun/jindu/", progress.progress, name="progress"),
    path("chaxun/tuichu/", progress.leave, name="leave"),
    path("chaxun/buzheng/", progress.correct, name="correct"),
    path("chaxun/liyou/", progress.give_reason, name="give_reason"),
    path("chaxun/chehui/", progress.withdraw, name="withdraw"),
    path("chaxun/wenshu/<int:pk>.<str:form>", progress.letter, name="letter"),
    path("chaxun/wenjian/<int:pk>/", progress.released_file, name="released_file"),
    path("zhengqiu/<str:token>/", consulted.answer, name="consulted"),
]
