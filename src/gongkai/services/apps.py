"""Service guides and messages of the public."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "gongkai.services"
    verbose_name = "办事和互动"
