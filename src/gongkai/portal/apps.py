"""What the public sees."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from gongkai.inforequests.services.converting import register_drafter
        from gongkai.portal.drafting import draft_item

        register_drafter(draft_item)
        self._watch_items()
        self._give_editors_their_site()

    def _watch_items(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import post_page_move

        from gongkai.portal.indexing import note_change
        from gongkai.publishing.models import ItemPage
        from gongkai.publishing.signals import public_facts_changed

        def noted(sender: object, instance: ItemPage, **_: object) -> None:
            if isinstance(instance, ItemPage):
                note_change(instance)

        for number, signal in enumerate((post_save, post_delete, post_page_move)):
            signal.connect(noted, sender=ItemPage, dispatch_uid=f"gongkai.search.{number}", weak=False)

        def said(item: ItemPage, **_: object) -> None:
            note_change(item)

        public_facts_changed.connect(said, dispatch_uid="gongkai.search.facts", weak=False)

    def _give_editors_their_site(self) -> None:
        from django.db.models.signals import post_save

        from gongkai.publishing.services import sync_editors

        def settled(instance: object, raw: bool = False, **_: object) -> None:
            if not raw and instance.organ is not None:
                sync_editors(instance.organ, instance.site.root_page)

        post_save.connect(settled, sender="portal.PortalSettings", dispatch_uid="gongkai.editors", weak=False)
