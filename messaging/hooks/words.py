"""Reading what a program sends to an incoming webhook: JSON as for Slack's webhooks, or just text."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qs
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_KEY = 255  # characters of an Idempotency-Key
HOW = _('Send JSON such as {"text": "Hello"}, or the text itself.')


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    client_id: UUID | None = None
    retry_key: str = ""


def words_in(body, content_type, retry_key=""):
    """The Words in a request's body, which is bytes; ValidationError says what is wrong with it.

    `curl -d` sends everything as a form, so what looks like a JSON object is read as one, unless it is text/plain.
    """
    if len(retry_key) > LONGEST_KEY:
        raise ValidationError(
            _("Idempotency-Key: please use at most %(most)d characters."), params={"most": LONGEST_KEY}
        )
    try:
        said = body.decode()
    except UnicodeDecodeError as error:
        raise ValidationError(_("Please send UTF-8.")) from error
    if content_type == "application/x-www-form-urlencoded" and said.startswith("payload="):
        said, content_type = parse_qs(said, keep_blank_values=True)["payload"][0], "application/json"
    if content_type == "application/json" or (content_type != "text/plain" and said.lstrip().startswith("{")):
        return _of_object(said, retry_key)
    return Words(said, retry_key=retry_key)


def _of_object(said, retry_key):
    try:
        told = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise ValidationError([_("This is not JSON."), HOW]) from error
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise ValidationError([_("There is no text."), HOW])
    return Words(told["text"], _uuid(told.get("client_id")), retry_key)


def _uuid(value):
    if value is None:
        return None
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValidationError(_("%(name)s must be a UUID."), params={"name": "client_id"}) from error
