"""The law and the standards as code: pure functions over frozen dataclasses, no framework, no I/O, no clock."""
