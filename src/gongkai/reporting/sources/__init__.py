"""The sources that the report's own ledgers offer; importing this module registers them."""

from gongkai.reporting import figures
from gongkai.reporting.sources.applications import ApplicationSource
from gongkai.reporting.sources.decisions import DecisionSource
from gongkai.reporting.sources.disputes import DisputeSource
from gongkai.reporting.sources.facts import FACTS, Fact, FactSource, FeeSource
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

__all__ = ["FACTS", "Fact"]
