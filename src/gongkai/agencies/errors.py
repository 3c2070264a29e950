"""What organs and posts refuse, in Chinese.

AgencyRefused
├── HandOverRefused   an act on a hand-over does not follow, or the person may not do it
├── GroupRefused      a group, a member or a change cannot be recorded so
├── FilingRefused     a filing cannot be recorded so
├── PaperRefused      a list cannot be drawn as PDF
└── CannotMove        open work of a room cannot go to that person
"""


class AgencyRefused(Exception):
    """The message is Chinese and says what to do."""


class HandOverRefused(AgencyRefused):
    """A condition of the act does not hold."""


class GroupRefused(AgencyRefused):
    """A condition of the act does not hold."""


class FilingRefused(AgencyRefused):
    """A condition of the act does not hold."""


class PaperRefused(AgencyRefused):
    """A condition of the act does not hold."""


class CannotMove(AgencyRefused):
    """A condition of the act does not hold."""
