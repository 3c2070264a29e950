"""Screens of organs and people, of hand-overs, groups and filings."""
