"""The processing fee: the vectors of the law file (§3.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.disclosure.fees import CountNegative, fee_of_items, fee_of_pages, price_of_item

ITEMS = {
    10: 0,
    11: 100,
    12: 200,
    20: 1000,
    30: 2000,
    31: 2200,
    40: 4000,
    41: 4300,
    45: 5500,
    50: 7000,
    51: 7400,
}
ITEMS |= {60: 11000, 100: 37000, 0: 0, 1: 0}
PAGES = {30: 0, 31: 10, 99: 690, 100: 700, 101: 720, 150: 1700, 200: 2700, 201: 2740, 250: 4700, 350: 8700}
PAGES |= {1000: 34700, 0: 0}


@pytest.mark.parametrize(("count", "yuan"), ITEMS.items())
def test_items(count, yuan):
    assert fee_of_items(count) == yuan


@pytest.mark.parametrize(("count", "yuan"), PAGES.items())
def test_pages(count, yuan):
    assert fee_of_pages(count) == yuan


@given(st.integers(0, 500))
def test_each_further_item_costs_its_marginal_price(count):
    assert fee_of_items(count + 1) - fee_of_items(count) == price_of_item(count + 1)


@given(st.integers(0, 2000))
def test_each_further_page_costs_its_bands_price(count):
    step = fee_of_pages(count + 1) - fee_of_pages(count)

    assert step == (0 if count < 30 else 10 if count < 100 else 20 if count < 200 else 40)


@pytest.mark.parametrize("rule", [fee_of_items, fee_of_pages])
def test_a_negative_count_is_refused(rule):
    with pytest.raises(CountNegative, match="负数"):
        rule(-1)
