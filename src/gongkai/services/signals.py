"""What the rest of the house may listen to.

``shown_changed`` (``kind``, ``number``): a guide (``guide``) or an answered message (``message``) came on or off the public
pages, or what they say of it has changed.
"""

from django.dispatch import Signal

shown_changed = Signal()
