"""The archive of a backup: a tar.gz of parts, and last of all the manifest, which tells what they must be."""

import contextlib
import errno
import hashlib
import io
import json
import os
import tarfile
import time
import zlib
from pathlib import PurePosixPath

from .trouble import Trouble

MANIFEST = "manifest.json"
CHUNK = 1 << 20  # bytes read at once
LARGEST_MANIFEST = 1 << 28  # bytes


class Archive:
    """An archive being written. It takes its name only when it is whole; nobody but its owner may read it."""

    def __init__(self, path):
        self._path, self._draft = path, path.with_name(f"{path.name}.part")
        self.parts = {}  # {name: {"size": bytes, "sha256": hexadecimal}}

    def __enter__(self):
        if (
            self._path.exists() and not self._path.is_file()
        ):  # a folder, or a device whose place it would take
            raise FileExistsError(errno.EEXIST, "something that is no file is there")
        self._draft.unlink(missing_ok=True)
        descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w:gz", compresslevel=6)
        return self

    def __exit__(self, kind, *exception):
        with contextlib.suppress(OSError):
            self._tar.close()
        self._file.close()
        self._draft.unlink(missing_ok=True)

    def add(self, name, stream, size):
        """Put `size` bytes of a binary stream in. Raises OSError when there are fewer."""
        read = Hashed(stream)
        self._tar.addfile(_entry(name, size), read)
        self.parts[name] = {"size": size, "sha256": read.sha256.hexdigest()}

    def finish(self, manifest):
        words = json.dumps({**manifest, "parts": self.parts}, indent=1).encode()
        self._tar.addfile(_entry(MANIFEST, len(words)), io.BytesIO(words))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._draft, self._path)


class Hashed:
    """A stream whose bytes are hashed as they pass."""

    def __init__(self, stream):
        self._stream, self.sha256, self.size = stream, hashlib.sha256(), 0

    def read(self, size=CHUNK):
        chunk = self._stream.read(size)
        self.sha256.update(chunk)
        self.size += len(chunk)
        return chunk


def unpack(path, folder):
    """Lay the parts of an archive into a folder; its manifest, once all are what it says. Raises Trouble."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            manifest, found = _unpack(tar, folder)
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}.") from None
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise Trouble(f"{path} is no backup, or is cut short ({error}).") from error
    if manifest is None:
        raise Trouble(f"{path} is cut short: the manifest, its last part, is missing.")
    _compare(manifest.get("parts", {}), found)
    return manifest


def _unpack(tar, folder):
    manifest, found = None, {}
    for entry in tar:
        if not entry.isfile() or not _is_fit(entry.name):
            raise Trouble(f"The archive holds {entry.name!r}, which no backup of ours holds.")
        stream = tar.extractfile(entry)
        if entry.name == MANIFEST:
            manifest = _read_manifest(stream)
        else:
            found[entry.name] = _lay(stream, folder / entry.name)
    return manifest, found


def _read_manifest(stream):
    try:
        return dict(json.loads(stream.read(LARGEST_MANIFEST)))
    except (ValueError, TypeError) as error:
        raise Trouble("The manifest of the archive cannot be read.") from error


def _lay(stream, place):
    place.parent.mkdir(parents=True, exist_ok=True)
    read = Hashed(stream)
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := read.read():
            file.write(chunk)
    return {"size": read.size, "sha256": read.sha256.hexdigest()}


def _compare(wanted, found):
    for name in sorted(set(wanted) | set(found)):
        if wanted.get(name) != found.get(name):
            raise Trouble(f"The archive is damaged: {name} is not what the manifest says.")


def _is_fit(name):
    parts = PurePosixPath(name).parts
    is_inside = bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name
    return is_inside and (len(parts) == 1 or parts[0] == "media")


def _entry(name, size):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = size, int(time.time()), 0o600
    return entry
