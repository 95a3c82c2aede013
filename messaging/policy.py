"""Who may do what in a conversation: the one place that every door and action asks."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.policy import may_look_after_people
from boards.models import BoardMembership
from boards.policy import EDITORS, MANAGERS, role_of
from live.database.many import finding
from live.database.question import Question
from live.database.trip import execute

from .models import Ban, Conversation, Export, Invitation, Membership, OutgoingHook

READ, POST, MODERATE, MANAGE = "read", "post", "moderate", "manage"


def abilities(user, conversation):
    """What this person may do here: a set of words."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_bot:
        execute(finding_roles([(user.pk, conversation.pk)], roles := {}))
        return frozenset({POST} if can(POST, user.pk, conversation, roles) else ())
    roles = ROLES.ask(user_id=user.pk, id=conversation.pk)
    return _abilities(conversation, *roles[0]) if roles else frozenset()


def _roles_in(user_id, id):
    """Of somebody whose account is in use now, whatever it was when the asking began."""
    active = get_user_model().objects.filter(pk=user_id, is_active=True)
    here = with_roles(Conversation.objects.filter(Exists(active), pk=id), get_user_model()(pk=user_id))
    return here.order_by().values_list("member_role", "board_role")


ROLES = Question(_roles_in, user_id=int, id=int)


def abilities_as_found(conversation):
    """The same without asking again, for a conversation that was found `with_roles`."""
    return _abilities(conversation, conversation.member_role, conversation.board_role)


def finding_roles(asked, roles):
    """For `execute`: finds the roles of active people and puts them into `roles`, for `can`.

    `asked` are pairs (user id, conversation id); they are the keys of `roles` too.
    """

    def take(rows):
        roles.update(((user, id), theirs) for user, id, *theirs in rows)

    return finding(ROLES_OF_ACTIVE_PEOPLE, list(asked), take)


def can(ability, user_id, conversation, roles):
    """Whether this person, by the roles that `finding_roles` found, may do this."""
    theirs = roles.get((user_id, conversation.pk))
    return theirs is not None and ability in _abilities(conversation, *theirs)


BOT = "bot"  # stands for the membership that a bot has in no room
ROLES_OF_ACTIVE_PEOPLE = """
    SELECT person.id, asked.column2, COALESCE(member.role, CASE WHEN bot.id > 0 THEN 'bot' END), on_board.role
    FROM ({rows}) AS asked
    JOIN accounts_user AS person ON person.id = asked.column1 AND person.is_active
    JOIN messaging_conversation AS conversation ON conversation.id = asked.column2
    LEFT JOIN messaging_membership AS member
        ON member.user_id = person.id AND member.conversation_id = conversation.id
    LEFT JOIN boards_boardmembership AS on_board
        ON on_board.user_id = person.id AND on_board.board_id = conversation.board_id
    LEFT JOIN messaging_bot AS bot ON bot.user_id = person.id AND bot.board_id = conversation.board_id
"""


def with_roles(conversations, user):
    """Each conversation with this person's `member_role` and `board_role` in it, their `read_seq` and `level`."""
    mine = Membership.objects.filter(conversation=OuterRef("pk"), user=user)
    on_board = BoardMembership.objects.filter(board=OuterRef("board"), user=user)
    return conversations.annotate(
        member_role=Subquery(mine.values("role")),
        board_role=Subquery(on_board.values("role")),
        read_seq=Coalesce(Subquery(mine.values("read_seq")), 0),
        level=Subquery(mine.values("level")),
    )


def found_by(user_id):
    """What this person, known to be active, may read, `with_roles`."""
    person = get_user_model()(pk=user_id)
    return with_roles(Conversation.objects.visible_to(person), person).order_by()


def may_read(user, conversation):
    return Conversation.objects.visible_to(user).filter(pk=conversation.pk).exists()


def may_post(user, conversation):
    """Say something here, and react. Viewers of a board may not, and nobody in an archived room."""
    return POST in abilities(user, conversation)


def may_edit_message(user, message):
    """Authors change their own words for as long as they may post."""
    return _is_own_words(user, message) and may_post(user, message.conversation)


def may_delete_message(user, message):
    """Authors take back their own words; moderators take away anybody's."""
    if message.is_system:
        return False
    able = abilities(user, message.conversation)
    return MODERATE in able or (READ in able and message.author_id == user.pk)


def may_remove_preview(user, message):
    return message.deleted_at is None and may_delete_message(user, message)


def may_react(user, message):
    return not message.is_system and message.deleted_at is None and may_post(user, message.conversation)


def may_pin(user, message):
    return may_react(user, message)


def may_make_card(user, message):
    """Whether it may become a card, on whatever board this person may edit: everybody here sees that it did."""
    return may_react(user, message)


def may_manage(user, conversation):
    """Name a room, archive and clear it, and choose its people."""
    return MANAGE in abilities(user, conversation)


def is_banned(user, room):
    """Whether they come in by no way, until somebody who runs the room lifts the ban."""
    return Ban.objects.filter(conversation=room, user=user).exists()


def may_make_bots(user, board):
    """Make bots for a board's rooms, and let them hear all that is open to everybody on it."""
    return role_of(user, board) in MANAGERS


def may_export(user, export):
    """Everybody their own, who runs a room that one, administrators everything that is not private."""
    if not user.is_active:
        return False
    if export.what == Export.What.ROOM:
        conversation = export.conversation
        return conversation is not None and not conversation.is_task and may_manage(user, conversation)
    return export.what == Export.What.MINE or may_look_after_people(user)


def may_create_room(user, board):
    return role_of(user, board) in EDITORS


def is_heard_by(hook, room):
    """What only the people of a private room read is heard by a webhook of that very room alone."""
    if hook.room_id or room.is_private:
        return hook.room_id == room.pk
    return hook.board_id == room.board_id


def hooks_with_roles(user):
    """Each outgoing webhook with this person's `member_role` and `board_role` where it listens."""
    mine = Membership.objects.filter(conversation=OuterRef("room"), user=user)
    on_board = BoardMembership.objects.filter(board=OuterRef("board"), user=user, user__is_active=True)
    return OutgoingHook.objects.annotate(
        member_role=Subquery(mine.values("role")), board_role=Subquery(on_board.values("role"))
    )


def may_run_hook_as_found(hook):
    """See a webhook that was found `hooks_with_roles`, and what became of its deliveries. Nothing more is asked of the
    database, so the time that a refusal takes does not tell whether there is one.
    """
    if hook.room_id:
        return MANAGE in _abilities(hook.room, hook.member_role, hook.board_role)
    return hook.board_role in MANAGERS


def readers(conversation):
    """The people who may read this conversation now."""
    member = Exists(Membership.objects.filter(conversation=conversation, user=OuterRef("pk")))
    on_board = Exists(BoardMembership.objects.filter(board=conversation.board_id, user=OuterRef("pk")))
    active = get_user_model().objects.filter(is_active=True)
    if conversation.is_task:
        return active.filter(on_board)
    return active.filter(member) if conversation.is_private else active.filter(member | on_board)


def nameable_by(user, conversation):
    """Readers whom this person may name: to guests only the room's members are, for who else is on its board is not for
    them to know. Bots speak for their board.
    """
    if user.is_bot:
        return readers(conversation)
    on_board = Exists(BoardMembership.objects.filter(board=conversation.board_id, user=user))
    member = Exists(Membership.objects.filter(conversation=conversation, user=OuterRef("pk")))
    return readers(conversation).filter(on_board | member)


def is_on_board_of(conversation_id, user_id):
    return BoardMembership.objects.filter(
        board__conversations=conversation_id, user=user_id, user__is_active=True
    ).exists()


def people_met(user):
    """Everybody this person may see: those they may talk to, talk to directly already, or are invited by."""
    directs = Membership.objects.filter(user=user, conversation__kind=Conversation.Kind.DIRECT)
    met = Q(conversation_memberships__conversation__in=directs.values("conversation"))
    known = acquaintances(user).values("pk")
    people = get_user_model().objects
    asked_by = Invitation.objects.standing().filter(user=user).values("invited_by")
    talks = people.filter(met).values("pk")
    return people.filter(Q(pk__in=known) | Q(pk__in=talks) | Q(pk__in=asked_by) | Q(pk=user.pk))


def seen_by(user):
    """Whose picture and card this person may see: those they met, and the bots that speak where they are."""
    boards = BoardMembership.objects.filter(user=user).values("board")
    rooms = Membership.objects.filter(user=user, conversation__board__isnull=False)
    bots = Q(bot__board__in=boards) | Q(bot__board__in=rooms.values("conversation__board"))
    return get_user_model().objects.filter(Q(pk__in=people_met(user).values("pk")) | bots)


def met_off_boards(user):
    """Those who may see this person and share no board with them: what people_met says, the other way round."""
    boards = BoardMembership.objects.filter(user=user).values("board")
    mine = Membership.objects.filter(user=user).exclude(conversation__kind=Conversation.Kind.TASK)
    asked = Invitation.objects.standing().filter(invited_by=user).values("user")
    talks = Membership.objects.filter(conversation__in=mine.values("conversation")).values("user")
    people = get_user_model().objects.filter(Q(pk__in=talks) | Q(pk__in=asked), is_active=True)
    return people.exclude(pk__in=BoardMembership.objects.filter(board__in=boards).values("user"))


def acquaintances(user):
    """Whom this person may start to talk to directly: those on their boards and in their rooms."""
    boards = BoardMembership.objects.filter(user=user).values("board")
    rooms = Membership.objects.filter(user=user, conversation__kind=Conversation.Kind.ROOM).values(
        "conversation"
    )
    known = Q(board_memberships__board__in=boards) | Q(conversation_memberships__conversation__in=rooms)
    return get_user_model().objects.filter(known, is_active=True).exclude(pk=user.pk).distinct()


def _abilities(conversation, member_role, board_role):
    if conversation.is_task:
        return _on_task(conversation, board_role)
    if conversation.kind == Conversation.Kind.DIRECT:
        return frozenset({READ, POST}) if member_role else frozenset()
    return _in_room(conversation, member_role, board_role)


def _on_task(conversation, board_role):
    able = {READ} if board_role else set()
    if board_role in EDITORS and not conversation.archived_at:
        able.add(POST)
    if board_role in MANAGERS:
        able |= {MODERATE, MANAGE}
    return frozenset(able)


def _in_room(room, member_role, board_role):
    if member_role == BOT:
        return frozenset() if room.archived_at else frozenset({POST})
    if not (member_role or (board_role and not room.is_private)):
        return frozenset()
    if board_role == BoardMembership.Role.VIEWER:  # who was told to look on runs no room any more either
        return frozenset({READ})
    able = {READ}
    if member_role and not room.archived_at:
        able.add(POST)
    # Guests run nothing: whoever chooses a room's people sees who is on the board.
    if (member_role == Membership.Role.MODERATOR and board_role) or board_role in MANAGERS:
        able |= {MODERATE, MANAGE}
    return frozenset(able)


def _is_own_words(user, message):
    """What one has passed on stays the words of another."""
    stands = not message.is_system and message.deleted_at is None and message.forwarded_from_id is None
    return stands and message.author_id == user.pk
