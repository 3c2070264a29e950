"""Records of proofreading."""

from gongkai.proofing.models.runs import ProofDecision, ProofedFile, ProofFinding, ProofRun
from gongkai.proofing.models.style_book import SEVERITY_CHOICES, StyleEntry

__all__ = ["SEVERITY_CHOICES", "ProofDecision", "ProofFinding", "ProofRun", "ProofedFile", "StyleEntry"]
