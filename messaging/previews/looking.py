"""Looking at a page elsewhere, in a thread of its own: what it says of itself, with its picture, or nothing in time."""

import threading
from dataclasses import dataclass

from ..outside import FAILURES
from .page import Said, said_in
from .picture import Small, small_picture
from .trip import LARGEST, Trip, absolute

TIME = 3.0  # seconds for all of it
UNPACKING = threading.BoundedSemaphore(2)  # pictures at once: each takes up to 100 MB


@dataclass(frozen=True, slots=True)
class Found:
    said: Said
    picture: Small | None


class Look(threading.Thread):
    """Begins at once. `found()` waits for it, and no longer than TIME from its beginning."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self._url, self._trip, self._said, self._picture = url, Trip(TIME), None, None
        self.start()

    def found(self):
        """A Found, which lacks the picture when only that came late; or None."""
        self.join(self._trip.time_left)
        self._trip.end()
        said = self._said
        return Found(said, self._picture) if said and said.title else None

    def run(self):
        try:
            page = self._trip.get(self._url, "text/html")
            self._said = said_in(page.content[:LARGEST], page.charset)
            if self._said.title and self._said.picture:
                self._picture = self._small(absolute(page.url, self._said.picture))
        except FAILURES:
            pass  # nothing was found, or no picture

    def _small(self, address):
        """None as well when others' pictures took all of the time."""
        content = self._trip.get(address, "image/").content
        if not UNPACKING.acquire(timeout=self._trip.time_left):
            return None
        try:
            return small_picture(content) if self._trip.time_left else None
        finally:
            UNPACKING.release()
