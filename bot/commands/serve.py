"""The bot on Telegram."""

import argparse
import asyncio
import gc
import sys
from functools import partial

from bot.app import open_store
from bot.commands.common import Leave, book_of, opened, settings
from bot.settings import Settings, WrongSettings

JOINING_SECONDS = 2.0
"""So long a hello in a supergroup waits for the notice that this is the new id of a group that the bot knows."""


def run(given: argparse.Namespace) -> int:
    """Run the bot on Telegram, until it is told to stop."""
    known = settings()
    if not known.telegram_token:
        raise Leave(
            "Settings: TELEGRAM_TOKEN is not set. @BotFather on Telegram gives you one. To try the bot without: partnership-bot sandbox", 2
        )
    if known.webhook_url:
        raise Leave("Settings: WEBHOOK_URL is set, but this version only fetches updates. Unset it; nothing else changes for people.", 2)
    return serve(known, take_over=given.take_over)


def serve(known: Settings, take_over: bool = False) -> int:
    """Runs the bot with these settings."""
    from bot.logs import set_up_logs
    from bot.storage.sqlite import NotOurDatabase
    from bot.telegram.bot_client import make_bot
    from bot.telegram.service import CannotRun, Service
    from bot.turn.mind import Mind

    set_up_logs(known.log_level, known.log_format, known.secrets)
    mind = Mind(book_of(opened(with_tests=False)), known.retention_days)
    try:
        store = open_store(known)
    except (NotOurDatabase, WrongSettings) as wrong:
        raise Leave(str(wrong), 2) from None
    gc.freeze()
    gc.enable()
    # The thread of the database gets its turn soon also while the event loop is busy: 8 ms an update instead of 30.
    sys.setswitchinterval(0.0005)

    async def work() -> None:
        bot = make_bot(known.telegram_token, known.telegram_api_url)
        try:
            joining = partial(asyncio.sleep, JOINING_SECONDS)
            await Service(bot, store, mind, known.coordinators, take_over=take_over, joining=joining).run()
        finally:
            await store.close()

    try:
        asyncio.run(work())
    except CannotRun as wrong:
        raise Leave(str(wrong), 2) from None
    return 0
