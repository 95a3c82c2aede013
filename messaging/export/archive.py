"""Where an export is written to: a folder or a zip. `open(name)` gives a file to write; a name may contain slashes."""

import json
import shutil
import zipfile
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

from accounts.zones import iso


class Folder:
    """A new or empty folder; FileExistsError if it contains anything."""

    def __init__(self, path):
        self._path = Path(path)
        self._path.mkdir(parents=True, exist_ok=True)
        if any(self._path.iterdir()):
            raise FileExistsError("The folder is not empty.")

    @contextmanager
    def open(self, name):
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            yield file


class Zip:
    """A zip; `file` is a path or an open file."""

    def __init__(self, file):
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)

    @contextmanager
    def open(self, name):
        with self._zip.open(name, "w", force_zip64=True) as file:
            yield file

    def close(self):
        self._zip.close()


def write_json(archive, name, value):
    with archive.open(name) as file:
        file.write(_line(value, indent=2))


def write_lines(archive, name, values):
    """Write each value as JSON on a line of its own; returns how many there were."""
    count = 0
    with archive.open(name) as file:
        for count, value in enumerate(values, 1):  # noqa: B007  count is returned
            file.write(_line(value))
    return count


def write_files(archive, attachments, path_of):
    """Copy the files of these attachments to the paths that `path_of` gives; returns the paths of missing files."""
    missing = []
    for attachment in attachments:
        try:
            with default_storage.open(attachment.path) as source, archive.open(path_of(attachment)) as file:
                shutil.copyfileobj(source, file)
        except FileNotFoundError:
            missing.append(path_of(attachment))
    return missing


def _line(value, **how):
    return json.dumps(value, ensure_ascii=False, default=_iso, **how).encode() + b"\n"


def _iso(value):
    return iso(value) if hasattr(value, "tzinfo") else value.isoformat()
