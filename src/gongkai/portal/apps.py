"""What the public sees."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from gongkai.inforequests.services.converting import register_drafter
        from gongkai.portal.drafting import draft_item

        register_drafter(draft_item)
