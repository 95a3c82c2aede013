"""Talking to people directly."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Conversation
from .joining import add_memberships

MOST_PEOPLE = 9  # besides oneself


def open_direct(*, by, people):
    """The one conversation between exactly these people (user ids) and oneself; made when there is none yet."""
    ids = {int(id) for id in people} - {by.pk}
    if not ids:
        raise ValidationError(_("Choose somebody to talk to."))
    if len(ids) > MOST_PEOPLE:
        raise ValidationError(
            _("Choose at most %(most)d people; for more, open a room."), params={"most": MOST_PEOPLE}
        )
    key = "-".join(str(id) for id in sorted({by.pk, *ids}))
    conversation = Conversation.objects.filter(people_key=key).first()
    return conversation or _open(by, ids, key)


@transaction.atomic
def _open(by, ids, key):
    if policy.acquaintances(by).filter(pk__in=ids).count() != len(ids):
        raise PermissionDenied(_("You share no board or room with them."))
    made = {"kind": Conversation.Kind.DIRECT, "is_private": True, "created_by": by}
    conversation, is_new = Conversation.objects.get_or_create(people_key=key, defaults=made)
    if is_new:
        add_memberships([conversation], {by.pk, *ids})
    return conversation
