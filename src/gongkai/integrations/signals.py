"""What the rest of the house may listen to.

``article_moved`` (``key``, ``state`` draft, published or failed, ``reference``, ``url``): what became of an article.
``given_up`` (``channel``, ``key``, ``why``): a message stands still.
"""

from django.dispatch import Signal

article_moved = Signal()
given_up = Signal()
