"""The first page of a PDF as a picture, to be shown in a timeline.

A separate process draws it, which is given nothing but the bytes: so a malicious file can harm nothing else. PDFium is
built without scripts, so nothing in the file is run.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

CONTENT_TYPE = "application/pdf"
BEGINNING = b"%PDF-"
TIMEOUT = 6.0  # seconds
NEEDED = ("SYSTEMROOT",)  # environment variables; without this one no program starts on Windows
DRAWER = Path(__file__).with_name("drawing_a_page.py")


class Page(NamedTuple):
    width: int  # in pixels of the picture
    height: int
    content: bytes  # WebP


def is_pdf(file):
    beginning = file.read(len(BEGINNING))
    file.seek(0)
    return beginning == BEGINNING


def first_page(file):
    """The first Page of a PDF; None if it is encrypted or broken, or takes too long or too much memory to draw."""
    command = [sys.executable, "-I", DRAWER]
    env = {name: os.environ[name] for name in NEEDED if name in os.environ}
    try:
        drawn = subprocess.run(command, input=file.read(), capture_output=True, env=env, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return None
    if drawn.returncode:
        return None
    size, _, content = drawn.stdout.partition(b"\n")
    return Page(*map(int, size.split()), content)
