"""Nouns: what the other rooms talk about. Frozen, JSON-able, and they know nobody.

Law: this room imports nothing but the standard library and itself. Nothing here reads a file,
a clock or a network, and nothing here decides what happens next.
"""
