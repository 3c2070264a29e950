"""Filings (报备) with the superior organ: what was filed when, the receipt, and the office's own limit."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models

from gongkai.agencies.models.organs import Organ, User
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import Reached
from gongkai.core.filings import DEFAULT_DAYS, MAX_DAYS, filing_due
from gongkai.privacy.storage import sealed_storage


class FilingRule(models.Model):
    """By when an organ files changes, and with whom. The days are an unverified rule: a setting with a mark."""

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    to_body = models.CharField("报备机关", max_length=100, blank=True, help_text="例如：县政府办公室。")
    days = models.PositiveSmallIntegerField(
        "变动后多少天内报备",
        default=DEFAULT_DAYS,
        validators=[MaxValueValidator(MAX_DAYS)],
        help_text="填 0 表示不要求报备。默认值是本软件自定的，请与上级的规定核对。",
    )
    in_working_days = models.BooleanField("按工作日计算", default=True)
    basis = models.CharField("依据", max_length=200, blank=True, help_text="规定报备期限的文件和条款。")
    is_confirmed = models.BooleanField("期限已与上级规定核对", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "报备设置"

    def __str__(self) -> str:
        return f"{self.organ}的报备设置"

    @property
    def limit(self) -> str:
        """In words, with the mark while nobody has compared it."""
        if self.days == 0:
            return "不要求报备"
        unit = "个工作日" if self.in_working_days else "天"
        return f"{self.days} {unit}" + ("" if self.is_confirmed else "（待核实）")

    def due(self, changed_on: date) -> Reached | None:
        """By when a change of that day is filed; None when it need not be, or no calendar covers it."""
        return filing_due(
            changed_on, working_calendar(), days=self.days, in_working_days=self.in_working_days
        )


class FilingRecord(models.Model):
    """One filing."""

    class What(models.TextChoices):
        ESTABLISHMENT = "establishment", "机构成立"
        CHANGE = "change", "机构和人员变动"
        CONTACTS = "contacts", "联系名单"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="filings", verbose_name="机关")
    what = models.CharField("报备事项", max_length=16, choices=What)
    filed_on = models.DateField("报备日期")
    to_body = models.CharField("报备机关", max_length=100)
    document_number = models.CharField("报备文号", max_length=60, blank=True)
    note = models.TextField("说明", blank=True)
    receipt_number = models.CharField("回执编号", max_length=60, blank=True)
    receipt_on = models.DateField("回执日期", null=True, blank=True)
    receipt = models.FileField("回执", storage=sealed_storage, upload_to="filings/%Y/", blank=True)
    receipt_name = models.CharField("回执文件名", max_length=200, blank=True)
    receipt_type = models.CharField("回执类型", max_length=100, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "报备"
        ordering = ["-filed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}报备（{self.filed_on}）"
