"""A log that was put back from a backup has other numbers: nobody counts on in them by those of before."""

from unittest.mock import Mock

from live.hub import Hub
from live.sockets.close_codes import AGAIN
from live.streams import Head, Source
from live.tracks.follower import Follower
from live.tracks.track import Track


def hub_that_follows(track):
    hub = Hub.__new__(Hub)
    hub.tracks, hub.delivery = {track.key: track}, Mock()
    return hub


def test_who_was_told_the_past_of_another_log_comes_again():
    """A backup was put back while it was read: by which of both numbers to go on nobody can say."""
    track, socket = Track("log:1", Source(), 1, Mock()), Mock()
    track.delivered, track.epoch, track.access = 5, "restored", 1
    hub, ada = hub_that_follows(track), Follower("log:1", "v2", socket)
    track.take_in(ada)
    hub.caught_up(ada, Head(5, "before", 1))
    socket.close.assert_called_once_with(AGAIN)
    hub.delivery.read.assert_called_once_with(track)
    assert ada not in track.audiences["v2"].followers
