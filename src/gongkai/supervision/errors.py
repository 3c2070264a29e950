"""What supervision refuses, in Chinese.

SupervisionError
└── InspectionRefused   an inspection cannot begin, a finding cannot be judged, a day cannot be replayed
"""


class SupervisionError(Exception):
    """The message is Chinese and says what to do."""


class InspectionRefused(SupervisionError):
    """A condition of the act does not hold."""
