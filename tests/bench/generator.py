"""The generator, compiled when it is first needed, on a core of its own."""

import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from .cores import OTHERS

SOURCE = Path(__file__).with_name("generator.c")
BUSY = 0.9  # of its core: from there on the generator is the limit, and not the server


class NoCompiler(Exception):
    """The generator is written in C, and this machine has no compiler."""


@cache
def built(source=SOURCE):
    """The path of the program, for as long as we run."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NoCompiler(
            "Install a C compiler (on Debian: apt-get install gcc libc6-dev) and run this again."
        )
    program = Path(tempfile.mkdtemp(prefix="prizmai-bench-")) / source.stem
    subprocess.run([compiler, "-O2", "-o", program, source], check=True)
    return program


def drive(**wishes):
    """What the generator measured, as it says it in generator.c; `wishes` are the words it takes."""
    command = [str(built()), *(f"{name}={value}" for name, value in wishes.items())]
    pinned = [shutil.which("taskset"), "-c", str(OTHERS), *command] if shutil.which("taskset") else command
    done = subprocess.run(pinned, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The generator failed: {done.stderr.strip()}")
    return json.loads(done.stdout) | {"complaints": done.stderr.replace("settled\n", "").strip()}
