"""The environment, read with clear errors: settings.py says which variables there are."""

import base64
import hashlib
import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name, default=""):
    """What is empty was not said, here and below."""
    return os.environ.get(name, "").strip() or default


def flag(name, default=False):
    value = text(name)
    if not value:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def choice(name, *choices):
    """One of these; the first if nothing is said."""
    value = text(name).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; write {' or '.join(filter(None, choices))}.")
    return value


def number(name, default, wanted="a number, such as 10 or 0.5"):
    """A number that is not below nought; `wanted` are the words for it."""
    given = text(name)
    try:
        value = float(given) if given else float(default)
    except ValueError:
        value = float("inf")
    if value < 0:
        raise ImproperlyConfigured(f"{name} is {given!r}; it must not be below 0.")
    if not value < float("inf"):
        raise ImproperlyConfigured(f"{name} is {given!r}; write {wanted}.")
    return value


def whole(name, default):
    """The same without a fraction, which would be lost in silence."""
    wanted = "a whole number, such as 10"
    value = number(name, default, wanted)
    if not value.is_integer():
        raise ImproperlyConfigured(f"{name} is {text(name)!r}; write {wanted}.")
    return int(value)


def words(name, default=""):
    """A comma-separated list, without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def name(variable, made_from):
    """The variable, which must be fit for a key in Redis, or else a short name that tells nothing of the secret."""
    given = text(variable)
    if not given:
        return hashlib.sha256(f"{variable}:{made_from}".encode()).hexdigest()[:10]
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", given):
        raise ImproperlyConfigured(f"{variable} is {given!r}; write at most 40 letters, digits, - and _.")
    return given


def folder(name, default):
    """A folder that exists and can be written; made when missing, for its owner alone."""
    path = Path(os.environ.get(name) or default).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ImproperlyConfigured(f"{name}: {path} is a file; name a folder.") from error
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: the folder {path} cannot be made ({error.strerror}).") from error
    return path


def secret(name, kept_in, make=None):
    """The variable, or else a secret made once and kept in a file only its owner can read."""
    if os.environ.get(name):
        return os.environ[name]
    if kept_in.exists():  # also on a disk that takes nothing more
        return _settled_secret(kept_in)
    try:
        return _new_secret(kept_in, make() if make else secrets.token_urlsafe(50))
    except FileExistsError:
        return _settled_secret(kept_in)


def signing_key():
    """A private key on the curve P-256, its 32 bytes in base64url: any number below the order of the curve."""
    key = secrets.randbelow(P256_ORDER - 1) + 1
    return base64.urlsafe_b64encode(key.to_bytes(32)).rstrip(b"=").decode()


def _new_secret(path, made):
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(made)
        _settle(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return made


def _settle(draft, path):
    try:
        os.link(draft, path)  # fails when another process was first: all of them then read the same one
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        os.replace(draft, path)


def _settled_secret(path):
    return path.read_text(encoding="utf-8").strip()
