"""Text from elsewhere (a web page, Word, a paste) as body and blocks of an item: headings, lists and tables stay, junk goes."""

from gongkai.publishing.converting.markup import Converted, from_html, from_text
from gongkai.publishing.converting.word import from_word

__all__ = ["Converted", "from_html", "from_text", "from_word"]
