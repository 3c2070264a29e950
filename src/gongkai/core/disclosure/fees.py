"""The information processing fee (信息处理费): both scales, progressive by band (超额累进).

Source: 《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号), applied from 2021-01-01. Per item, over the items
of one applicant in one calendar month at one organ; per page, over one application. An organ may charge one
standard per application, never both; a person decides (Art. 42).

Confidence: bands verified on two pages; the unit prices from the 31st item on are our reading of
“每增加一档…提高100元/件”; that pages are counted per application is from memory.
"""

from __future__ import annotations

from dataclasses import dataclass

FREE_ITEMS = 10
FIRST_ITEM_BAND_END = 30
ITEM_BAND_SIZE = 10
ITEM_STEP_YUAN = 100


@dataclass(frozen=True, slots=True)
class PageBand:
    """Pages over ``over`` up to the next band cost ``yuan`` each."""

    over: int
    yuan: int


PAGE_BANDS = (PageBand(0, 0), PageBand(30, 10), PageBand(100, 20), PageBand(200, 40))


class CountNegative(ValueError):
    """A count of items or pages below zero."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"件数、页数不得为负数：{count}。")


def price_of_item(number: int) -> int:
    """Marginal price in yuan of the applicant's number-th item of the month (按件); number from 1."""
    if number < 1:
        raise CountNegative(number)
    if number <= FREE_ITEMS:
        return 0
    if number <= FIRST_ITEM_BAND_END:
        return ITEM_STEP_YUAN
    band = (number - FIRST_ITEM_BAND_END - 1) // ITEM_BAND_SIZE
    return ITEM_STEP_YUAN * (2 + band)


def fee_of_items(count: int) -> int:
    """Fee in yuan for an applicant's items of one calendar month (按件计收)."""
    if count < 0:
        raise CountNegative(count)
    return sum(price_of_item(number) for number in range(FREE_ITEMS + 1, count + 1))


def fee_of_pages(count: int) -> int:
    """Fee in yuan for the pages of one application (按量计收); a side of a sheet up to A4 is one page."""
    if count < 0:
        raise CountNegative(count)
    ends = [band.over for band in PAGE_BANDS[1:]] + [count]
    return sum(
        band.yuan * max(0, min(count, end) - band.over) for band, end in zip(PAGE_BANDS, ends, strict=True)
    )
