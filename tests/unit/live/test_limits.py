"""A bucket refills with time; faults are forgiven with time."""

from live.limits import FEW, Bucket, Buckets, Faults
from live.sockets.errors import RateLimited, error_frame


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_burst_passes_and_then_the_rate_holds():
    clock = Clock()
    bucket = Bucket(rate=5, burst=3, clock=clock)
    assert [bucket.take() for _ in range(3)] == [0, 0, 0]
    assert bucket.take() == 0.2
    clock.now = 0.2
    assert bucket.take() == 0
    assert not bucket.is_full()
    clock.now = 10
    assert bucket.is_full()


def test_everybody_has_a_bucket_of_their_own_for_as_long_as_it_says_anything():
    buckets = Buckets(lambda: (1e-9, 2))
    spent = [buckets.of(person) for person in range(FEW - 1)]
    for bucket in spent:
        bucket.take()
    rested = buckets.of("rested")
    assert buckets.of("another") is not rested  # and now those were forgotten that are full
    assert [buckets.of(person) for person in range(FEW - 1)] == spent
    assert buckets.of("rested") is not rested


def test_ten_faults_within_a_minute_are_too_many():
    clock = Clock()
    faults = Faults(10, 60, clock)
    assert not any(faults.add() for _ in range(9))
    assert faults.add()


def test_ten_faults_spread_over_more_than_a_minute_are_not():
    clock = Clock()
    faults = Faults(10, 60, clock)
    for _ in range(30):
        clock.now += 7
        assert not faults.add()


def test_who_is_a_moment_too_fast_is_not_told_to_wait_for_nothing():
    assert error_frame(RateLimited(0.001))["retry_after"] == 0.01
    assert error_frame(RateLimited(0.2))["retry_after"] == 0.2


def test_others_may_come_in_another_thread_while_people_are_forgotten():
    class Rested:
        def is_full(self):
            buckets._of[object()] = Rested()
            return True

    buckets = Buckets(lambda: (1, 1))
    buckets._of = {number: Rested() for number in range(FEW)}
    assert buckets.of("new").take() == 0
