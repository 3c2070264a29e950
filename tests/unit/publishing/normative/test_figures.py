"""Table 二, row 行政规范性文件: three figures, each with its records."""

from datetime import date

import pytest
from tests import factories
from tests.factories import normative as made

from gongkai.core.annual_report import CellKey, TableId
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import NormativeDocument
from gongkai.publishing.normative import services
from gongkai.reporting.figures import compile_figures, records_of
from gongkai.reporting.models import NormativeRecord

pytestmark = pytest.mark.django_db


def key(col):
    return str(CellKey(TableId.TWO, "normative", col))


def taken(organ, number, published_on, valid_to=None):
    return services.take_over(
        organ=organ, actor=made.clerk(organ), title=f"办法{number}", document_number=f"示园发〔{published_on.year}〕{number}号",
        published_on=published_on, effective_on=None, valid_to=valid_to,
    )  # fmt: skip


def figures(organ, year):
    found = compile_figures(organ, year)
    return tuple(found[key(col)] for col in ("issued", "repealed", "in_force"))


@pytest.fixture
def papers(organ):
    return [
        taken(organ, 1, date(2023, 5, 1)),
        taken(organ, 2, date(2024, 1, 1), date(2024, 12, 30)),
        taken(organ, 3, date(2024, 6, 1), date(2024, 12, 31)),
        taken(organ, 4, date(2024, 12, 31)),
    ]


def test_the_year_counts_what_was_issued_what_ended_and_what_is_in_force(organ, papers):
    """In force at 31 December: a term that ends on that day still holds on it."""
    assert figures(organ, 2023) == (1, 0, 1)
    assert figures(organ, 2024) == (3, 1, 3)
    assert figures(organ, 2025) == (0, 1, 2)


def test_the_figures_roll_forward(organ, papers):
    """T2-1: in force before + issued − ended = in force."""
    before = 0
    for year in (2023, 2024, 2025):
        issued, ended, held = figures(organ, year)
        assert before + issued - ended == held
        before = held


def test_each_figure_has_its_records(organ, papers):
    assert list(records_of(key("repealed"), organ, 2024)) == [NormativeDocument.objects.get(title="办法2")]


def test_the_typed_ledger_adds_and_never_counts_the_same_number_twice(organ, papers):
    NormativeRecord.objects.create(
        organ=organ, kind="normative", document_number="示园发〔2024〕9号", title="台账里的", issued_on=date(2024, 3, 1),
        entered_by=factories.user(),
    )  # fmt: skip
    assert figures(organ, 2024) == (4, 1, 4)

    with pytest.raises(NormativeRefused, match="台账里已有文号"):
        taken(organ, 9, date(2024, 3, 1))
