"""Acts on items: submit for review, sign, return, publish, withdraw; on the catalogue and the columns."""

from gongkai.publishing.services.catalogue import put_in_force, remove_entry, save_entry, start_edition
from gongkai.publishing.services.columns import lay_out
from gongkai.publishing.services.determine import (
    decide,
    draft_of,
    propose,
    reassess,
    review_attribute,
    send_paper_back,
)
from gongkai.publishing.services.editors import sync_editors, sync_person
from gongkai.publishing.services.import_items import import_items
from gongkai.publishing.services.move_items import move_items
from gongkai.publishing.services.proofread import (
    accept_finding,
    ignore_finding,
    proofread_item,
    reopen_finding,
    waive_finding,
)
from gongkai.publishing.services.publish import publish
from gongkai.publishing.services.sign import note, return_, sign
from gongkai.publishing.services.submit import route_of, submit
from gongkai.publishing.services.take_over import take_over
from gongkai.publishing.services.withdraw import withdraw
from gongkai.publishing.services.withdraw_items import withdraw_items

__all__ = [
    "accept_finding",
    "decide",
    "draft_of",
    "ignore_finding",
    "import_items",
    "lay_out",
    "move_items",
    "note",
    "proofread_item",
    "propose",
    "publish",
    "put_in_force",
    "reassess",
    "remove_entry",
    "reopen_finding",
    "return_",
    "review_attribute",
    "route_of",
    "save_entry",
    "send_paper_back",
    "sign",
    "start_edition",
    "submit",
    "sync_editors",
    "sync_person",
    "take_over",
    "waive_finding",
    "withdraw",
    "withdraw_items",
]
