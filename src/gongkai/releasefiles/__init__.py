"""Files that come in from the public and go out to it: screened, inspected, cleaned, redacted (no Django).

::

    sniffing    is this upload what it claims to be, and safe to keep?
    inspecting  what does a file carry besides what its reader sees, and take it out
    redacting   black boxes on a PDF under which nothing is left

See ADR 0008.
"""
