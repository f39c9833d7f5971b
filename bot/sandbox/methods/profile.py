"""Who the bot is and what it says of itself: getMe, commands, name, descriptions, menu button."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox import access, limits
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context
from bot.sandbox.params import Params, words_of
from bot.sandbox.units import units

COMMAND = re.compile(rf"[a-z0-9_]{{1,{limits.COMMAND}}}$")
LANGUAGE = re.compile(r"[a-z]{2}$")
EVERYWHERE = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
IN_CHAT = ("chat", "chat_administrators", "chat_member")


def get_me(call: Context) -> dict[str, Any]:
    """Who the bot is."""
    return call.bot.to_json()


def nothing_to_do(_call: Context) -> bool:
    """LogOut and close: the sandbox has nothing to log out of."""
    return True


def set_my_commands(call: Context) -> bool:
    """The commands a person is offered, for a scope and a language."""
    commands = [_command(given) for given in call.params.array("commands")]
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call), _language(call)] = commands
    return True


def get_my_commands(call: Context) -> list[dict[str, str]]:
    """The commands set for exactly this scope and language."""
    return call.bot.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(call: Context) -> bool:
    """From now on a wider scope counts."""
    call.bot.commands.pop((_scope(call), _language(call)), None)
    return True


def _command(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in given:
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{name}\"")
    command, description = words_of(given, "command").removeprefix("/"), words_of(given, "description").strip()
    if not COMMAND.match(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= units(description) <= limits.COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID" if description else "Command description must be non-empty")
    return {"command": command, "description": description}


def _scope(call: Context) -> str:
    """A scope as one word: `default`, `chat:5`, `chat_member:5:7`."""
    scope = call.params.mapping("scope", "bot command scope")
    if not scope:
        return "default"
    kind = words_of(scope, "type")
    if kind in EVERYWHERE:
        return kind
    if kind not in IN_CHAT:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    chat = access.chat_of(call.world, call.bot, Params(scope), write=False)
    return f"{kind}:{chat.id}:{scope.get('user_id', 0)}" if kind == "chat_member" else f"{kind}:{chat.id}"


def _language(call: Context) -> str:
    language = call.params.text("language_code")
    if language and not LANGUAGE.match(language):
        raise bad_request("Invalid language code specified")
    return language


def _setter(what: str, most: int, too_long: str) -> Callable[[Context], bool]:
    def set_words(call: Context) -> bool:
        words = call.params.text(what)
        if units(words) > most:
            raise bad_request(too_long)
        key = (what, _language(call))
        if words:
            call.bot.words[key] = words
        else:
            call.bot.words.pop(key, None)
        return True

    return set_words


def _getter(what: str, otherwise: Callable[[Context], str] = lambda _call: "") -> Callable[[Context], dict[str, str]]:
    def get_words(call: Context) -> dict[str, str]:
        words = call.bot.words
        return {what: words.get((what, _language(call))) or words.get((what, "")) or otherwise(call)}

    return get_words


def set_chat_menu_button(call: Context) -> bool:
    """The button beside the text field, for one person or, without a chat, for all."""
    button = call.params.mapping("menu_button", "menu button") or {"type": "default"}
    if words_of(button, "type") not in {"default", "commands", "web_app"}:
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    call.bot.menus[_menu_place(call)] = button
    return True


def get_chat_menu_button(call: Context) -> dict[str, Any]:
    """The button a person sees, or the one for all."""
    menus = call.bot.menus
    return menus.get(_menu_place(call)) or menus.get(0) or {"type": "commands" if call.bot.commands else "default"}


def _menu_place(call: Context) -> int:
    if not call.params.has("chat_id"):
        return 0
    chat = call.chat(write=False)
    if not chat.private:
        raise bad_request("chat_id must be a private chat (only the sandbox says it so)")
    return chat.id


PLAYED: dict[str, Callable[[Context], Any]] = {
    "getMe": get_me,
    "logOut": nothing_to_do,
    "close": nothing_to_do,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name", limits.NAME, "Bot name is too long"),
    "getMyName": _getter("name", lambda call: call.bot.user.first_name),
    "setMyDescription": _setter("description", limits.DESCRIPTION, "Bot description is too long"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", limits.SHORT_DESCRIPTION, "Bot short description is too long"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
