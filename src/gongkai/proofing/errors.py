"""What proofing refuses, in Chinese.

ProofingError
└── ProofRefused    an entry cannot be kept, a finding cannot be decided so; the message says why and what to do
"""

from __future__ import annotations


class ProofingError(Exception):
    """The message is Chinese and says what to do."""


class ProofRefused(ProofingError):
    """A condition of the act does not hold."""
