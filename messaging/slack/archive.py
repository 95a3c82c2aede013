"""The zip that Slack exports: users.json, channels.json, and <channel>/<day>.json with the messages of a day.

Described in Slack's help, "How to read Slack data exports".
"""

import json
import zipfile

LARGEST = 64 * 1024 * 1024  # bytes of one list or day, decompressed


class Archive:
    """The zip at a path. Raises ValueError if it is no export of Slack's."""

    def __init__(self, path):
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise ValueError(f"{path} is no zip.") from error
        self._names = set(self._zip.namelist())
        if not {"users.json", "channels.json"} <= self._names:
            raise ValueError(f"{path} holds no users.json and channels.json: it is no export of Slack's.")

    @property
    def users(self):
        return self._read("users.json")

    @property
    def channels(self):
        return self._read("channels.json")

    def count_of(self, name):
        """How many conversations a list such as groups.json names."""
        return len(self._read(name)) if name in self._names else 0

    def messages_of(self, channel):
        """Yields the messages of a channel, oldest first; one day is in memory at a time."""
        folder = f"{channel['name']}/"
        days = (name for name in self._names if name.startswith(folder) and name.count("/") == 1)
        for day in sorted(name for name in days if name.endswith(".json")):
            said = [one for one in self._read(day) if isinstance(one, dict) and one.get("ts")]
            yield from sorted(said, key=lambda one: float(one["ts"]))

    def file(self, id):
        """An open file with the content of an attachment, if somebody added it to the zip under its id; or None."""
        found = [name for name in self._names if f"/{id}-" in f"/{name}" or f"/{id}/" in f"/{name}"]
        return self._zip.open(found[0]) if id and found and not found[0].endswith("/") else None

    def _read(self, name):
        if self._zip.getinfo(name).file_size > LARGEST:
            raise ValueError(f"{name} in the zip is too large to be read.")
        try:
            return json.loads(self._zip.read(name))
        except ValueError as error:
            raise ValueError(f"{name} in the zip is no JSON.") from error
