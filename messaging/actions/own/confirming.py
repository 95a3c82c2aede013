"""Telling the people of a conversation how far somebody has read."""

from functools import partial

from django.db import transaction

from live import announce_whispers

from ...models import stream_of
from ...queries.receipts import receipts_of


def confirm_all(*, by, conversation_ids):
    """In each of these conversations the person has read further; that is told once it is committed."""
    confirm(receipts_of({(id, by.pk) for id in conversation_ids}))


def confirm(receipts):
    """Tell these Receipts once they are committed."""
    whispers = [(stream_of(receipt.conversation_id), receipt.whisper) for receipt in receipts]
    if whispers:
        transaction.on_commit(partial(announce_whispers, whispers))
