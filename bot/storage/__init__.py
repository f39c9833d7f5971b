"""Keeps conversations and the post, and what was learned. One store per database; one contract, one contract test.

Law: imports model and the ports of `turn`. Every save is a compare-and-set on the version a conversation was loaded with,
a turn is one transaction, and nothing is called stored before it is.
"""
