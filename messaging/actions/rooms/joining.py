"""Memberships made and ended, several at once."""

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Conversation, Departure, Membership, Notification
from ..notices.inboxes import next_inbox_revision, next_inbox_revisions
from ..notices.putting_away import withdraw


def add_memberships(conversations, user_ids, *, moderators=()):
    """Make each of the people a member of each of the conversations; the past is not unread to them.

    The conversations must be locked or new. Whoever is a member already keeps their place.
    """
    there = Membership.objects.filter(conversation__in=conversations, user__in=user_ids)
    before = set(there.values_list("conversation", "user"))
    new = [(one, id) for one in conversations for id in sorted(user_ids) if (one.pk, id) not in before]
    revisions = next_inbox_revisions(id for conversation, id in new)
    Departure.objects.filter(user__in=user_ids, conversation__in=conversations).delete()
    Membership.objects.bulk_create(
        [
            Membership(
                conversation=conversation,
                user_id=id,
                role=Membership.Role.MODERATOR if id in moderators else Membership.Role.MEMBER,
                level=conversation.default_level,
                read_seq=conversation.last_seq,
                inbox_revision=revisions[id],
                inbox_born=revisions[id],
            )
            for conversation, id in new
        ],
        batch_size=500,
    )


def begin_place(by, conversation_id, **at):
    """Somebody's first place in the comments of a task: until now nothing of them was read.

    Their inbox must be locked: whoever is put off the board loses the places that they have by then, and begins none.
    """
    if not policy.found_by(by.pk).filter(pk=conversation_id, kind=Conversation.Kind.TASK).exists():
        raise PermissionDenied(_("Join the room first."))
    Membership.objects.create(conversation_id=conversation_id, user=by, **at)


def retell(conversation):
    """Have everybody who is in it told anew what it is: where it stands in their lists is another place now."""
    memberships = list(conversation.memberships.order_by("user"))
    revisions = next_inbox_revisions(one.user_id for one in memberships)
    for one in memberships:
        one.inbox_revision = one.inbox_born = revisions[one.user_id]
    Membership.objects.bulk_update(memberships, ["inbox_revision", "inbox_born"], batch_size=500)


def tell_anew(conversation, user_id):
    """Have the member's browsers look again at how things stand there, though nothing was said."""
    told = conversation.memberships.filter(user=user_id)
    if told.exists():
        told.update(inbox_revision=next_inbox_revision(user_id))


def end_memberships(conversations, user):
    """Take the person out of all of the conversations, which must be locked; their inbox keeps that they left."""
    ended = Membership.objects.filter(conversation__in=conversations, user=user)
    left = list(ended.exclude(conversation__kind="task").values_list("conversation", flat=True))
    ended.delete()
    withdraw(Notification.objects.filter(pk__in=_closed_to(user, conversations)))
    if left:
        revision = next_inbox_revisions([user.pk])[user.pk]
        Departure.objects.bulk_create(
            [Departure(user=user, conversation_id=id, inbox_revision=revision) for id in left],
            update_conflicts=True,
            unique_fields=["user", "conversation"],
            update_fields=["inbox_revision"],
        )


def _closed_to(user, conversations):
    """The ids of notices of what they may read no more there. What is hidden elsewhere may be theirs again."""
    place = Coalesce("message__conversation", "invitation__conversation", "task__conversation")
    hidden = Notification.objects.filter(user=user, read_at=None).unreadable().annotate(place=place)
    here = {one.pk for one in conversations}
    return [id for id, place in hidden.order_by().values_list("pk", "place") if place in here]
