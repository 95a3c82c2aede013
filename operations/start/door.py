"""What start_prizmAI.sh and .bat run: installs requirements.txt into .venv when that changed, then `manage.py start`.

Any Python will do, with its standard library only.
"""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(PROJECT, ".venv")
PYTHON = os.path.join(FOLDER, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))
REQUIREMENTS = os.path.join(PROJECT, "requirements.txt")
STAMP = os.path.join(FOLDER, "installed")  # the fingerprint of what was installed
LOCK = os.path.join(PROJECT, ".venv.lock")
LOG = os.path.join(FOLDER, "install.log")
UNREACHABLE = (
    "NewConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "Max retries",
    "ProxyError",
    "name resolution",
    "getaddrinfo failed",
    "Connection refused",
)


def main(arguments):
    try:
        bring_up_to_date()
    except Failed as failed:
        return sorry(*failed.args)
    except OSError as error:
        return sorry(
            f"The virtual environment {FOLDER} cannot be written ({error.strerror or error}).",
            "See that there is room on its disk, and that this user may write there.",
        )
    return start(arguments)


def bring_up_to_date():
    if is_up_to_date():
        return
    with alone():
        if not works(PYTHON):
            make()
        if installed() != fingerprint():
            install()
            with open(STAMP, "w", encoding="utf-8") as file:
                file.write(fingerprint())


def is_up_to_date():
    return installed() == fingerprint() and works(PYTHON)


@contextlib.contextmanager
def alone():
    """Another start that installs is waited for: it would make the folder anew under our hands."""
    with open(LOCK, "ab") as file:
        if not take(file):
            print("Another start is installing; waiting for it ...", flush=True)
            while not take(file):
                time.sleep(0.2)
        yield


def take(file):
    """False while somebody else has it; it is given back when the file is closed."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks
        return True
    return True


def start(arguments):
    command = [PYTHON, os.path.join(PROJECT, "manage.py"), "start", *arguments]
    if os.name != "nt":
        os.execv(PYTHON, command)
    # Ctrl-C is for the launcher: it reaches both, and we wait for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


class Failed(Exception):
    """A sentence, and what to do."""


def fingerprint():
    with open(REQUIREMENTS, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def installed():
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def works(python):
    """Whether there is such a Python, and the one it was made from is still there."""
    return os.path.exists(python) and run([python, "-c", "import pip"])[0] == 0


def make():
    print("Making a virtual environment in .venv ...", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    status, told = run([sys.executable, "-m", "venv", FOLDER])
    if status:
        shutil.rmtree(FOLDER, ignore_errors=True)
        if "No space left" in told:
            raise Failed("There is no room left on the disk for the packages.", "Free about 400 MB.")
        raise Failed(
            f"The Python at {sys.executable} cannot make a virtual environment.",
            "On Debian and Ubuntu: apt-get install python3-venv. Elsewhere, set PYTHON to a complete Python.",
        )


def install():
    print("Installing the packages, once. Most of the time goes into downloading ...", flush=True)
    started = time.time()
    manners = ["--retries", "3", "--disable-pip-version-check", "--no-input"]
    status, told = run([PYTHON, "-m", "pip", "install", *manners, "-r", REQUIREMENTS], heard=show_progress)
    with open(LOG, "w", encoding="utf-8") as file:
        file.write(told)
    if status:
        raise Failed(*reason(told))
    print(f"Installed in {time.time() - started:.0f} s.", flush=True)


def reason(told):
    """What went wrong, from pip's own words, and what to do."""
    if "No space left" in told:
        return "There is no room left on the disk for the packages.", "Free about 400 MB, then start again."
    if "SSLError" not in told and any(sign in told for sign in UNREACHABLE):
        return (
            "The package registry cannot be reached, so the packages could not be downloaded.",
            "See to the connection (or set HTTPS_PROXY, or PIP_INDEX_URL to a mirror of yours), then start again.",
        )
    lines = [line for line in told.splitlines() if line.startswith("ERROR")] or ["pip gave no reason."]
    return f"The packages could not be installed. {lines[0]}", f"All that pip said is in {LOG}."


def show_progress(line):
    """One word for each package, so that whoever waits sees that something happens."""
    if line.startswith("Collecting "):
        print(re.match(r"[\w.-]+", line.split()[1])[0], end=" ", flush=True)
    elif line.startswith("Installing collected"):
        print("... installing", flush=True)


def run(command, heard=lambda line: None):
    """(exit status, everything it said); `heard` is called with each line as it comes."""
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout:
            lines.append(line.decode(errors="replace"))
            heard(lines[-1])
    return process.returncode, "".join(lines)


def sorry(sentence, cure):
    print(f"\n{sentence}\n{cure}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
