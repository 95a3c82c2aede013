"""The view by which a script without a line changes a message: its text, reactions, pin, previews."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _

from ... import frames
from ...line.changes import change_in
from ..asked import id_in, said_in, uuid_in
from ..doors import form


@form
def change(request, conversation_id):
    """Takes the fields of a frame such as `edit_message` or `pin`, and answers with its acknowledgement."""
    asked = said_in(request)
    fields = {name: asked.get(name) for name in asked}
    make_change = change_in(fields | {"message_id": id_in(asked, "message_id")})
    client_id = uuid_in(asked, "client_id")
    if make_change is None:
        raise ValidationError(_("Say what is to be changed, as docs/wire.md has it."))
    message = make_change(conversation_id=conversation_id, by=request.user)
    return JsonResponse(frames.ack_change(client_id, message))
