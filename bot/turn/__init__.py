"""The one recipe of a turn: load, react, save. It knows ports, not worlds.

Law: imports model, dialogue, guidance and answers. `take.py` alone awaits; `mind.py` and the pages decide nothing
that a dialogue file could decide, and read no clock, file or network.
"""
