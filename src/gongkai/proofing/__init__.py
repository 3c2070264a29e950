"""The office's proofreading (校对): its style book, runs over what is about to be published, and decisions on findings.

It knows a page by kind, key and digest, and by the parts of text that its owner hands over; never the page itself.
"""
