"""Changing one's own list of conversations: favourites, and marking everything as read."""

from ... import actions
from ..asked import whole_number
from ..doors import form, way_back


@form
def favourite(request, conversation_id):
    """Make it a favourite, or with `on` 0 none. `before` is the id of the favourite that follows it, if any."""
    if request.POST.get("on") == "0":
        actions.unfavour(by=request.user, conversation_id=conversation_id)
    else:
        before = whole_number(request.POST.get("before", ""))
        actions.favour(by=request.user, conversation_id=conversation_id, before=before)
    return way_back(request)


@form
def read_all(request):
    actions.mark_all_read(by=request.user)
    return way_back(request)
