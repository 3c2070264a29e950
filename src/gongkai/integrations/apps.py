"""What leaves the house: the outbox and one module per outside system."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "gongkai.integrations"
    verbose_name = "对外接口"

    def ready(self) -> None:
        from gongkai.integrations.channels import register
        from gongkai.integrations.mail import CHANNEL, deliver
        from gongkai.integrations.wechat import delivery as wechat

        register(CHANNEL, deliver)
        register(wechat.CHANNEL, wechat.deliver)
        register(wechat.OUTCOME, wechat.deliver_outcome)
