"""Normative documents: their way to publication, their force, consultation, clean-up and interpretation."""
