"""What somebody asked to take along, as its page lists it."""

from django.db.models import Q
from django.utils.translation import gettext

from .. import policy
from ..models import Export

PAGE = "/messaging/exports/"
What = Export.What


def name_of(export):
    """What is in it, as it begins a sentence; of a room nothing to who may not take it along any more."""
    if export.what == What.ROOM and not policy.may_export(export.user, export):
        return gettext("A room that you do not run any more")
    if export.what == What.ROOM:
        return gettext("The room %(name)s") % {"name": export.conversation.name}
    return gettext("What you said and sent") if export.what == What.MINE else gettext("Everything")


def file_name(export):
    words = {What.MINE: "my-data", What.ROOM: f"room-{export.conversation_id}", What.EVERYTHING: "everything"}
    return f"prizmai-{words[export.what]}-{export.asked_at:%Y-%m-%d}.zip"


def listed(user):
    """Each of this person's that is there or was given up, the latest first."""
    exports = Export.objects.filter(Q(ended_at=None) | ~Q(refusal=""), user=user).select_related(
        "conversation"
    )
    return [{"export": one, "name": name_of(one), "file_name": file_name(one)} for one in exports]
