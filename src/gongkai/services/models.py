"""Records of service guides and of messages."""

from gongkai.services.guides.models import Guide, GuideFile, GuideVersion
from gongkai.services.messages.models import MessageCounter, MessageOffice, MessageStep, PublicMessage

__all__ = [
    "Guide",
    "GuideFile",
    "GuideVersion",
    "MessageCounter",
    "MessageOffice",
    "MessageStep",
    "PublicMessage",
]
