"""The app of 依申请公开."""

from django.apps import AppConfig


class InfoRequestsConfig(AppConfig):
    name = "gongkai.inforequests"
    label = "inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from gongkai.inforequests.figures import register_sources

        register_sources()

        from gongkai.inforequests.open_work import register as register_open_work

        register_open_work()
