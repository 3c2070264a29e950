"""What the public sees."""

from typing import Any

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from gongkai.inforequests.services.converting import register_drafter
        from gongkai.portal.drafting import draft_item

        register_drafter(draft_item)
        self._tell_inspections()
        self._watch_items()
        self._watch_the_rest()
        self._give_editors_their_site()
        self._keep_old_addresses()

    def _keep_old_addresses(self) -> None:
        from wagtail.signals import page_slug_changed, post_page_move

        from gongkai.portal import former

        post_page_move.connect(former.note_move, dispatch_uid="gongkai.former.move")
        page_slug_changed.connect(former.note_new_slug, dispatch_uid="gongkai.former.slug")

    def _tell_inspections(self) -> None:
        from gongkai.portal.boarding import register_board
        from gongkai.portal.inspecting import message_register, office_register
        from gongkai.portal.scoring import register_measures
        from gongkai.supervision.registers import register_messages, register_site

        register_site(office_register)
        register_messages(message_register)
        register_measures()
        register_board()

    def _watch_items(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import post_page_move

        from gongkai.portal import indexing, leaving, listing
        from gongkai.portal.baking import queue
        from gongkai.publishing.models import ItemPage

        def noted(signal: Any, instance: ItemPage, raw: bool = False, **given: Any) -> None:
            if not isinstance(instance, ItemPage) or raw:
                return
            indexing.note_change(instance)
            if queue.is_bookkeeping(given.get("update_fields")):
                return
            queue.note_item(instance)
            if signal is post_delete:
                listing.drop(instance.pk)
                leaving.drop(instance.pk)
            else:
                listing.sync(instance)
                leaving.sync(instance)

        for number, signal in enumerate((post_save, post_delete, post_page_move)):
            signal.connect(noted, sender=ItemPage, dispatch_uid=f"gongkai.items.{number}", weak=False)

    def _watch_the_rest(self) -> None:
        """Columns with everything below them; and what stands on many pages at once."""
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import post_page_move

        from gongkai.portal import indexing, listing
        from gongkai.portal.baking import queue
        from gongkai.portal.shared import renew
        from gongkai.publishing.models import ColumnPage
        from gongkai.publishing.signals import public_facts_changed
        from gongkai.services.signals import shown_changed

        def column(signal: Any, instance: Any, raw: bool = False, **given: Any) -> None:
            if raw:
                renew()
            if raw or queue.is_bookkeeping(given.get("update_fields")):
                return
            renew()
            if signal is post_page_move:
                listing.relist(instance.path)
                indexing.note_branch(instance.path)
            queue.note_column(instance)

        def fixed(raw: bool = False, **_: Any) -> None:
            if not raw:
                queue.note_fixed()

        def report(instance: Any, raw: bool = False, **_: Any) -> None:
            if not raw and instance.state in {"published", "superseded"}:
                queue.note_fixed()

        def site(raw: bool = False, **_: Any) -> None:
            renew()
            if not raw:
                queue.note_site()

        def restriction(instance: Any, raw: bool = False, **_: Any) -> None:
            site(raw=raw)
            if not raw:
                listing.relist(instance.page.path)
                indexing.note_branch(instance.page.path)

        def organ(created: bool = False, raw: bool = False, **_: Any) -> None:
            if not created:  # its name stands on its items and reports
                site(raw=raw)

        def catalogue(instance: Any, raw: bool = False, **_: Any) -> None:
            if not raw and instance.state != "draft":
                queue.note_fixed()

        watched = [
            (catalogue, "publishing.CatalogueEdition", (post_save,)),
            (organ, "agencies.Organ", (post_save,)),
            (column, ColumnPage, (post_save, post_delete, post_page_move)),
            (fixed, "publishing.HomePage", (post_save,)),
            (fixed, "publishing.GazetteIssue", (post_save,)),
            (report, "reporting.AnnualReport", (post_save, post_delete)),
            (fixed, "inforequests.OfficeProfile", (post_save, post_delete)),
            (site, "portal.PortalSettings", (post_save,)),
            (site, "wagtailcore.Site", (post_save, post_delete)),
            (restriction, "wagtailcore.PageViewRestriction", (post_save, post_delete)),
        ]
        for act, sender, signals in watched:
            for number, signal in enumerate(signals):
                signal.connect(act, sender=sender, dispatch_uid=f"gongkai.bake.{sender}.{number}", weak=False)

        def said(item: Any, **_: object) -> None:
            indexing.note_change(item)
            queue.note_item(item)

        def shown(kind: str, number: int, **_: object) -> None:
            queue.note_part(kind, number)

        shown_changed.connect(shown, dispatch_uid="gongkai.bake.services", weak=False)
        public_facts_changed.connect(said, dispatch_uid="gongkai.search.facts", weak=False)

    def _give_editors_their_site(self) -> None:
        from django.db.models.signals import post_save

        from gongkai.publishing.services import sync_editors

        def settled(instance: object, raw: bool = False, **_: object) -> None:
            if not raw and instance.organ is not None:
                sync_editors(instance.organ, instance.site.root_page)

        post_save.connect(settled, sender="portal.PortalSettings", dispatch_uid="gongkai.editors", weak=False)
