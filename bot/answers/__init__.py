"""Quick questions: words in, the best entry or "I don't know" out; and signs of danger, which come before everything.

Law: imports `bot.model` and `bot.words`. What it knows stands in the dialogues folder; it chats with nobody.
"""
