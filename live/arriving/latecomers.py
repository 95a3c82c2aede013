"""A latecomer is a follower that was told the past up to a moment before its track began, or by an older access stamp.

What lies between is in no buffer: if its person may still follow, it is read and told.
"""

from django.conf import settings

from ..sockets.close_codes import AGAIN
from ..sockets.packet import Packet
from ..streams import unbroken
from .past import Asker


async def bring_up(hub, track, follower, head):
    """Go on until this follower is caught up, is sent away or has left: no other end leaves it in between."""
    try:
        if follower in track.catching_up:
            asker = Asker(follower.user_id, head.revision, head.epoch)
            reading = await hub.past_of(track.key, asker)
            if still_late := _go_on(hub, track, follower, asker, reading):
                await still_late
    except Exception as error:
        if follower in track.catching_up:
            follower.socket.give_up(error)


def _go_on(hub, track, follower, asker, reading):
    if follower not in track.catching_up:
        return None
    if not reading.admits(asker):
        return hub.delivery.send_away(track, [follower])
    changes = reading.changes_for(asker)
    if len(changes) > settings.LIVE["catch_up_limit"]:
        return follower.socket.close(AGAIN)
    _tell(track, follower, changes, asker.since)
    return hub.caught_up(follower, reading.head)


def _tell(track, follower, changes, since):
    for revision, change in unbroken(changes, since):
        if frames := track.source.say(change, revision, follower.dialect, revision - 1):
            follower.write(Packet(frames))
        if follower.noticed is not None:
            follower.noticed(track.key, change, revision)
