"""Reading the office's own site as a visitor would (no Django).

::

    look(Settings(start="https://www.example.gov.cn/", register=...)) -> Look: the evidence and the bodies of its pages

It stays on the hosts it is given, also through redirects; it keeps to robots.txt, to a pace, and to limits of pages, bytes,
depth and time, and says which of them cut it short. It reads what the office publishes: pages with visitors' words are
measured by their dates alone and never proofread.
"""

from gongkai.crawling.limits import Limits
from gongkai.crawling.looking import Look, Settings, look

__all__ = ["Limits", "Look", "Settings", "look"]
