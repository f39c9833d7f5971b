"""The HTTP front: every way to write a call, every way to get it wrong, and the control API beside it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.accounts import BotAccount
from bot.sandbox.person import Person
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")


@pytest_asyncio.fixture(loop_scope="function")
async def http(url: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A client without manners."""
    async with aiohttp.ClientSession(url) as session:
        yield session


async def answer(response: aiohttp.ClientResponse) -> tuple[int, Any]:
    """The status, which the body repeats, and the result or the description."""
    body = await response.json()
    assert body.get("error_code", 200) == response.status
    return response.status, body.get("result", body.get("description"))


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart", "mixed"])
async def test_ways_to_write_a_call(http: aiohttp.ClientSession, ann: Person, way: str) -> None:
    """Query string, form, JSON and multipart mean the same; names of methods in any case."""
    await ann.send("Hello")
    path = f"/bot{ann.bot.token}/SENDmessage"
    params = {
        "chat_id": str(ann.id),
        "text": "one",
        "reply_markup": json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}),
    }
    match way:
        case "query":
            response = await http.get(path, params=params)
        case "form":
            response = await http.post(path, data=params)
        case "json":
            response = await http.post(path, json={**params, "chat_id": ann.id, "reply_markup": json.loads(params["reply_markup"])})
        case "multipart":
            with aiohttp.MultipartWriter("form-data") as body:
                for name, value in params.items():
                    body.append(value).set_content_disposition("form-data", name=name)
            response = await http.post(path, data=body)
        case _:
            response = await http.post(path, params={"chat_id": params.pop("chat_id")}, data=params)
    status, result = await answer(response)
    assert (status, result["text"]) == (200, "one")
    assert ann.last().rows == (("x",),)


OLDER = [
    ({"disable_web_page_preview": "true"}, None, True),
    ({"disable_web_page_preview": "false"}, None, False),
    ({"disable_web_page_preview": "true", "link_preview_options": '{"is_disabled": false}'}, None, False),
    ({"reply_to_message_id": "1"}, 1, False),
    ({"reply_to_message_id": "0"}, None, False),
    ({"reply_to_message_id": "99", "allow_sending_without_reply": "true"}, None, False),
    ({"reply_to_message_id": "99", "reply_parameters": '{"message_id": 1}'}, 1, False),
    ({"allow_sending_without_reply": "true"}, None, False),
]


@pytest.mark.parametrize(("more", "reply", "disabled"), OLDER)
async def test_older_names_of_parameters(
    http: aiohttp.ClientSession, ann: Person, more: dict[str, str], reply: int | None, disabled: bool
) -> None:
    """They mean what the newer ones mean, and count only where those are left out."""
    await ann.send("Hello")
    status, sent = await answer(await http.post(f"/bot{ann.bot.token}/sendMessage", data={"chat_id": ann.id, "text": "x", **more}))
    assert status == 200
    assert sent.get("reply_to_message", {}).get("message_id") == reply
    assert sent.get("link_preview_options", {}).get("is_disabled", False) is disabled


async def test_older_names_are_no_way_around_a_refusal(http: aiohttp.ClientSession, ann: Person) -> None:
    """What is replied to must be there, and a photo has no preview to disable; an edited text has one."""
    await ann.send("Hello")
    here = {"chat_id": ann.id, "text": "x"}
    missing = await http.post(f"/bot{ann.bot.token}/sendMessage", json={**here, "reply_to_message_id": 99})
    assert await answer(missing) == (400, "Bad Request: message to be replied not found")
    _, sent = await answer(await http.post(f"/bot{ann.bot.token}/sendMessage", json=here))
    edit = {**here, "text": "y", "message_id": sent["message_id"], "disable_web_page_preview": True}
    _, edited = await answer(await http.post(f"/bot{ann.bot.token}/editMessageText", json=edit))
    assert edited["link_preview_options"] == {"is_disabled": True}
    photo = await http.post(f"/bot{ann.bot.token}/sendPhoto", json={"chat_id": ann.id, "disable_web_page_preview": True})
    assert "no parameter disable_web_page_preview in sendPhoto" in (await answer(photo))[1]


async def test_an_attached_file(http: aiohttp.ClientSession, ann: Person) -> None:
    """`attach://name` names another part of the form."""
    await ann.send("Hello")
    form = aiohttp.FormData({"chat_id": str(ann.id), "document": "attach://mine"})
    form.add_field("mine", b"notes", filename="notes.txt", content_type="text/plain")
    status, result = await answer(await http.post(f"/bot{ann.bot.token}/sendDocument", data=form))
    assert (status, result["document"]["file_name"]) == (200, "notes.txt")
    _, found = await answer(await http.get(f"/bot{ann.bot.token}/getFile", params={"file_id": result["document"]["file_id"]}))
    fetched = await http.get(f"/file/bot{ann.bot.token}/{found['file_path']}")
    assert await fetched.read() == b"notes"
    assert (await http.get(f"/file/bot{ann.bot.token}/documents/nothing")).status == 404


WRONG = [
    ("/bot{token}/flyToTheMoon", 404, "Not Found: method not found"),
    ("/bot{token}/", 404, "Not Found: method not found"),
    ("/bot123/getMe", 404, "Not Found"),
    ("/botnonsense/getMe", 404, "Not Found"),
    ("/bot12345:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/getMe", 401, "Unauthorized"),
    ("/", 404, "Not Found"),
    ("/bot{token}/sendVideo", 501, "Not Implemented: the sandbox does not play sendVideo"),
]


@pytest.mark.parametrize(("path", "status", "description"), WRONG)
async def test_wrong_addresses(http: aiohttp.ClientSession, helper: BotAccount, path: str, status: int, description: str) -> None:
    """A token nobody has, one that is none, a method that does not exist or is not played."""
    assert await answer(await http.get(path.format(token=helper.token))) == (status, description)


@pytest.mark.parametrize(
    ("body", "description"), [("{", "Bad Request: can't parse JSON object"), ("[]", "Bad Request: expected a JSON object")]
)
async def test_wrong_bodies(http: aiohttp.ClientSession, helper: BotAccount, body: str, description: str) -> None:
    """JSON must be JSON, and an object."""
    response = await http.post(f"/bot{helper.token}/getMe", data=body, headers={"Content-Type": "application/json"})
    assert await answer(response) == (400, description)


async def test_letters_of_all_kinds_survive(http: aiohttp.ClientSession, ann: Person) -> None:
    """What is sent is what is seen."""
    await ann.send("Hello")
    text = "🙂 é\u202e ‘quoted’ \u0000 &lt;"
    await http.post(f"/bot{ann.bot.token}/sendMessage", data={"chat_id": ann.id, "text": text})
    assert ann.last().text == text


async def test_the_control_api(http: aiohttp.ClientSession, world: World, helper: BotAccount) -> None:
    """People are made, write, press and look through a few JSON calls, so that a terminal can."""

    async def ask(method: str, path: str, **body: Any) -> Any:
        response = await http.request(method, f"/sandbox{path}", json=body or None)
        return await response.json() if response.content_type == "application/json" else await response.text()

    ann = await ask("POST", "/people", name="Ann")
    assert await ask("GET", "/people") == [ann]
    here = f"/people/{ann['id']}"
    assert await ask("POST", f"{here}/send", text="/start") == {"id": 1}
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await world.call(helper.token, "sendMessage", {"chat_id": ann["id"], "text": "Well?", "reply_markup": keyboard})
    seen = await ask("GET", f"{here}/messages?since=1&wait=5")
    assert (seen["at"], [message["text"] for message in seen["messages"]]) == (2, ["/start", "Well?"])
    assert (await ask("POST", f"{here}/press", message=2, button="Yes", wait=0.01)) == {"toast": None, "alert": False, "opened": ""}
    assert "no button" in (await ask("POST", f"{here}/press", message=2, button="No"))["error"]
    assert await ask("GET", f"{here}/transcript") == "Ann: /start\nHelper: Well?\n    [Yes]\nAnn presses [Yes]\n"
    assert [call["method"] for call in await ask("GET", "/calls")] == ["sendMessage"]
    assert "error" in await ask("POST", "/people/77/send", text="x")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None])
@pytest.mark.parametrize("path", ["/people", "/people/1001/send", "/people/1001/press"])
async def test_the_control_api_minds_only_json(http: aiohttp.ClientSession, world: World, ann: Person, path: str, kind: str | None) -> None:
    """What a page of another site may send unasked is refused with 415, and nothing happens; nor may it ask for more."""
    body = json.dumps({"name": "Eve", "text": "/start", "message": 1, "button": "Yes"}).encode()
    response = await http.post(
        f"/sandbox{path}",
        data=body,
        headers={"Content-Type": kind} if kind else {},
        skip_auto_headers=["Content-Type"],
    )
    assert response.status == 415
    assert "application/json" in (await response.json())["error"]
    assert (world.people, ann.chat.events) == ([ann], [])
    preflight = await http.options(
        f"/sandbox{path}", headers={"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status == 404
    assert "Access-Control-Allow-Origin" not in preflight.headers
