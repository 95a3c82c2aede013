"""What is said between marks is said so by all of a page, and by no page of a later test."""

from messaging.rendering import rendered

from .marks import BEGIN, speak_marked


def a_line():
    place = {"conversation_id": 1, "url": "/", "unread": 1, "level": "all"}
    return rendered("messaging/sidebar/_sidebar_place.html", place=place, here=False)


def test_a_piece_that_was_kept_is_marked_while_pages_are_and_not_after(monkeypatch):
    before = a_line()
    with monkeypatch.context() as marked:
        speak_marked(marked)
        assert BEGIN in a_line()
    assert a_line() == before and BEGIN not in before
