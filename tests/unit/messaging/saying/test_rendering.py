"""The server draws a message as the browser does: the same boxes, the same folds."""

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import timezone

from messaging import rendering
from messaging.rendering import Kept, rendered
from messaging.templatetags.messaging import is_long, only_emoji, picture_box

ROW = Path(__file__).parents[4] / "static/js/elements/timeline/message/row.js"

# As tests/js/files.test.js has them.
BOXES = [
    (100, 50, 100, 50),
    (704, 100, 352, 50),
    (100, 2880, 10, 288),
    (4000, 3000, 352, 264),
    (3000, 1, 352, 1),
    (705, 577, 352, 288),
]


@pytest.mark.parametrize(("width", "height", "across", "down"), BOXES)
def test_a_picture_has_a_box_of_its_shape(width, height, across, down):
    assert picture_box({"width": width, "height": height}) == f' width="{across}" height="{down}"'


def test_a_picture_nobody_measured_has_none():
    assert picture_box({"width": None, "height": None}) == ""


@pytest.mark.parametrize("text", ["", None, "x\n" * 39, "x" * 3600])
def test_a_short_message_is_shown_whole(text):
    assert not is_long(text)


@pytest.mark.parametrize("text", ["x\n" * 40, "x" * 3601, ("x" * 91 + "\n") * 20])
def test_a_long_message_is_folded(text):
    assert is_long(text)


FLAG_OF_BENGAL = "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in "inwb") + "\U000e007f"
BIG = [
    "😀",
    " 👍🏽\n",
    "👩\u200d🚀 🚀",
    "❤\ufe0f",
    "🇩🇪",
    FLAG_OF_BENGAL,
    "1\ufe0f\u20e32\ufe0f\u20e3",
    "#\u20e3",
    "😀" * 24,
]
SMALL = ["", " ", "1", "12", "#", "*", "1\ufe0f", "no 😀", "😀!", "😀" * 25, "🏽x"]


def drawn_big_by_browsers(texts):
    rule = re.search(r"^const ONLY_EMOJI = (/.*/u);", ROW.read_text(encoding="utf-8"), re.M)[1]
    judge = f"console.log(JSON.stringify({json.dumps(texts)}.map((one) => {rule}.test(one.trim()))))"
    return json.loads(subprocess.check_output(["node", "-e", judge]))


def test_emoji_alone_are_big_for_the_server_as_for_browsers():
    assert [only_emoji(one) for one in BIG + SMALL] == [True] * len(BIG) + [False] * len(SMALL)
    assert drawn_big_by_browsers(BIG + SMALL) == [True] * len(BIG) + [False] * len(SMALL)


def test_what_is_rendered_once_is_what_would_be_rendered_now():
    message = {
        "id": 1,
        "seq": 1,
        "kind": "text",
        "user_id": 7,
        "display_name": "Ada",
        "message": "Hello",
        "html": "",
    }

    def shown(message):
        return rendered("messaging/message/_message.html", message=message, blank=False)

    first = shown(message)
    assert shown(dict(message)) is first and "Hello" in first
    assert "Good day" in shown(message | {"message": "Good day"})
    said_at = message | {"when": datetime(2026, 1, 1, 12, tzinfo=UTC), "timestamp": "2026-01-01T12:00:00Z"}
    assert "12:00" in shown(said_at)
    with timezone.override("Asia/Tokyo"):
        assert "21:00" in shown(said_at)


def test_pictures_stand_between_words_and_what_was_done_with_them():
    drawn = rendered("messaging/message/_message.html", message={}, blank=True)
    order = [drawn.index(part) for part in ("message-body", '"attachments"', "message-pinned", '"reactions"')]
    assert order == sorted(order)


def test_what_is_kept_rendered_is_bounded_by_its_length(monkeypatch):
    monkeypatch.setattr(rendering, "MOST", 1_000)
    kept = Kept()
    for number in range(100):
        kept.keep(f"{number:04}".encode(), "x" * 96)
        assert len(kept) <= 10
    assert len(kept) > 1


PEOPLE = [
    (("ada", 17, "/face/"), 'data-hue="7" data-face="17" aria-hidden="true">A<img src="/face/"'),
    (("<b>", 3, '"x'), 'data-hue="3" data-face="3" aria-hidden="true">&lt;<img src="&quot;x"'),
    (("Left", None, None), 'data-hue="0" aria-hidden="true">L</span>'),
    (("", "", ""), 'data-hue="0" aria-hidden="true"></span>'),
]


@pytest.mark.parametrize(("person", "shown"), PEOPLE)
def test_a_person_is_their_picture_or_an_initial(person, shown):
    drawn = Template("{% avatar who.0 who.1 who.2 %}").render(Context({"who": person}))
    assert drawn.startswith(f'<span class="avatar" {shown}')


def test_a_clock_tells_the_time_of_the_reader():
    noon, clock = datetime(2026, 1, 1, 12, 5, tzinfo=UTC), Template("{% load messaging %}{{ at|clock }}")
    assert clock.render(Context({"at": noon})) == "12:05"
    assert clock.render(Context({"at": None})) == ""
    with timezone.override("Asia/Tokyo"):
        assert clock.render(Context({"at": noon})) == "21:05"
