"""What can be found: for each noun the SQL by which the database's triggers index it.

In the expressions `ROW` stands for the row of the table. A key is made of the second in which the row was created and
its id, so that keys are in the order of time.
"""

from dataclasses import dataclass

ID_BITS = 31
SECOND = 1 << ID_BITS  # keys in one second


@dataclass(frozen=True)
class Noun:
    name: str
    table: str
    text: str
    conversation: str  # the id of its conversation, or NULL
    board: str  # the id of its board when everybody on the board may see it by that alone, or NULL
    author: str
    is_found: str
    has_link: str
    columns: str  # the columns on which any of the above depends

    @property
    def index(self):
        return f"messaging_search_{self.name}"


BOARD_OF_TASK = (
    "(SELECT place.board_id FROM messaging_conversation place"
    " WHERE place.id = ROW.conversation_id AND place.kind = 'task')"
)

MESSAGE = Noun(
    name="message",
    table="messaging_message",
    text="ROW.body",
    conversation="ROW.conversation_id",
    board=BOARD_OF_TASK,
    author="ROW.author_id",
    is_found="ROW.deleted_at IS NULL AND ROW.kind <> 'system'",
    has_link="ROW.body LIKE '%http://%' OR ROW.body LIKE '%https://%'",
    columns="body, deleted_at, kind, author_id, created_at, conversation_id",
)
FILE = Noun(
    name="file",
    table="messaging_attachment",
    text="ROW.name",
    conversation="ROW.conversation_id",
    board=BOARD_OF_TASK,
    author="ROW.uploader_id",
    is_found="ROW.message_id IS NOT NULL",
    has_link="1 = 0",
    columns="name, message_id, uploader_id, created_at, conversation_id",
)
TASK = Noun(
    name="task",
    table="boards_task",
    text="ROW.title || ' ' || ROW.description",
    conversation="NULL",
    board="ROW.board_id",
    author="ROW.created_by_id",
    is_found="1 = 1",
    has_link="1 = 0",
    columns="title, description, board_id, created_by_id, created_at",
)
NOUNS = (MESSAGE, FILE, TASK)
KINDS = {"messages": MESSAGE, "files": FILE, "tasks": TASK}  # by their names in query strings


def key_of(id, moment):
    return int(moment.timestamp()) * SECOND + id


def id_of(key):
    return key % SECOND
