"""What every door of the API shares: the token by which it is entered, and how it answers. And who its person is."""

from .answers import refusal, told
from .bearer import Bearer, Unauthorized, require
from .doors import router
from .shapes import Asked, Id, Person, Refusal

__all__ = [
    "Asked",
    "Bearer",
    "Id",
    "Person",
    "Refusal",
    "Unauthorized",
    "refusal",
    "require",
    "router",
    "told",
]
