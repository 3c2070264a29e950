"""Service guides and messages of the public."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "gongkai.services"
    verbose_name = "办事和互动"

    def ready(self) -> None:
        from gongkai.services.messages.open_work import register

        register()
