"""Inspection of the office's own site, rectification, and what feeds the yearly assessment (监督保障)."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "gongkai.supervision"
    verbose_name = "监督保障"

    def ready(self) -> None:
        from gongkai.supervision.board.organisation import register_organisation
        from gongkai.supervision.board.own import register_own
        from gongkai.supervision.figures import register_sources

        register_own()
        register_organisation()
        register_sources()
