"""Columns and items of proactive disclosure, and the gate before them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_migrate, pre_save


class PublishingConfig(AppConfig):
    name = "gongkai.publishing"
    verbose_name = "信息发布"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished, pre_page_move

        from gongkai.publishing import guards, indexes, shown_files, triggers
        from gongkai.publishing.calendar_sources import register_calendar
        from gongkai.publishing.figures import register_sources
        from gongkai.publishing.models import ItemPage

        register_sources()
        register_calendar()

        from gongkai.publishing.open_work import register as register_open_work

        register_open_work()
        pre_migrate.connect(triggers.before_migrate, dispatch_uid="gongkai.publishing.drop")
        post_migrate.connect(triggers.after_migrate, dispatch_uid="gongkai.publishing.install")
        post_migrate.connect(indexes.after_migrate, dispatch_uid="gongkai.publishing.indexes")
        pre_page_move.connect(
            guards.refuse_move_of_live, sender=ItemPage, dispatch_uid="gongkai.publishing.move"
        )
        page_published.connect(guards.note_live, sender=ItemPage, dispatch_uid="gongkai.publishing.live")
        page_unpublished.connect(guards.note_off, sender=ItemPage, dispatch_uid="gongkai.publishing.off")
        page_published.connect(
            shown_files.note_live, sender=ItemPage, dispatch_uid="gongkai.publishing.files"
        )
        page_unpublished.connect(
            shown_files.note_off, sender=ItemPage, dispatch_uid="gongkai.publishing.nofiles"
        )
        post_migrate.connect(shown_files.after_migrate, dispatch_uid="gongkai.publishing.fill_files")
        pre_save.connect(
            guards.refuse_schedule, sender="wagtailcore.Revision", dispatch_uid="gongkai.publishing.when"
        )
        post_save.connect(
            guards.proofread_saved, sender="wagtailcore.Revision", dispatch_uid="gongkai.publishing.proof"
        )
        for kind in ("wagtaildocs.Document", "wagtailimages.Image"):
            pre_save.connect(guards.refuse_swap, sender=kind, dispatch_uid=f"gongkai.publishing.swap.{kind}")

        from gongkai.integrations.signals import article_moved, given_up
        from gongkai.publishing.services import channels

        article_moved.connect(channels.note_moved, dispatch_uid="gongkai.publishing.article")
        given_up.connect(channels.note_given_up, dispatch_uid="gongkai.publishing.given_up")

        from gongkai.publishing.normative.figures import register_sources

        register_sources()
        post_save.connect(
            guards.follow_roles, sender="agencies.RoleAssignment", dispatch_uid="gongkai.publishing.editors"
        )
