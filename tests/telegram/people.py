"""Ten people who talk with the bot, each in their own way. What comes of it stands in `personas/`, word for word."""

from collections.abc import Awaitable, Callable

from bot.sandbox.faults import Fault, Kind
from tests.telegram.play import Play

DAY = 24 * 3600.0
Script = Callable[[Play], Awaitable[None]]


async def decided(play: Play) -> None:
    """Knows what they want: taps straight through, reads what to say to a partner, passes the result on."""
    await play.says("/start")
    await play.taps("Police", "Charity or club", "Done")
    await play.says("Safer streets for our young people")
    await play.taps("Yes, we agreed it together", "Plan and run something together", "Done", "Notes, minutes or emails")
    await play.taps("One clear thing", "Up to about a year", "Local people saw a need", "We had a clear aim from the start")
    await play.taps("How to talk with: Police", "Back to the result", "Short text to send on")


async def hesitant(play: Play) -> None:
    """Asks why, is not sure, skips, looks back, changes an answer, asks what would change the result."""
    await play.says("/start", "not sure")
    await play.taps("School, college", "Explain this", "Council", "Council", "Council", "Done")
    await play.taps("Why do you ask?", "Skip", "Not sure", "Explain this")
    await play.taps("Look at a whole problem together", "Done", "Not sure", "My answers", "Change: Same goal")
    await play.taps("Mostly")
    await play.says("what is an MoU?")
    await play.taps("Nearly everything about an area", "Not sure", "Skip", "A bit of both", "Not sure")
    await play.taps(
        "What would change this?", "Change: What you do", "Look at a whole", "Swap news and contacts", "Done", "Change an answer", "Go on"
    )
    await play.says("back")


async def goes_back_twice(play: Play) -> None:
    """Goes back twice in a row, keeps one answer and gives another anew."""
    await play.says("/start", "the council and two churches")
    await play.says("what is an MoU?", "what should I write?", "How can we give older people a warm place in winter?")
    await play.taps("Mostly", "Back", "Back", "Keep it", "Yes, we agreed it together")
    await play.taps("Look at a whole problem together", "Plan and run something together", "Done", "Plan and run", "A partnership paper")
    await play.taps("A few linked things", "Back", "Keep it", "Yes", "One event or one short job", "A local service saw a need")
    await play.says("back", "keep it", "it grew as we got to know each other")
    await play.says("back")
    await play.taps("Keep it")


async def own_words(play: Play) -> None:
    """Types everything, as one would say it to a neighbour."""
    await play.says("Hello", "We work with the school, the nurse from the health centre and some social workers")
    await play.says("Children who cannot cope at school should get help sooner")
    await play.says("yes we all agreed on that", "we are one team, a nurse, a teacher and a social worker who see the families together")
    await play.says("yes, they have all trained for something else", "there is a signed agreement between us")
    await play.says("it is all about children's mental health", "no end in sight", "the school noticed that more and more needed help")
    await play.says("we planned it", "what would change this?", "back to the result", "thank you")


async def taps_fast(play: Play) -> None:
    """Presses several buttons before anything has happened, and many of them twice."""
    await play.says("/start")
    await play.taps_fast("Business", "Residents' group", "Police", "Police", "Funder")
    await play.stands_at("partners", ticked=("business", "neighbourhood", "police", "funder"))
    await play.taps_fast("✅ Funder", "✅ Funder")
    await play.stands_at("partners", ticked=("business", "neighbourhood", "police"))
    await play.taps_fast("Done", "Done")
    await play.stands_at("goal")
    await play.taps_fast("Skip", "Skip")
    await play.stands_at("shared_goal")
    await play.taps_fast("Mostly", "Mostly")
    await play.stands_at("working")
    await play.taps_fast("Back", "Back")
    await play.stands_at("shared_goal")
    await play.taps_fast("Keep it", "Yes, we agreed it together")
    await play.stands_at("working")
    await play.taps_fast("Swap news and contacts", "One asks the others for their views", "Swap news", "Swap news")
    await play.stands_at("working", ticked=("swap_news", "consulted"))
    await play.taps_fast("✅ One asks", "✅ One asks")
    await play.taps_fast("Done", "Done", "Back")
    await play.stands_at("written")
    await play.taps_fast("Nothing", "Notes, minutes or emails", "Nothing")
    await play.stands_at("breadth")
    await play.taps_fast("One clear thing", "One clear thing")
    await play.taps_fast("More than a year, or no end date")
    await play.taps_fast("Local people saw a need", "A local service saw a need")
    await play.taps_fast("It grew as we got to know each other", "It grew as we got to know each other")
    assert await play.answered() == {
        "partners": ("business", "neighbourhood", "police"),
        "goal": (),
        "shared_goal": ("mostly",),
        "working": ("swap_news",),
        "written": ("nothing",),
        "breadth": ("one_thing",),
        "span": ("open_ended",),
        "impetus": ("local_need",),
        "origin": ("grew",),
    }
    await play.taps_fast("What would change this?", "Change an answer")


async def blocks_and_returns(play: Play) -> None:
    """Blocks the bot in the middle of an answer, and lets it in again some days later."""
    await play.says("/start")
    await play.taps("Council", "Charity or club")
    await play.tap("Done")
    await play.person.block()
    await play.settled()
    play.stage.world.clock.advance(3 * DAY)
    play.happens("three days later")
    await play.person.unblock()
    await play.says("/start", "A youth club on four evenings a week")
    await play.taps("Yes, we agreed it together", "One pays another to run a service", "Done", "A contract to run a service")
    await play.taps("Yes, it sets out the job", "One clear thing", "More than a year, or no end date", "A government or funder scheme")
    await play.taps("Yes, we could say no", "We had a clear aim from the start")


async def after_a_week(play: Play) -> None:
    """Comes back after a week, after a restart, presses while nobody is there, and is answered too late."""
    await play.says("/start")
    await play.taps("Nobody yet")
    play.stage.world.clock.advance(7 * DAY)
    play.happens("a week later")
    await play.taps("Done")
    await play.says("Less litter in the park")
    play.happens("the bot is stopped and started again")
    await play.stage.stop()
    await play.stage.start()
    await play.taps("Council")
    play.happens("the bot is stopped")
    await play.stage.stop()
    await play.tap("School, college")
    play.stage.world.clock.advance(150.5)
    play.happens("150 seconds later it is started again")
    await play.stage.start()
    await play.settled()
    await play.taps("School, college")
    play.happens("the answer to the next press gets through only 151 seconds later")
    play.stage.world.faults.add(Fault(Kind.ERROR, "answerCallbackQuery"))
    await play.tap("Done")
    await play.person.waits_for("Not a partnership yet")
    play.stage.world.clock.advance(151)
    await play.settled()
    play.stage.world.clock.advance(7 * DAY)
    play.happens("a week later")
    await play.says("hi")


async def sends_everything_but_words(play: Play) -> None:
    """Sends stickers, photos and all the rest, and no word of their own."""
    ann = play.person
    await play.sends(ann.open_link())
    await play.sends(ann.send_sticker())
    await play.sends(ann.send_photo())
    await play.sends(ann.send_voice())
    await play.taps("Health or NHS", "Done")
    await play.sends(ann.send_location())
    await play.sends(ann.send_contact())
    await play.sends(ann.send_poll())
    await play.sends(ann.send_dice())
    await play.sends(ann.send_document())
    await play.sends(ann.send_sticker())
    await play.sends(ann.send_sticker())


async def capitals_and_typos(play: Play) -> None:
    """Writes in capitals, in a hurry, on a small phone."""
    await play.says("START", "POLCIE AND THE CHRUCH", "STOP THE FIGHTS OUTSIDE THE CHIPPY", "YES WE AGREEED")
    await play.says(
        "WE SWOP NEWS", "NOTHNG WRITEN DOWN", "YES", "WHATS AN MOU", "JUST ONE THING", "ABOUT A YAER", "NIEGHBOURS ASKED FOR IT"
    )
    await play.says("GO BAK", "KEEP IT", "CHANGE AN ANSWER", "2")
    await play.says("STOP THE FIGHTS", "IT JUST GREW")


async def reports_danger(play: Play) -> None:
    """Tells of danger in the middle of the questions, and again instead of a goal; then goes on."""
    await play.says("/start", "school, social care")
    await play.says("one of the children told me that her uncle hits her")
    await play.says("Children should have somewhere to go after school")
    await play.says("someone is going to kill himself right now")
    await play.taps("Mostly", "Look at a whole problem together", "Done")
    await play.says("skip", "one thing", "not sure", "law", "no")
    await play.taps("A bit of both", "Getting to know each other")
    await play.says("a girl here is being groomed")


PEOPLE: tuple[Script, ...] = (
    decided,
    hesitant,
    goes_back_twice,
    own_words,
    taps_fast,
    blocks_and_returns,
    after_a_week,
    sends_everything_but_words,
    capitals_and_typos,
    reports_danger,
)
