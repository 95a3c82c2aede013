"""Between two ranks there is always another."""

import random

from hypothesis import given, strategies

from boards.ranks import WIDTH, between


def test_the_first_rank_leaves_room_on_both_sides():
    first = between(None, None)
    assert between(None, first) < first < between(first, None)


def test_ten_thousand_cards_put_at_the_foot_keep_short_ranks():
    ranks = [between(None, None)]
    for _ in range(10_000):
        ranks.append(between(ranks[-1], None))
    assert ranks == sorted(ranks)
    assert all(len(rank) == WIDTH for rank in ranks)


@given(strategies.lists(strategies.integers(min_value=0, max_value=2**32), max_size=60))
def test_ranks_inserted_anywhere_stay_in_order_and_apart(places):
    ranks = []
    for place in places:
        at = place % (len(ranks) + 1)
        ranks.insert(at, between(ranks[at - 1] if at else None, ranks[at] if at < len(ranks) else None))
    assert ranks == sorted(set(ranks))


def test_the_same_gap_can_be_halved_hundreds_of_times():
    lower, upper = between(None, None), between(between(None, None), None)
    side = random.Random(7)
    for _ in range(400):
        middle = between(lower, upper)
        assert lower < middle < upper
        lower, upper = (middle, upper) if side.random() < 0.5 else (lower, middle)


def test_a_rank_is_digits_only_so_that_every_language_sorts_it_alike():
    rank = between(between("5000000000000000", "5000000000000001"), "5000000000000001")
    assert rank.isdecimal()
