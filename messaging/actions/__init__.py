"""Everything that can be done in a conversation. Each action is one transaction, and only actions write."""

from .errands import forget_done_errands, run_due
from .files.attaching import keep_upload, purge_uploads
from .files.depicting import depict_due
from .files.linking import remove_preview
from .files.previewing import preview_due
from .hooks.bots import change_bot, make_bot, remove_bot
from .hooks.delivering import deliver_due
from .hooks.incoming import (
    BotRemoved,
    RoomArchived,
    make_incoming_hook,
    remove_incoming_hook,
    renew_incoming_hook,
    say_by_hook,
)
from .hooks.outgoing import (
    change_outgoing_hook,
    make_board_hook,
    make_room_hook,
    remove_outgoing_hook,
    renew_outgoing_secret,
    send_again,
    switch_outgoing_hook,
)
from .notices.appearing import show_person_anew
from .notices.mailing import mail_digests, stop_letters
from .notices.notifying import mark_notifications_read, mark_notifications_unread, notify
from .own.drafting import keep_draft
from .own.favouring import favour, unfavour
from .own.reading import Reading, mark_read, mark_unread
from .own.reading_all import mark_all_read
from .own.reminding import remind_due
from .own.saving import finish_saved, save_message
from .own.wishing import add_browser, keep_wishes, remove_browser, set_level
from .past.expiring import expire_all, expire_messages
from .past.exporting import ask_export, discard_export, prepare_exports
from .rooms.banning import ban_member, lift_ban
from .rooms.directs import open_direct
from .rooms.hearing_boards import hear_board
from .rooms.inviting import accept_invitation, decline_invitation, invite, withdraw_invitation
from .rooms.members import add_member, join_room, leave_room, remove_member, set_role
from .rooms.opening import archive_room, create_room, rename_room, restore_room, set_privacy, set_retention
from .saying.deleting import clear_conversation, delete_message
from .saying.editing import edit_message
from .saying.forwarding import forward_message
from .saying.making_cards import make_card
from .saying.pinning import pin
from .saying.posting import post_message, post_messages
from .saying.reacting import react
from .saying.scheduling import cancel_scheduled, reschedule_message, schedule_message, send_now

__all__ = [
    "BotRemoved",
    "Reading",
    "RoomArchived",
    "accept_invitation",
    "add_browser",
    "add_member",
    "archive_room",
    "ask_export",
    "ban_member",
    "cancel_scheduled",
    "change_bot",
    "change_outgoing_hook",
    "clear_conversation",
    "create_room",
    "decline_invitation",
    "delete_message",
    "deliver_due",
    "depict_due",
    "discard_export",
    "edit_message",
    "expire_all",
    "expire_messages",
    "favour",
    "finish_saved",
    "forget_done_errands",
    "forward_message",
    "hear_board",
    "invite",
    "join_room",
    "keep_draft",
    "keep_upload",
    "keep_wishes",
    "leave_room",
    "lift_ban",
    "mail_digests",
    "make_board_hook",
    "make_bot",
    "make_card",
    "make_incoming_hook",
    "make_room_hook",
    "mark_all_read",
    "mark_notifications_read",
    "mark_notifications_unread",
    "mark_read",
    "mark_unread",
    "notify",
    "open_direct",
    "pin",
    "post_message",
    "post_messages",
    "prepare_exports",
    "preview_due",
    "purge_uploads",
    "react",
    "remind_due",
    "remove_bot",
    "remove_browser",
    "remove_incoming_hook",
    "remove_member",
    "remove_outgoing_hook",
    "remove_preview",
    "rename_room",
    "renew_incoming_hook",
    "renew_outgoing_secret",
    "reschedule_message",
    "restore_room",
    "run_due",
    "save_message",
    "say_by_hook",
    "schedule_message",
    "send_again",
    "send_now",
    "set_level",
    "set_privacy",
    "set_retention",
    "set_role",
    "show_person_anew",
    "stop_letters",
    "switch_outgoing_hook",
    "unfavour",
    "withdraw_invitation",
]
