#!/usr/bin/env python
"""The diagnostic's door: tells what is wrong with this installation, and how to cure it."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = os.path.join(HERE, ".venv", *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))


def main():
    if sys.prefix == sys.base_prefix and os.path.exists(OWN):  # the packages are in .venv: look at those
        return subprocess.call([OWN, os.path.abspath(__file__), *sys.argv[1:]])
    if sys.version_info < (3, 11):  # noqa: UP036  whoever asks what is wrong may well have an old Python
        print("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 2
    sys.path.insert(0, HERE)
    from operations.doctor import main as diagnose

    return diagnose(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
