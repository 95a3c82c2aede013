"""Are the packages there that requirements.txt asks for, in the versions it asks for?"""

import re
import sys
from importlib import metadata

from .finding import well, wrong
from .place import PROJECT

NAME = "Packages"
LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)\s*(?:;\s*(.*))?$")


def check(place):
    missing, other = [], []
    for package, version, marker in required():
        if marker and not applies(marker):
            continue
        try:
            found = metadata.version(package)
        except metadata.PackageNotFoundError:
            missing.append(package)
            continue
        if found != version:
            other.append(f"{package} is {found} instead of {version}")
    cure = (
        f"Install them: {sys.executable} -m pip install -r requirements.txt (the start script does that too)."
    )
    if missing:
        yield wrong(NAME, f"Missing: {', '.join(missing)}.", cure)
    if other:
        yield wrong(NAME, f"In another version: {'; '.join(other)}.", cure)
    if not missing and not other:
        yield well(NAME, "All are there, in the versions that were tested.")


def required():
    """(name, version, marker) of each line of requirements.txt."""
    for line in (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if found := LINE.match(line.strip()):
            yield found.groups()


def applies(marker):
    """Whether a package is for this machine. Without the package that reads markers, it is taken not to be."""
    try:
        from packaging.markers import Marker
    except ImportError:
        return False
    return Marker(marker).evaluate()
