"""Tools for coordinators and for scripts: check, test, graph, schemas, init, advise, ask.

Law: imports the rooms it shows (model, loading, checks, dialogue, guidance, answers); it chats with nobody and keeps nothing.
Each tool returns what it found as data and as text; `bot.cli` prints it and chooses the exit status.
"""
