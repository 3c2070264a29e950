"""Acts of the event log."""

from gongkai.audit.services.record import record_event

__all__ = ["record_event"]
