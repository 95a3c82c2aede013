"""Every increment of a revision reaches the followers, whatever was overtaken."""

from live.streams import Change, unbroken


def told(changes, since):
    return [(revision, change.noun) for revision, change in unbroken(changes, since)]


def test_changes_without_holes_are_told_as_they_are():
    assert told([Change(4, 4, "a"), Change(5, 2, "b")], 3) == [(4, "a"), (5, "b")]


def test_a_birth_that_was_overtaken_is_told_at_its_own_revision():
    assert told([Change(6, 5, "edited")], 4) == [(5, "edited"), (6, "edited")]


def test_any_other_hole_is_filled_by_the_change_that_comes_next():
    changes = [Change(7, 7, "new"), Change(9, 2, "old, changed at 8 and again at 9")]
    assert [revision for revision, _ in told(changes, 6)] == [7, 8, 9]


def test_a_hole_is_filled_by_nothing_that_is_not_born_yet():
    """Else it would be told as new twice, and before what was said before it."""
    changes = [
        Change(14, 13, "second"),
        Change(15, 12, "first"),
        Change(16, 3, "old, changed at 11 and again at 16"),
    ]
    old, first, second = changes[2].noun, "first", "second"
    assert told(changes, 10) == [(11, old), (12, first), (13, second), (14, second), (15, first), (16, old)]


def test_a_hole_that_nothing_older_is_left_of_is_filled_by_what_comes_next():
    """What was said at 11 and 12 is cleared away since."""
    assert told([Change(13, 13, "cleared"), Change(14, 14, "new")], 10)[:2] == [
        (11, "cleared"),
        (12, "cleared"),
    ]


def test_nothing_new_is_nothing_told():
    assert told([], 12) == []
