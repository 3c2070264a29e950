"""The national site inspection (政府网站检查指标) as functions over a crawl: pure, evidence in, outcomes out.

::

    inspect(evidence, on=date(2026, 11, 20)) -> Inspection: an outcome for each indicator, the verdict, the provisional score
    to_json / from_json                      -> evidence in store, so that any past day can be judged again

Two figures always: the verdict rests on rules that were read ([2p], [1p]), the score on points from memory ([mem]) and is
provisional. What was not measured is unknown, never clear. Source: ``portal-rules`` §1, §2, §6.
"""

from gongkai.core.inspection.evidence_json import from_json, to_json
from gongkai.core.inspection.facts import (
    Channel,
    Column,
    Difference,
    Entry,
    Evidence,
    Link,
    Message,
    Page,
    PageKind,
    Place,
    Register,
    SearchProbe,
    Try,
    Visit,
    Wording,
)
from gongkai.core.inspection.findings import (
    Finding,
    Indicator,
    Inspection,
    Kind,
    Outcome,
    State,
    Verdict,
)
from gongkai.core.inspection.indicators import BY_CODE, INDICATORS
from gongkai.core.inspection.judging import inspect

__all__ = [
    "BY_CODE",
    "INDICATORS",
    "Channel",
    "Column",
    "Difference",
    "Entry",
    "Evidence",
    "Finding",
    "Indicator",
    "Inspection",
    "Kind",
    "Link",
    "Message",
    "Outcome",
    "Page",
    "PageKind",
    "Place",
    "Register",
    "SearchProbe",
    "State",
    "Try",
    "Verdict",
    "Visit",
    "Wording",
    "from_json",
    "inspect",
    "to_json",
]
