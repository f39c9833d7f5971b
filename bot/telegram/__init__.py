"""Telegram: update to event, reply to Bot API call, intake, sender, transport.

Law: imports model, turn. With sandbox, the only room that imports telegram.
"""
