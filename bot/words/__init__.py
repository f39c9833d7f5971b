"""Likeness of texts: normalise, stem, typos, phrases, and which examples a sentence is most like.

Law: imports nothing of ours; `rapidfuzz` in one file. It has no opinion on what the words mean here:
which words mean the same, and which sentences belong to which option, comes from the dialogues folder.
"""
