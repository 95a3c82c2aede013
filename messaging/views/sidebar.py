"""What one does to one's own list of places: favourites, and having read everything."""

from .. import actions
from .doors import form, way_back


@form
def favourite(request, conversation_id):
    """`on` is 1 or 0; `before` the id of the favourite that it goes in front of, else it goes last."""
    if request.POST.get("on") == "0":
        actions.unfavour(by=request.user, conversation_id=conversation_id)
    else:
        before = request.POST.get("before", "")
        before = int(before) if before.isdecimal() and len(before) < 19 else None
        actions.favour(by=request.user, conversation_id=conversation_id, before=before)
    return way_back(request)


@form
def read_all(request):
    actions.mark_all_read(by=request.user)
    return way_back(request)
