"""The data folder as the launcher uses it: one launcher at a time, room to write, a note of what runs."""

import contextlib
import json
import os
import shutil

from .sorry import Sorry

NOTE = "running.json"
LOCK = "launcher.lock"
ROOM_NEEDED = 50 * 1024 * 1024  # bytes; a database that fills the disk in its first minute helps nobody
AS_THE_SERVER = "Run this as the user who runs the server, such as by: sudo -u prizmai ..."


def make(folder):
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial = folder / ".trial"
        trial.write_bytes(b"x" * 4096)
        trial.unlink()
    except OSError as error:
        raise Sorry.about_folder(folder, error) from error
    if shutil.disk_usage(folder).free < ROOM_NEEDED:
        raise Sorry(
            f"There is almost no room left on the disk that holds {folder} (less than 50 MB).",
            "Free some space there, or choose a folder on another disk with --data.",
        )


def is_ours_to_use(folder):
    """Whether this user may read and write there, as the user who runs the server may."""
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def take(folder):
    """Keep other launchers off this folder while the returned file is open; raises Sorry if one is there."""
    try:
        file = open(folder / LOCK, "a+", encoding="utf-8")  # noqa: SIM115  it stays open as long as the launcher lives
    except OSError as error:
        raise Sorry.about_folder(folder, error) from error
    try:
        _lock(file)
    except OSError:
        file.close()
        raise Sorry(*_who_is_there(folder)) from None
    return file


def is_taken(folder):
    """Whether a launcher is at work on this folder now."""
    try:
        with open(folder / LOCK, "r+", encoding="utf-8") as file:
            _lock(file)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def note(folder, running):
    """Write what runs where, whole or not at all. Holds no secret."""
    draft = folder / (NOTE + ".new")
    with contextlib.suppress(OSError):  # a full disk must not stop what runs
        draft.write_text(json.dumps(running, indent=1), encoding="utf-8")
        os.replace(draft, folder / NOTE)


def noted(folder):
    """What the launcher noted, as a dict; {} when it noted nothing."""
    try:
        return json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def address_in(folder):
    """What people open, as the launcher noted it; "" when it noted nothing."""
    return noted(folder).get("url", "")


def forget(folder):
    with contextlib.suppress(OSError):
        (folder / NOTE).unlink()


def _who_is_there(folder):
    running = noted(folder)
    where = f", at {running['url']}" if "url" in running else ""
    who = f" (process {running['pid']})" if "pid" in running else ""
    return (
        f"PrizmAI already runs on the data folder {folder}{where}{who}.",
        "Stop it with Ctrl-C in its terminal, or choose another folder with --data and another --port.",
    )


def _lock(file):
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
