"""The bench understands its words, draws its tables, and says to peers what they expect."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from messaging.actions import post_message
from operations.crowd import make_crowd
from tests.bench import contest, pages, plans, table
from tests.bench.__main__ import NAMES, of_the_line, parsed
from tests.bench.alone import guests, talk
from tests.bench.generator import drive
from tests.bench.peers import PEERS, brokers
from tests.bench.peers.node import HERE
from tests.bench.peers.peer import Missing, Peer, program
from tests.bench.product import hub_alone
from tests.fault.lab.part import ROOT


def test_without_words_everything_is_measured():
    wish = parsed([])
    assert (wish.scenarios, wish.server) == (NAMES, ["daphne", "uvicorn"])
    assert (wish.database, wish.seconds, wish.messages) == (["sqlite", "postgres"], 5, 1_000_000)


def test_the_quick_form_has_one_server_and_one_database():
    wish = parsed(["--quick"])
    assert (wish.server, wish.database, wish.seconds) == (["uvicorn"], ["sqlite"], 2)
    assert parsed(["--quick", "--server", "daphne", "S4"]).server == ["daphne"]


def test_a_scenario_that_does_not_exist_is_refused_in_words(capsys):
    with pytest.raises(SystemExit):
        parsed(["S10"])
    assert "There is no scenario called S10" in capsys.readouterr().err


def test_every_scenario_of_the_line_has_a_name_that_can_be_asked_for():
    assert NAMES == ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "peers"]
    assert list(of_the_line("peers", "uvicorn", "sqlite", 1)) == []


class Installed:
    """As a product that is run in this process."""

    def tells(self, *words):
        return "".join(f"{json.dumps(line)}\n" for line in plans.told(int(words[-1])))


@pytest.mark.django_db
def test_it_is_told_what_the_database_reads_for_each_question():
    room, reader = make_crowd(1, 1), get_user_model().objects.get(username=plans.READER)
    post_message(conversation_id=room, author=reader, body="Hello")
    told = dict(pages.plans(Installed(), room))
    assert {"S7 a room page", "S7 changes since", "S7 unread counts", "S7 a search, a rare word"} <= set(told)
    assert "conversation_id, seq" in told["S7 the newest page"]["messages are found by"]
    whole = {title: figures["large tables read whole"] for title, figures in told.items()}
    assert whole == dict.fromkeys(told, "none")


def test_talk_is_told_in_the_frames_of_a_chat():
    told = json.loads((ROOT / "tests" / "frames.json").read_text())
    change = talk.change_of(7, get_user_model()(pk=1, username="ada"), "Hello", "0b5b4f0c")
    (frame,) = talk.Talk().say(change, 7, "v2", 6)
    assert list(frame) == list(told["conversation"]["chat_message"])
    assert (frame["type"], frame["revision"], frame["username"]) == ("chat_message", 7, "ada")


def test_what_was_said_in_one_turn_is_told_together(monkeypatch):
    told, turns = [], []
    monkeypatch.setattr(talk, "announce_all", told.append)
    loop = SimpleNamespace(call_soon=turns.append)
    talk.tell_soon(loop, "first")
    talk.tell_soon(loop, "second")
    turns.pop()()
    talk.tell_soon(loop, "third")
    turns.pop()()
    assert told == [["first", "second"], ["third"]] and not turns


def test_a_guest_is_the_number_of_a_cookie():
    people = guests.people_of(["crowdsession12", "nobody", None])
    assert {key: person.pk for key, person in people.items()} == {"crowdsession12": 12}
    assert guests.still_valid(["crowdsession3"]) == {"crowdsession3": 3}


FAST = {"deliveries/s": 1_234_567.8, "p50 ms": 2.345, "generator busy": 0.97}
SLOW = {"deliveries/s": 99.9, "p50 ms": -1, "generator busy": 0.1}
RESULTS = [
    ("daphne on sqlite", "S1", FAST),
    ("daphne on sqlite", "S2", SLOW),
    ("daphne on sqlite", "S4", {"pongs/s": 5.0}),
    ("what sqlite reads", "S7 the newest page", {"by": "conversation_id, seq", "steps": 8393}),
    ("one room", "Mosquitto", "mosquitto is not installed: apt-get install mosquitto"),
]


def test_the_tables_have_a_column_for_each_figure():
    drawn = table.markdown(RESULTS)
    assert "| S1 (the generator was the limit) | 1,234,568 | 2.35 | 0.97 |" in drawn
    assert "| S2 | 99.9 | -1 | 0.10 |" in drawn
    assert "|  | pongs/s |\n| --- | ---: |\n| S4 | 5 |" in drawn
    assert (
        "|  | by | steps |\n| --- | ---: | ---: |\n| S7 the newest page | conversation_id, seq | 8,393 |"
        in drawn
    )
    assert "Left out: Mosquitto. mosquitto is not installed: apt-get install mosquitto" in drawn


def test_what_stands_around_the_figures_stays(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
    table.write(page, "new")
    table.write(page, "newer")
    assert page.read_text() == f"before\n{table.BEGIN}\n\nnewer\n{table.END}\nafter\n"


def test_a_page_without_the_marks_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("mine")
    with pytest.raises(ValueError, match="no place"):
        table.write(page, "new")
    assert page.read_text() == "mine"


def test_a_peer_is_compared_with_the_product_and_with_its_hub_alone():
    compared = contest.compared({"deliveries/s": 50.0}, 200.0, 400.0)
    assert (compared["ratio"], compared["hub's ratio"]) == (4.0, 8.0)


def test_every_peer_has_a_name_of_its_own():
    assert len({peer.title for peer in PEERS}) == len(PEERS)
    assert all(isinstance(peer, Peer) for peer in PEERS)


def test_a_program_that_is_missing_is_named_with_its_package():
    with pytest.raises(Missing, match="no-such-server is not installed: apt-get install no-such-package"):
        program("no-such-server", "no-such-package")


def test_lengths_of_mqtt_are_seven_bits_a_byte():
    assert brokers.remaining(127) == "%h7f"
    assert brokers.remaining(321) == "%hc1%h02"  # the example of MQTT 3.1.1, 2.2.3


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_generator_says_what_its_words_mean():
    heard = {}
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=_answers, args=(door, heard))
        thread.start()
        words = {
            "port": door.getsockname()[1],
            "sockets": 1,
            "first": 7,
            "path": "/room/%r?n=%n",
            "mark": "t=0",
        }
        told = drive(**words, hello="%h41%h42", post="%t %x", size=3, flight=1, seconds=0.1, settle=0.01)
        thread.join(5)
    assert heard["address"] == "/room/7?n=1"
    assert heard["first"] == b"AB"
    assert heard["post"].startswith(b"t=0") and heard["post"].endswith(b" xxx")
    assert told["opened"] == 1 and told["deliveries"] > 0 and told["undelivered"] == 0


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_the_hub_alone_brings_talk_to_everybody_in_its_room(server):
    with hub_alone(server) as hub:
        told = hub.driven(sockets=6, rooms=2, flight=1, every=1, seconds=0.5)
    assert (told["opened"], told["refused"], told["lost_lines"], told["errors"]) == (6, 0, 0, 0)
    assert told["deliveries"] > 0 and told["undelivered"] == 0 and told["p50_ms"] > 0


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_every_second_socket_of_a_room_is_opened_at_the_other_port():
    heard = {}, {}
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        threads = [
            threading.Thread(target=_answers, args=pair) for pair in zip((one, other), heard, strict=True)
        ]
        for thread in threads:
            thread.start()
        ports = {"port": one.getsockname()[1], "other": other.getsockname()[1]}
        drive(**ports, sockets=2, path="/%r?n=%n", hello="hello", flight=1, seconds=0.1, settle=0.01)
        for thread in threads:
            thread.join(5)
    assert [one["address"] for one in heard] == ["/1?n=1", "/1?n=2"]


def _answers(door, heard):
    """Says back what the generator says, after its first word."""
    line, _ = door.accept()
    with line, line.makefile("rb") as stream:
        heard["address"] = stream.readline().split()[1].decode()
        while stream.readline().strip():
            pass
        line.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        heard["first"] = _payload(stream)
        while payload := _payload(stream):
            heard["post"] = payload
            line.sendall(bytes((0x81, len(payload))) + payload)


def _payload(stream):
    head = stream.read(6)  # with a mask of noughts
    return stream.read(head[1] & 127) if len(head) == 6 else b""


def test_the_lock_of_the_node_peers_fits_their_package():
    named = json.loads((HERE / "package.json").read_text())["dependencies"]
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"][""]["dependencies"]
    assert named == locked


def test_the_usual_chat_stands_by_itself(tmp_path):
    """Its models belong to settings of its own: a process of its own fills it."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.peers.usual.settings",
        "USUAL_DATABASE": str(tmp_path / "usual.sqlite3"),
        "REDIS_URL": "redis://127.0.0.1:1",
    }
    fill = [sys.executable, "-m", "tests.bench.peers.usual.people", "3", "2"]
    subprocess.run(fill, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
