"""Verbs of a conversation: compile, walk, step, understand a typed answer.

Law: imports `bot.model` and `bot.words`; `machine.py` alone imports `transitions`. Same inputs, same outputs:
nothing here awaits, logs, reads a clock or draws a random number. Every event has an outcome; none raises.
"""
