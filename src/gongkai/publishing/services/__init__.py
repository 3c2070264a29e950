"""Acts on items: submit for review, sign, return, publish, withdraw."""

from gongkai.publishing.services.editors import sync_editors, sync_person
from gongkai.publishing.services.publish import publish
from gongkai.publishing.services.sign import note, return_, sign
from gongkai.publishing.services.submit import submit
from gongkai.publishing.services.withdraw import withdraw

__all__ = ["note", "publish", "return_", "sign", "submit", "sync_editors", "sync_person", "withdraw"]
