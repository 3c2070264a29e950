"""The sources that the report's own ledgers offer; importing this module registers them."""

from gongkai.reporting import figures
from gongkai.reporting.sources.applications import ApplicationSource
from gongkai.reporting.sources.decisions import DecisionSource
from gongkai.reporting.sources.disputes import DisputeSource
from gongkai.reporting.sources.facts import FACTS, FEE_KEY, Fact, FactSource, FeeSource
from gongkai.reporting.sources.normative import NormativeSource

for _source in (
    ApplicationSource(),
    DisputeSource(),
    NormativeSource(),
    DecisionSource(),
    FactSource(),
    FeeSource(),
):
    figures.register(_source)

for _fact in FACTS:
    figures.name_fact(figures.FactName(_fact.key, _fact.label, _fact.unit))
figures.name_fact(figures.FactName(FEE_KEY, "信息处理费", "元"))

__all__ = ["FACTS", "Fact"]
