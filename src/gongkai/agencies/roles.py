"""The roles of a disclosure office and what each may do.

Roles are named by their duty; each is a group of the same Chinese name, held at an organ and inherited by
the organs below it.
"""

from django.db import models


class Role(models.TextChoices):
    INFORMATION_OFFICER = "information_officer", "信息员"
    PROOFREADER = "proofreader", "校对员"
    FIRST_REVIEWER = "first_reviewer", "初审"
    SECOND_REVIEWER = "second_reviewer", "复审"
    FINAL_REVIEWER = "final_reviewer", "终审"
    CONFIDENTIALITY_REVIEWER = "confidentiality_reviewer", "保密审查员"
    DISCLOSURE_OFFICE = "disclosure_office", "公开办"
    DISCLOSURE_HEAD = "disclosure_head", "公开办负责人"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核"
    SUPERVISOR = "supervisor", "监督员"
    PARK_SUPERVISOR = "park_supervisor", "园区监管员"
    ENTERPRISE_OFFICER = "enterprise_officer", "惠企专员"
    ADMINISTRATOR = "administrator", "系统管理员"
