"""The shelf is the database, read without the product: what is really kept."""

import contextlib
import sqlite3

import psycopg

KEPT = """
    SELECT seq, born, revision, client_id, body, id FROM messaging_message
    WHERE conversation_id = {} AND kind = 'said' ORDER BY seq
"""
COUNTERS = "SELECT last_seq, revision FROM messaging_conversation WHERE id = {}"
REMOVAL = """
    SELECT max(born) FROM messaging_message
    WHERE conversation_id = {} AND kind = 'system' AND CAST(event AS text) LIKE '%member_removed%'
"""
ALL_SEQS = "SELECT seq FROM messaging_message WHERE conversation_id = {} ORDER BY seq"


class Shelf:
    def __init__(self, database_url):
        self.url = database_url

    def kept(self, conversation_id):
        """[{seq, born, revision, client_id, text, message_id}] in order, without what the system itself said."""
        return [
            {
                "seq": seq,
                "born": born,
                "revision": revision,
                "client_id": _uuid(client_id),
                "text": body,
                "message_id": id,
            }
            for seq, born, revision, client_id, body, id in self._rows(KEPT, conversation_id)
        ]

    def seqs(self, conversation_id):
        return [seq for (seq,) in self._rows(ALL_SEQS, conversation_id)]

    def removal(self, conversation_id):
        """The revision of the latest removal of a member, which is told to everybody else."""
        return self._rows(REMOVAL, conversation_id)[0][0]

    def last_seq(self, conversation_id):
        return self._rows(COUNTERS, conversation_id)[0][0]

    def _rows(self, query, conversation_id):
        query = query.format(int(conversation_id))
        if self.url.startswith("sqlite:///"):
            with contextlib.closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=5)) as shelf:
                return shelf.execute(query).fetchall()
        with psycopg.connect(self.url.replace("postgres://", "postgresql://"), connect_timeout=5) as shelf:
            return shelf.execute(query).fetchall()


def _uuid(value):
    """SQLite keeps a UUID as 32 hexadecimal digits."""
    text = str(value).replace("-", "") if value else None
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}" if text else None
