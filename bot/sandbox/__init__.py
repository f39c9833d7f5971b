"""A local Bot API server that behaves like Telegram's, and people to chat through it.

Law: this room imports `telegram` (for its constants and signatures), aiohttp and itself; no other room of the bot. It
knows nothing of dialogues: it plays Telegram for any bot.

    world = World()                                     # no network yet; time stands still until clock.advance
    bot = world.bot("Helper", username="helper_bot")
    ann = world.person("Ann")
    async with serving(world) as url:                   # http://127.0.0.1:<port>; calls go to {url}/bot{token}/{method}
        ...                                             # start the bot with bot.token and this url
        await ann.command("start")
        question = await ann.waits_for("Who is in it?")
        press = await ann.press(question, "Police")
        await press.answered()
        print(transcript(ann.chat))

In process, without TCP: `status, body = await world.call(bot.token, "sendMessage", {"chat_id": ann.id, "text": "Hi"})`.
"""
