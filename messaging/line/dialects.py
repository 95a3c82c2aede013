"""How a change of a conversation is said in each dialect of the wire: by which of its frames."""

from .. import frames, inbox_frames


def say_plain(change, revision, since):
    """Each change once, when it happens. Of a revision that a later change has overtaken, only a birth is told."""
    one = change.noun
    if is_clearing(one):
        return [frames.messages_cleared(one)] if revision == change.revision else []
    if revision == change.born:
        return [] if one["deleted_at"] else [frames.chat_message(one, revision)]
    if revision != change.revision:
        return []
    tell = {"edited": frames.message_edited, "deleted": frames.message_deleted}.get(one["why"])
    return [tell(one, revision)] if tell else []


def say_v2(change, revision, since):
    """One frame for every revision, so that a client may count on steps of one."""
    one = change.noun
    if is_clearing(one):
        return [frames.messages_cleared(one, revision)]
    if change.is_new(since):
        return [frames.chat_message(one, revision)]
    if one["deleted_at"]:
        return [frames.message_deleted(one, revision)]
    return [frames.message_changed(one, revision)]


def say_inbox(change, revision, since):
    """Tells each message as posted once, at its birth, and as deleted once, so that browsers can count."""
    one = change.noun
    if is_clearing(one):
        what = "cleared"
    elif revision == change.born:
        what = "system" if one["kind"] == "system" else "posted"
    else:
        what = one["why"] if revision == change.revision else "reacted"
    return [inbox_frames.conversation_changed(one, revision, what)]


def is_clearing(one):
    return bool(one["event"]) and one["event"].get("what") in {"cleared", "expired"}


SAY = {"plain": say_plain, "v2": say_v2, "inbox": say_inbox}
