"""Each backup that is tried is written down, with how it went, for the page of how it is."""

import logging
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from .making import make
from .testing import bring_back
from .trouble import Trouble

log = logging.getLogger("operations")

KEPT = timedelta(days=90)


def make_recorded(path, *, test=False):
    """Make a backup and, with `test`, bring it back; (its manifest, the Trouble of the test or None).

    Raises as `make` does, when there is none.
    """
    path = Path(path).expanduser().absolute()
    record = {"path": str(path), "at": timezone.now()}
    try:
        manifest = make(path)
        record |= _told_of(path, manifest)
        trouble = _tested(path, manifest, record) if test else None
        return manifest, trouble
    except (Trouble, OSError) as error:
        record["failure"] = str(error)
        raise
    except (SystemExit, KeyboardInterrupt):
        record["failure"] = "It was ended before it was done."
        raise
    finally:
        _write_down(record)


def _told_of(path, manifest):
    from messaging.models import Message

    return {
        "size": path.stat().st_size,
        "messages": manifest["counts"][Message._meta.db_table],
        "missing": len(manifest["missing"]),
    }


def _tested(path, manifest, record):
    try:
        bring_back(path, manifest)
    except (Trouble, OSError) as error:
        record["failure"] = str(error)
        return error
    finally:
        record["tested_at"] = timezone.now()
    return None


def _write_down(record):
    """Where that fails, there is a backup all the same."""
    from operations.models import Backup

    try:
        Backup.objects.create(**record)
        Backup.objects.filter(at__lt=timezone.now() - KEPT).delete()
    except DatabaseError as error:
        log.warning("The backup could not be written down: %s", str(error).strip())
