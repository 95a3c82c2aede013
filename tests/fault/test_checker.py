"""The checker itself: it must see each fault it is there to see, and none where there is none."""

import pytest

from .lab.checker import judge

HANGAR = "/ws/chat-room/1/"


def row(seq, text, client_id="a", revision=None):
    return {
        "seq": seq,
        "born": seq,
        "revision": revision or seq,
        "client_id": client_id,
        "text": text,
        "message_id": seq * 10,
    }


def said(text, client_id, who="ada"):
    return {"at": 1.0, "who": who, "what": "said", "client_id": client_id, "text": text, "path": HANGAR}


def acked(client_id, seq, who="ada"):
    return {
        "at": 2.0,
        "who": who,
        "what": "acked",
        "client_id": client_id,
        "seq": seq,
        "message_id": seq * 10,
    }


def starts(who="bob"):
    return {"at": 0.0, "who": who, "what": "starts", "seq": 0, "path": HANGAR}


def heard(seq, text, who="bob", at=2.5):
    entry = {"at": at, "who": who, "what": "heard", "type": "chat_message", "seq": seq, "text": text}
    return {**entry, "revision": seq, "message_id": seq * 10, "path": HANGAR}


GOOD = [
    starts(),
    said("one", "a"),
    acked("a", 1),
    said("two", "b"),
    acked("b", 2),
    heard(1, "one"),
    heard(2, "two"),
]
KEPT = [row(1, "one", "a"), row(2, "two", "b")]


def faults(entries=GOOD, rows=KEPT):
    return set(judge(entries, {HANGAR: (rows, [row["seq"] for row in rows])}).faults)


def test_a_good_run_has_no_fault():
    assert faults() == set()


def test_an_acknowledged_message_that_is_not_kept_is_lost():
    assert "lost" in faults(rows=KEPT[:1])


def test_a_message_kept_twice_is_doubled():
    assert "doubled" in faults(rows=[*KEPT, row(3, "two", "c")])


def test_a_message_shown_twice_is_doubled():
    assert "doubled" in faults([*GOOD, heard(2, "two")])


def test_a_missing_number_is_a_hole():
    assert "holes" in faults(rows=[row(1, "one"), row(3, "two")])


def test_messages_in_another_order_are_seen():
    assert "reordered" in faults([*GOOD[:-2], heard(2, "two"), heard(1, "one")])


def test_a_message_that_was_changed_meanwhile_comes_later():
    later = [row(1, "one", "a", revision=3), KEPT[1]]
    assert faults([*GOOD[:-2], heard(2, "two"), {**heard(1, "one"), "revision": 3}], later) == set()


def test_other_places_than_kept_are_seen():
    swapped = [{**heard(2, "two"), "revision": 1}, {**heard(1, "one"), "revision": 2}]
    kept = [{**KEPT[0], "born": 2, "revision": 2}, {**KEPT[1], "born": 1, "revision": 1}]
    assert "reordered" in faults([*GOOD[:-2], *swapped], kept)


def test_a_message_nobody_was_shown_is_unseen():
    assert faults(GOOD[:-1]) == {"unseen"}


def changed(seq, revision, who="bob"):
    return {**heard(seq, "one", who), "type": "message_changed", "revision": revision}


def test_a_change_that_nobody_was_shown_is_unseen():
    later = [row(1, "one", "a", revision=3), KEPT[1]]
    assert faults(rows=later) == {"unseen"}
    assert faults([*GOOD, changed(1, 3)], later) == set()


def out_after(revision):
    return {"at": 2.1, "who": "laboratory", "what": "put out", "whom": "bob", "after_revision": revision}


SENT_AWAY = {"at": 2.2, "who": "bob", "what": "sent away", "code": 4403}


@pytest.mark.parametrize("how", [[{"at": 2.2, "who": "bob", "what": "left"}], [SENT_AWAY, out_after(1)]])
def test_who_is_gone_need_not_see_all(how):
    assert faults([*GOOD[:-1], *how]) == set()


def test_who_is_sent_away_and_was_not_put_out_is_turned_away():
    assert faults([*GOOD, SENT_AWAY]) == {"turned_away"}


def test_what_was_shown_and_never_kept_is_invented():
    assert "invented" in faults([*GOOD, heard(3, "three")])


def test_what_comes_after_being_put_out_is_overheard():
    assert faults([*GOOD, out_after(1)]) == {"overheard"}
    assert faults([*GOOD, out_after(2)]) == set()
    assert faults([*GOOD, changed(1, 3), out_after(2)]) == {"overheard"}


def test_what_the_server_would_not_take_is_refused():
    refused = {"at": 2.0, "who": "ada", "what": "refused", "client_id": "b", "detail": "No."}
    assert faults([*GOOD[:4], heard(1, "one"), refused], KEPT[:1]) == {"refused"}


def test_the_delay_runs_from_the_acknowledgement_to_the_other_screen():
    verdict = judge(GOOD, {HANGAR: (KEPT, [1, 2])})
    assert verdict.delays == [0.5, 0.5] and verdict.answers == []
