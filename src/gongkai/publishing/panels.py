"""What the editor of an item shows beside its fields: what the proofreader found in the saved draft."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from wagtail.admin.panels import Panel

from gongkai.core.proofreading import TextTooLong


class ProofPanel(Panel):
    """The proof of the latest saved version. Its buttons belong to a form of their own outside the editor's form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/proof_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and self.request is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from gongkai.publishing.canonical import latest_version
            from gongkai.publishing.models import ItemPage
            from gongkai.publishing.views.proofread import may_edit, shown_proof

            context = super().get_context_data(parent_context)
            item = ItemPage.objects.get(pk=self.instance.pk)
            version = latest_version(item)
            context["token"] = get_token(self.request)
            context["back"] = reverse("wagtailadmin_pages:edit", args=[item.pk])
            try:
                can_edit = may_edit(self.request.user, item, version)
                context |= shown_proof(self.request.user, item, version, may_edit=can_edit)
            except TextTooLong as error:
                context["too_long"] = str(error)
            return context
