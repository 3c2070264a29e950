"""What supervision refuses, in Chinese.

SupervisionError
├── TrainingRefused   an act on a training or its test cannot be done
├── PointRefused   an act on the points of a year cannot be done
├── AccountabilityRefused   an outcome of holding to account cannot be entered or withdrawn
├── BoardRefused   the weekly brief cannot be drawn
├── ScoreRefused   an act on a scorecard or an appeal cannot be done
├── TicketRefused   a message about the site cannot be taken in or handled so
├── RectificationRefused   an act on a rectification does not follow, or the person may not do it
└── InspectionRefused   an inspection cannot begin, a finding cannot be judged, a day cannot be replayed
"""


class SupervisionError(Exception):
    """The message is Chinese and says what to do."""


class InspectionRefused(SupervisionError):
    """A condition of the act does not hold."""


class RectificationRefused(SupervisionError):
    """A condition of the act does not hold."""


class TicketRefused(SupervisionError):
    """A condition of the act does not hold."""


class ScoreRefused(SupervisionError):
    """A condition of the act does not hold."""


class BoardRefused(SupervisionError):
    """A condition of the act does not hold."""


class TrainingRefused(SupervisionError):
    """A condition of the act does not hold."""


class PointRefused(SupervisionError):
    """A condition of the act does not hold."""


class AccountabilityRefused(SupervisionError):
    """A condition of the act does not hold."""
