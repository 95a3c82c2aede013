"""The words of the audit log, which are stored in its entries, and the sentence that each stands for."""

from django.utils.translation import gettext_lazy as _

from ..role_names import ROLES

GROUPS = {
    "session": _("Signing in and out"),
    "password": _("Passwords"),
    "two_factor": _("Second factors"),
    "sign_on": _("Single sign-on"),
    "token": _("Access tokens"),
    "invite_link": _("Invite links"),
    "person": _("Accounts"),
    "board": _("Boards"),
    "room": _("Rooms"),
    "bot": _("Bots"),
    "webhook": _("Webhooks"),
    "message": _("Messages"),
    "file": _("Files"),
    "audit": _("This log"),
}

# {who} did it, {on} is the person or thing it was done to, {place} is where; the others are details of the entry.
WORDS = {
    "session.begun": _("{who} signed in."),
    "session.refused": _("{who} failed to sign in as {on}."),
    "session.ended": _("{who} signed out."),
    "session.ended_elsewhere": _("{who} signed out elsewhere: {browsers}."),
    "password.changed": _("{who} changed their password."),
    "password.reset": _("{who} chose a new password for {on}."),
    "password.link_made": _("{who} made a link for a new password of {on}."),
    "two_factor.set_up": _("{who} set up a second factor."),
    "two_factor.codes_renewed": _("{who} made new recovery codes."),
    "two_factor.switched_off": _("{who} switched their second factor off."),
    "two_factor.taken_away": _("{who} took the second factor of {on} away."),
    "sign_on.came": _("{who} came in by single sign-on for the first time."),
    "sign_on.linked": _("{who} linked their account with the single sign-on."),
    "sign_on.unlinked": _("{who} unlinked their account from the single sign-on."),
    "token.made": _("{who} made the access token {on}: {scopes}."),
    "token.ended": _("{who} ended the access token {on}."),
    "invite_link.made": _("{who} made an invite link for {on}."),
    "invite_link.used": _("{who} came in by the invite link for {on}."),
    "invite_link.ended": _("{who} ended the invite link for {on}."),
    "person.deactivated": _("{who} deactivated {on}."),
    "person.let_in": _("{who} let {on} in again."),
    "person.banned": _("{who} banned the address of {on}."),
    "person.ban_lifted": _("{who} lifted the ban of the address of {on}."),
    "person.address_changed": _("{who} changed the primary e-mail address of {on}."),
    "person.promoted": _("{who} made {on} an administrator."),
    "person.demoted": _("{who} made {on} no administrator any more."),
    "person.deleted": _("{who} deleted the account of {on}."),
    "board.made": _("{who} made the board {on}."),
    "board.renamed": _("{who} renamed the board {before} to {on}."),
    "board.person_added": _("{who} added {on} to the board {place} as {role}."),
    "board.person_removed": _("{who} removed {on} from the board {place}."),
    "board.left": _("{who} left the board {place}."),
    "board.role_given": _("{who} made {on} {role} of the board {place}, before {before}."),
    "board.owned_on": _("{on} became owner of the board {place}, whose owners were gone."),
    "room.made": _("{who} made the {privacy} room {place}."),
    "room.renamed": _("{who} renamed the room {before} to {place}."),
    "room.made_private": _("{who} made the room {place} private."),
    "room.made_open": _("{who} opened the room {place} to its board."),
    "room.archived": _("{who} archived the room {place}."),
    "room.restored": _("{who} opened the room {place} again."),
    "room.cleared": _("{who} cleared {place}: messages {messages}, files {files}."),
    "room.person_added": _("{who} added {on} to {place}."),
    "room.person_removed": _("{who} removed {on} from {place}."),
    "room.person_banned": _("{who} removed {on} from {place}, and banned them."),
    "room.ban_lifted": _("{who} lifted the ban of {on} from {place}."),
    "room.joined": _("{who} joined {place}."),
    "room.left": _("{who} left {place}."),
    "room.role_given": _("{who} made {on} {role} of {place}."),
    "room.run_on": _("{on} became moderator of {place}, which nobody ran any more."),
    "bot.made": _("{who} made the bot {on} of the board {place}."),
    "bot.removed": _("{who} removed the bot {on} of the board {place}."),
    "webhook.opened": _("{who} let {bot} speak in {place} by an address."),
    "webhook.renewed": _("{who} made the address anew by which {bot} speaks in {place}."),
    "webhook.closed": _("{who} ended the address by which {bot} spoke in {place}."),
    "webhook.directed": _("{who} had what happens in {place} told to {host}."),
    "webhook.signed_anew": _("{who} made the secret anew by which {host} knows what happens in {place}."),
    "webhook.ended": _("{who} ended what {host} was told of {place}."),
    "message.deleted": _("{who} deleted a message of {on} in {place}."),
    "file.removed": _("{who} removed the file {on} in {place}."),
    "audit.purged": _("{who} removed entries from before {before}: {entries}."),
}

PRIVACY = {"private": _("private"), "open": _("open")}
# The details that are codes, each with its words; the others are names and numbers.
CODES = {
    "board.person_added": {"role": ROLES},
    "board.role_given": {"role": ROLES, "before": ROLES},
    "room.made": {"privacy": PRIVACY},
    "room.role_given": {"role": ROLES},
}


def sentence(word, **told):
    """The sentence of this word, filled with `told`; the word itself if it is not known any more."""
    if word not in WORDS:
        return word
    codes = {name: words.get(told.get(name), "…") for name, words in CODES.get(word, {}).items()}
    return str(WORDS[word]).format_map(_Told({**told, **codes}))


class _Told(dict):
    def __missing__(self, name):
        return "…"
