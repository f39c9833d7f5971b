"""Text in, a book or findings out: read, guard, validate, resolve, translate.

Law: imports `bot.model`; `nodes.py` alone imports `yaml`, `files.py` alone reads the disk.
No dialogue is run here and nothing in a document can run code: every scalar is text, and there are no
aliases, tags or templates. A slip of an author is a `Finding`, never an exception out of this room.
"""
