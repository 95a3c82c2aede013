"""Who is at a card just now: who has its page open, and who is dragging it over the board."""

from django.contrib.auth import get_user_model

from live.whispering.passing import HOLDING, VISITING

from . import frames


def told(whisper):
    """The frames of a whisper of live/whispering/passing.py about a card, without people who hide their presence."""
    people, task_id = whisper["people"], whisper["place"]
    users = get_user_model().objects.filter(pk__in=people, is_active=True, shares_presence=True)
    shown = users.order_by("display_name", "username")
    if whisper["kind"] == VISITING:
        return [frames.card_visited(task_id, shown)]
    return [frames.card_held(task_id, [(user, people[user.pk]) for user in shown])]


def is_about_cards(whisper):
    return whisper.get("kind") in {HOLDING, VISITING}
