"""What the audit log can tell, each a fixed word with its sentence."""

GROUPS = {
    "session": "Signing in and out",
    "password": "Passwords",
    "two_factor": "Second factors",
    "sign_on": "Single sign-on",
    "token": "Access tokens",
    "invite_link": "Invite links",
    "person": "Accounts",
    "board": "Boards",
    "room": "Rooms",
    "bot": "Bots",
    "webhook": "Webhooks",
    "message": "Messages",
    "file": "Files",
    "audit": "This log",
}

# {who} did it, {on} is whom or what it was done to, {place} where; the others are details of the entry.
WORDS = {
    "session.begun": "{who} signed in.",
    "session.refused": "{who} failed to sign in as {on}.",
    "session.ended": "{who} signed out.",
    "session.ended_elsewhere": "{who} signed out elsewhere: {browsers}.",
    "password.changed": "{who} changed their password.",
    "password.reset": "{who} chose a new password for {on}.",
    "password.link_made": "{who} made a link for a new password of {on}.",
    "two_factor.set_up": "{who} set up a second factor.",
    "two_factor.codes_renewed": "{who} made new recovery codes.",
    "two_factor.switched_off": "{who} switched their second factor off.",
    "two_factor.taken_away": "{who} took the second factor of {on} away.",
    "sign_on.came": "{who} came in by single sign-on for the first time.",
    "sign_on.linked": "{who} linked their account with the single sign-on.",
    "sign_on.unlinked": "{who} unlinked their account from the single sign-on.",
    "token.made": "{who} made the access token {on}: {scopes}.",
    "token.ended": "{who} ended the access token {on}.",
    "invite_link.made": "{who} made an invite link for {on}.",
    "invite_link.used": "{who} came in by the invite link for {on}.",
    "invite_link.ended": "{who} ended the invite link for {on}.",
    "person.deactivated": "{who} deactivated {on}.",
    "person.let_in": "{who} let {on} in again.",
    "person.banned": "{who} banned the address of {on}.",
    "person.ban_lifted": "{who} lifted the ban of the address of {on}.",
    "person.promoted": "{who} made {on} an administrator.",
    "person.demoted": "{who} made {on} no administrator any more.",
    "person.deleted": "{who} deleted the account of {on}.",
    "board.made": "{who} made the board {on}.",
    "board.renamed": "{who} renamed the board {before} to {on}.",
    "board.person_added": "{who} added {on} to the board {place} as {role}.",
    "board.person_removed": "{who} removed {on} from the board {place}.",
    "board.left": "{who} left the board {place}.",
    "board.role_given": "{who} made {on} {role} of the board {place}, before {before}.",
    "board.owned_on": "{on} became owner of the board {place}, whose owners were gone.",
    "room.made": "{who} made the {privacy} room {place}.",
    "room.renamed": "{who} renamed the room {before} to {place}.",
    "room.made_private": "{who} made the room {place} private.",
    "room.made_open": "{who} opened the room {place} to its board.",
    "room.archived": "{who} archived the room {place}.",
    "room.restored": "{who} opened the room {place} again.",
    "room.cleared": "{who} cleared {place}: messages {messages}, files {files}.",
    "room.person_added": "{who} added {on} to {place}.",
    "room.person_removed": "{who} removed {on} from {place}.",
    "room.person_banned": "{who} removed {on} from {place}, and banned them.",
    "room.ban_lifted": "{who} lifted the ban of {on} from {place}.",
    "room.joined": "{who} joined {place}.",
    "room.left": "{who} left {place}.",
    "room.role_given": "{who} made {on} {role} of {place}.",
    "room.run_on": "{on} became moderator of {place}, which nobody ran any more.",
    "bot.made": "{who} made the bot {on} of the board {place}.",
    "bot.removed": "{who} removed the bot {on} of the board {place}.",
    "webhook.opened": "{who} let {bot} speak in {place} by an address.",
    "webhook.renewed": "{who} made the address anew by which {bot} speaks in {place}.",
    "webhook.closed": "{who} ended the address by which {bot} spoke in {place}.",
    "webhook.directed": "{who} had what happens in {place} told to {host}.",
    "webhook.signed_anew": "{who} made the secret anew by which {host} knows what happens in {place}.",
    "webhook.ended": "{who} ended what {host} was told of {place}.",
    "message.deleted": "{who} deleted a message of {on} in {place}.",
    "file.removed": "{who} removed the file {on} in {place}.",
    "audit.purged": "{who} removed entries from before {before}: {entries}.",
}


def group_of(word):
    return word.partition(".")[0]


def sentence(word, **told):
    """The word as a sentence; of a word that is not known any more, the word."""
    return WORDS[word].format_map(_Told(told)) if word in WORDS else word


class _Told(dict):
    def __missing__(self, name):
        return "…"
