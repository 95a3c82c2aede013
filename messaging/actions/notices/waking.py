"""Bringing calls to the browsers of their people, and keeping book of which browsers are still there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.utils import timezone

from accounts.sessions.validity import still_valid

from ... import looking
from ...models import NotificationWishes, PushSubscription
from ...push import post, standing
from ...queries import wishes

AT_ONCE = 8  # pushes on their way
MOST_FAILURES = 10  # in a row, then the browser is taken to be gone
FIRST_REST = timedelta(minutes=1)


def wake(calls):
    """Tell the browsers of these people. Returns those none of whose browsers could be told: perhaps later."""
    browsers = _browsers_of(_who_may_be_woken(calls))
    outcomes = _told([call for call in calls if call.user_id in browsers], browsers)
    return {id for id, became in outcomes.items() if set(became) == {post.FAILED}}


def _who_may_be_woken(calls):
    """Those who want it, are not asleep by their own clock, and do not look at it already."""
    people = {call.user_id for call in calls}
    wished = NotificationWishes.objects.filter(user__in=people).select_related("user")
    peaceful = {one.user_id for one in wished if not one.push or wishes.is_quiet(one)}
    looked_at = looking.places_looked_at(people - peaceful)
    seen = {call.user_id for call in calls if call.conversation_id in looked_at.get(call.user_id, ())}
    return people - peaceful - seen


def _browsers_of(people):
    """{user id: their browsers}, of sessions that still stand; signing out ended the others."""
    rows = list(PushSubscription.objects.filter(user__in=people))
    owners = still_valid({row.session_key for row in rows})
    ended = [row.pk for row in rows if owners.get(row.session_key) != row.user_id]
    PushSubscription.objects.filter(pk__in=ended).delete()
    browsers = {}
    for row in rows:
        if row.pk not in ended:
            browsers.setdefault(row.user_id, []).append(row)
    return browsers


def _told(calls, browsers):
    """{user id: what became of it at each of their browsers}"""
    still = standing.of(browsers)
    pushes = [(row, call) for call in calls for row in browsers[call.user_id]]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        became = list(pool.map(lambda push: _send(*push, still[push[1].user_id]), pushes))
    outcomes = {}
    for (row, call), outcome in zip(pushes, became, strict=True):
        outcomes.setdefault(call.user_id, []).append(outcome or post.FAILED)
        if outcome:
            _note(row, outcome)
    return outcomes


def _send(row, call, still):
    """None for a browser whose push service failed just now, and is left in peace for a while."""
    if row.resting_until and row.resting_until > timezone.now():
        return None
    said = {"title": call.title, "body": call.body, "url": call.url, "tag": call.tag, **still}
    address = post.Address(row.endpoint, row.p256dh, row.auth)
    return post.send(address, said, topic=call.tag, urgency="high" if call.is_pressing else "normal")


def _note(row, outcome):
    browser = PushSubscription.objects.filter(pk=row.pk)
    if outcome == post.GONE or (outcome == post.FAILED and row.failures + 1 >= MOST_FAILURES):
        browser.delete()
    elif outcome == post.FAILED:
        rest = FIRST_REST * 2**row.failures
        browser.update(failures=row.failures + 1, resting_until=timezone.now() + rest)
    else:
        browser.update(failures=0, resting_until=None, used_at=timezone.now())


def forget_ended_browsers():
    """Take away those whose session is over, for people to whom nothing is pushed just now."""
    rows = list(PushSubscription.objects.values_list("pk", "session_key", "user"))
    owners = still_valid({key for _, key, _ in rows})
    ended = [pk for pk, key, user in rows if owners.get(key) != user]
    return PushSubscription.objects.filter(pk__in=ended).delete()[0]
