"""Files that belong to an item."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from gongkai.publishing.models.pages import ItemPage


class ItemAttachment(Orderable):
    """An attachment (附件), under the name that the public reads."""

    item = ParentalKey(ItemPage, on_delete=models.CASCADE, related_name="attachments", verbose_name="信息")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name="文件"
    )
    title = models.CharField(
        "附件名称", max_length=120, blank=True, help_text="公众看到的名称；不填则用文件的标题。"
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        return self.title or self.document.title

    def clean(self) -> None:
        """Two attachments of one item under one name cannot be told apart."""
        super().clean()
        if self.item is None or not self.document_id:
            return
        others = [one for one in self.item.attachments.all() if one is not self and one.document_id]
        if any(one.shown_title == self.shown_title for one in others):
            raise ValidationError({"title": f"已有附件叫“{self.shown_title}”，请另起一个名称。"})


class ShownFile(models.Model):
    """A file that a live item shows: attached, linked in its text, or named by its address there.

    Written when the item goes live and taken away when it goes off, in the same transaction: Wagtail's own index of
    references is brought up to date by the worker, some time later.
    """

    item = models.ForeignKey(ItemPage, models.CASCADE, related_name="shown_files", verbose_name="信息")
    document = models.PositiveBigIntegerField("文件编号", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "已公开的文件"
        constraints = [models.UniqueConstraint(fields=["item", "document"], name="one_row_per_shown_file")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.document}"
