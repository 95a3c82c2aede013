"""Names and pictures of people with whom one shares no board: which of them changed, for those who may see them."""

from boards.frames import persons_since

from .. import policy
from ..models import Appearance


def told(user, appearance):
    """The frame person_changed of this one."""
    seen = policy.people_met(user).filter(pk=appearance.person_id)
    return persons_since(None, appearance.inbox_revision, list(seen), None)


def told_since(user, since, most):
    """The same of all since this revision of the inbox, the earliest first: the answer to whoever missed it."""
    seen = policy.people_met(user).values("pk")
    shown = Appearance.objects.filter(user=user, inbox_revision__gt=since, person__in=seen)
    shown = list(shown.order_by("inbox_revision").select_related("person")[:most])
    upto = shown[-1].inbox_revision if shown else since
    return persons_since(None, upto, [one.person for one in shown], since)
