"""The diary keeps what each bot did and heard, as lines of JSON with monotonic times, for the checker to judge."""

import json
import time


class Diary:
    def __init__(self, path):
        self.path = path
        self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115  closed with the experiment

    def note(self, who, what, **facts):
        self._file.write(json.dumps({"at": time.monotonic(), "who": who, "what": what, **facts}) + "\n")

    def mark(self, what, **facts):
        """Something the experiment itself did."""
        self.note("laboratory", what, **facts)

    def entries(self):
        """All but a line that is being written: the bots go on while the checker reads."""
        self._file.flush()
        with open(self.path, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.endswith("\n")]

    def close(self):
        self._file.close()
