"""Who is here: a person, not a tab, whichever process they came by."""

from functools import partial

from ..cast import tells_of
from ..fault.lab.wire import PLAIN

AWAY = 300  # seconds


def people(frame):
    return {member["user_id"] for member in frame["members"] if member["status"] == "active"}


async def test_who_comes_is_told_who_is_here(ada, bob, place):
    await ada.enters(place)
    for dialect in (PLAIN, "prizmai.v2"):
        line = await bob.enters(place, dialect=dialect)
        present = await line.hears_such(
            lambda frame: frame["type"] == "presence_update" and ada.user_id in people(frame),
            "Ada's presence",
        )
        assert present["active_count"] >= 1
        ada_there = next(member for member in present["members"] if member["user_id"] == ada.user_id)
        assert ada_there["display_name"] == "Ada Flyer"


async def test_a_person_comes_and_goes_not_a_tab(ada, bob, place):
    line = await ada.enters(place)
    first = await bob.enters(place)
    joined = await line.hears("user_join", user_id=bob.user_id)
    assert joined["username"] == "bob"
    second = await bob.enters(place)
    await first.closes()
    await ada.posts(place, "Somebody closed a tab")
    await second.hears(place.said)
    assert not line.has_heard("user_leave")
    await second.closes()
    await line.hears("user_leave", user_id=bob.user_id)
    assert len(line.has_heard("user_join", user_id=bob.user_id)) == 1


async def test_one_hears_nothing_of_oneself(ada, bob, hangar):
    line = await ada.enters(hangar)
    await bob.enters(hangar)
    await line.hears("user_join", user_id=bob.user_id)
    await ada.enters(hangar)
    await line.settles()
    assert not line.has_heard("user_leave", user_id=ada.user_id)
    assert len(line.has_heard("user_join", user_id=ada.user_id)) <= 1


async def test_tabs_in_two_processes_are_one_person(ada, bob, hangar, other_web):
    line = await ada.enters(hangar)
    here = await bob.enters(hangar)
    await line.hears("user_join", user_id=bob.user_id)
    there = await bob.enters(hangar, door=other_web.address)
    present = await there.hears_such(
        lambda frame: frame["type"] in ("presence_update", "user_join") and ada.user_id in _ids(frame), "Ada"
    )
    assert present
    await here.closes()
    await there.closes()
    await line.hears("user_leave", user_id=bob.user_id)
    assert len(line.has_heard("user_leave")) == 1


def _ids(frame):
    return people(frame) if "members" in frame else {frame["user_id"]}


async def test_a_refused_person_leaves_no_trace(ada, bob, eve, cockpit):
    """S69, after the same line has shown that arrivals are told."""
    line = await ada.enters(cockpit)
    for dialect in (PLAIN, "prizmai.v2"):
        try:
            refused = await eve.dials(cockpit.path, dialect=dialect)
            await refused.is_closed()
        except Exception as error:
            assert "403" in str(error)
    guest = await bob.enters(cockpit)
    await line.hears("user_join", user_id=bob.user_id)
    await guest.closes()
    await line.hears("user_leave", user_id=bob.user_id)
    assert str(eve.user_id) not in {str(frame.get("user_id")) for frame in line.heard}
    assert all(eve.user_id not in people(frame) for frame in line.has_heard("presence_update"))


async def test_who_is_away_is_so_wherever_their_lines_are(ada, scene, hangar, door, other_web):
    """Gil's room is at one server, the pages that tell of him at the other."""
    gil = scene.newcomer(f"gil{hangar.id}", door)
    gil_is = partial(tells_of, gil.user_id)
    line = await ada.enters(hangar)
    afar = await ada.enters(hangar, door=other_web.address)
    await gil.enters(hangar)
    await line.hears("user_join", user_id=gil.user_id)
    inbox = await gil.dials("/ws/inbox/", door=other_web.address)
    await inbox.hears("inbox")
    await inbox.says("looking", conversation_id=hangar.conversation_id, idle=AWAY + 100)
    for one in (line, afar):
        told = await one.hears_such(gil_is("away"), "Gil away")
        assert told["active_count"] == 1
    guest = await ada.enters(hangar, dialect=PLAIN)
    await guest.hears_such(gil_is("away"), "Gil away from the start")
    before = len(line.heard)
    await inbox.says("looking", conversation_id=hangar.conversation_id, idle=AWAY - 2)
    back = await line.hears_such(gil_is("active"), "Gil back", after=before)
    assert back["active_count"] == 2
    await line.hears_such(gil_is("away"), "Gil away by himself", after=line.heard.index(back))
    assert not line.has_heard("user_leave", user_id=gil.user_id)
    await gil.goes()


async def test_a_page_that_says_nonsense_of_its_person_changes_nothing(ada):
    line = await ada.dials("/ws/inbox/")
    await line.hears("inbox")
    for idle in (-1, "long", 2**40, True, None):
        before = len(line.heard)
        await line.says("looking", conversation_id=0, idle=idle)
        await line.hears("error", after=before)
