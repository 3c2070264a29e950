"""One's own account in Wagtail's account screen, in the terms of our person.

Wagtail asks for a first and a last name, which our User does not have (Chinese names are not split), and
offers language, time zone and themes, of which the office has one each.
"""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.views import account

from gongkai.agencies.models import User


class AccountForm(forms.ModelForm):
    """Name and e-mail; the name stands under every act in the log, so only the administrator changes it."""

    name = forms.CharField(
        label="姓名", disabled=True, required=False, help_text="如有变动，请联系系统管理员。"
    )
    email = forms.EmailField(label="电子邮箱", help_text="到期提醒发到这里。")

    class Meta:
        model = User
        fields = ["name", "email"]


def _never(_panel: Any) -> bool:
    return False


def use_our_account_form() -> None:
    """Wagtail has no setting for its account panels; they are changed where they are declared."""
    account.NameEmailSettingsPanel.form_class = AccountForm
    for panel in (account.AvatarSettingsPanel, account.LocaleSettingsPanel, account.ThemeSettingsPanel):
        panel.is_active = _never
