"""Who wrote at an item: they neither sign it nor waive what its proof found."""

from __future__ import annotations

from wagtail.models import Revision

from gongkai.publishing.models import ItemPage


def authors_of(item: ItemPage) -> set[int]:
    """Everyone who wrote at the item since it was last released."""
    revisions = Revision.objects.for_instance(item).exclude(user=None)
    last = item.release_grants.last()
    if last is not None:
        revisions = revisions.filter(pk__gt=last.revision_id)
    people = set(revisions.values_list("user", flat=True))
    if last is None and item.owner_id is not None:
        people.add(item.owner_id)
    return people
