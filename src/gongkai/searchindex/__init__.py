"""Full-text search in Chinese without missing a word: an embedded index over pairs of characters. No Django.

::

    index = SearchIndex(folder)
    index.update([Entry(...)], removed=["item-7"])
    found = index.search(Wanted("道路保洁", column="政策文件"))

One to many characters never miss an exact substring: text is cut into overlapping pairs and a query is a phrase of them.
"""

from gongkai.searchindex.index import Entry, Found, Hit, IndexBusy, SearchIndex, Wanted
from gongkai.searchindex.opensearch import OpenSearchIndex
from gongkai.searchindex.text import folded

__all__ = ["Entry", "Found", "Hit", "IndexBusy", "OpenSearchIndex", "SearchIndex", "Wanted", "folded"]
