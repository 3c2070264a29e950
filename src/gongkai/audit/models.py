"""One event per act, chained by SM3: each digest covers the event and the digest before it.

Updates and deletes are refused by the database itself (triggers, see migration 0002).
"""

from django.db import models


class Event(models.Model):
    """One recorded act.

    ``data`` is canonical JSON text, kept as text so that its bytes can be digested again. Who acted is
    kept by name, not by foreign key: the log outlives the account.
    """

    at = models.DateTimeField("时间")
    actor = models.CharField("账号", max_length=150)
    actor_name = models.CharField("姓名", max_length=100, blank=True)
    action = models.CharField("事项", max_length=60, db_index=True)
    subject_type = models.CharField("对象类别", max_length=60, blank=True)
    subject_id = models.CharField("对象编号", max_length=60, blank=True)
    subject_label = models.CharField("对象", max_length=300, blank=True)
    organ_code = models.CharField("机关", max_length=40, blank=True, db_index=True)
    data = models.TextField("内容", default="{}")
    previous = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计事件"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name or self.actor} {self.action} {self.subject_label}"
