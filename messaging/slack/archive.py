"""The zip that Slack exports: users.json, channels.json, and <channel>/<day>.json with the messages of a day.

Described in Slack's help, "How to read Slack data exports".
"""

import json
import zipfile
import zlib
from datetime import UTC, datetime

LARGEST = 64 * 1024 * 1024  # bytes of one list or day, decompressed
# What zipfile and json raise for what is damaged, encrypted, packed in an unknown way, or nested too deep.
UNREADABLE = ValueError, RecursionError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error


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
        return [one for one in self._read("users.json") if _has_texts(one, "id")]

    @property
    def channels(self):
        return [one for one in self._read("channels.json") if _has_texts(one, "id", "name")]

    def count_of(self, name):
        """How many conversations a list such as groups.json names."""
        return len(self._read(name)) if name in self._names else 0

    def messages_of(self, channel):
        """Yields the messages of a channel, oldest first; one day is in memory at a time."""
        folder = f"{channel['name']}/"
        days = (name for name in self._names if name.startswith(folder) and name.count("/") == 1)
        for day in sorted(name for name in days if name.endswith(".json")):
            said = [one for one in self._read(day) if _has_time(one)]
            yield from sorted(said, key=lambda one: float(one["ts"]))

    def file(self, id):
        """An open file with the content of an attachment, if somebody added it to the zip under its id; or None."""
        found = [name for name in self._names if f"/{id}-" in f"/{name}" or f"/{id}/" in f"/{name}"]
        return self._zip.open(found[0]) if id and found and not found[0].endswith("/") else None

    def _read(self, name):
        """The list in this file of the zip."""
        if self._zip.getinfo(name).file_size > LARGEST:
            raise ValueError(f"{name} in the zip is too large to be read.")
        try:
            found = json.loads(self._zip.read(name))
        except UNREADABLE as error:
            raise ValueError(f"{name} in the zip is no JSON.") from error
        if not isinstance(found, list):
            raise ValueError(f"{name} in the zip is no list.")
        return found


def moment(ts):
    """The time that Slack writes as "1512085950.000216"."""
    return datetime.fromtimestamp(float(ts), UTC)


def _has_time(one):
    try:
        return bool(moment(one["ts"]))
    except (LookupError, TypeError, ValueError, OverflowError, OSError):
        return False


def _has_texts(one, *names):
    return isinstance(one, dict) and all(isinstance(one.get(name), str) for name in names)
