"""Posts that wait to be written, those of each conversation in the order in which they came."""

PATIENCE = 0.1  # seconds that posts wait, at most, for what is being told in their room


class Queue:
    """Of entries: (conversation id, post, answer). Gone through, it names the conversations for which some wait."""

    def __init__(self, clock):
        self._clock = clock
        self._entries = {}  # {conversation id: its entries}, whoever has waited longest first
        self._due = {}  # {conversation id: when its patience ends}
        self.count = 0  # entries

    def __iter__(self):
        return iter(self._entries)

    def count_of(self, conversation_id):
        return len(self._entries[conversation_id])

    def is_impatient(self, conversation_id):
        return self._due[conversation_id] <= self._clock()

    def next_due(self, conversation_ids):
        """When the first of these loses patience."""
        return min(self._due[id] for id in conversation_ids)

    def add(self, entry):
        self._of(entry[0]).append(entry)
        self.count += 1

    def put_back(self, entries):
        """They are the first of their conversations again."""
        for entry in reversed(entries):
            self._of(entry[0]).insert(0, entry)
        self.count += len(entries)

    def take(self, conversation_ids, most):
        """At most so many entries of these. What does not fit goes behind the conversations that wait by now."""
        taken = []
        for conversation_id in conversation_ids:
            room_left = most - len(taken)
            if not room_left:
                break
            self._due.pop(conversation_id, None)
            entries = self._entries.pop(conversation_id, [])
            taken += entries[:room_left]
            if left := entries[room_left:]:
                self._of(conversation_id).extend(left)
        self.count -= len(taken)
        return taken

    def _of(self, conversation_id):
        self._due.setdefault(conversation_id, self._clock() + PATIENCE)
        return self._entries.setdefault(conversation_id, [])
