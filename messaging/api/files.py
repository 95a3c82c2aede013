"""Endpoints that upload and fetch files."""

from uuid import UUID

from ninja import File, Form, Router, UploadedFile

from accounts.api import Bearer, told

from ..actions import keep_upload
from ..downloads import download_of
from ..finding import found
from ..queries.snapshots import attached
from . import shapes

router = Router(tags=["Files"])


@router.post(
    "/conversations/{id:conversation_id}/files",
    auth=Bearer("messages:write"),
    response={201: shapes.File},
    summary="Upload a file",
)
def upload(request, conversation_id: int, file: File[UploadedFile], key: Form[UUID | None] = None):
    """As multipart/form-data. Nobody sees it until a message is posted here with its id among the `attachments`.

    `key` is a name of your choosing: brought again under it, the file is kept once.
    """
    found(request, conversation_id)
    bringing = {"name": file.name, "chunks": file.chunks(), "key": key}
    return told(
        attached(keep_upload(conversation_id=conversation_id, by=request.user, **bringing)), status=201
    )


@router.get("/files/{key}", auth=Bearer("messages:read"), summary="A file")
def fetch(request, key: str):
    """Its bytes, for whoever may read the message; `?size=small` for the smaller picture of a picture."""
    return download_of(request, key)
