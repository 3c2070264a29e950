"""Acts of proofreading."""

from gongkai.proofing.services.decide import accept, ignore, reopen, waive
from gongkai.proofing.services.proof import proof
from gongkai.proofing.services.style_entries import add_entry, end_entry, revise_entry

__all__ = ["accept", "add_entry", "end_entry", "ignore", "proof", "reopen", "revise_entry", "waive"]
