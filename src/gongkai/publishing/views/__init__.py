"""Screens of the review before publication."""
