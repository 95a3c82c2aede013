"""What every endpoint of the API shares: its token, and the shapes of its answers. And the endpoint /me."""

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
