"""Answers in, verdict out: type, runner-up, reasons, profile, what would change it, advice for these partners.

Law: imports `bot.model` and nothing else of ours. It knows no dialogue, no words and no chat; what it says is data
that a coordinator wrote beside the points it stands for.
"""
