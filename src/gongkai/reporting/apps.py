"""The statutory annual report."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "gongkai.reporting"
    verbose_name = "年度报告"

    def ready(self) -> None:
        from gongkai.reporting import sources  # noqa: F401  (registers the figures of the ledgers)
