"""Categories of Arts. 20 and 21."""

import pytest

from gongkai.core.disclosure.categories import ARTICLE_20, Level, article_of, categories, label_of


def test_article_20_has_fifteen_categories_in_the_order_of_the_law():
    """条例 Art. 20."""
    assert list(ARTICLE_20) == [f"20-{number}" for number in range(1, 16)]
    assert ARTICLE_20["20-9"] == "政府集中采购项目的目录、标准及实施情况"


@pytest.mark.parametrize(
    ("level", "added"), [(Level.NONE, 0), (Level.CITY_OR_COUNTY, 7), (Level.TOWNSHIP, 8)]
)
def test_article_21_adds_topics_by_level(level, added):
    """条例 Art. 21, first row read in two sources."""
    assert len(categories(level)) == 15 + added


@pytest.mark.parametrize(
    ("code", "cited"),
    [
        ("20-1", "第二十条第（一）项"),
        ("20-10", "第二十条第（十）项"),
        ("20-15", "第二十条第（十五）项"),
        ("21-1-3", "第二十一条"),
    ],
)
def test_a_category_is_cited_by_its_article(code, cited):
    assert article_of(code) == cited


def test_an_unknown_category_raises():
    with pytest.raises(KeyError):
        article_of("20-16")
    with pytest.raises(KeyError):
        label_of("22-1")


def test_every_category_has_a_label():
    assert all(label_of(code) == label for code, label in categories(Level.TOWNSHIP).items())
