"""One error for every identifier."""


class IdentifierFaulty(ValueError):
    """The message is Chinese, says where the fault is and never repeats the number."""
