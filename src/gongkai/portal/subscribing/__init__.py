"""Subscription to columns by e-mail: double opt-in, one digest a day, an address that is sealed and forgotten on leaving."""
