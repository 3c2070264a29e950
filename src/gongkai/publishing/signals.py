"""What the rest of the house may listen to.

``public_facts_changed`` (``item``): what the public page of a live item says beside its own content has changed, so
search and baked pages have to be written anew; the item itself has not.
"""

from django.dispatch import Signal

public_facts_changed = Signal()
