"""Fetching a page's metadata and picture in a thread of its own, within a fixed time."""

import threading
from dataclasses import dataclass

from ..outside import FAILURES
from .page import Metadata, metadata_in
from .picture import Small, small_picture
from .trip import LARGEST, Trip, absolute

TIME = 3.0  # seconds for all of it
DECODING = threading.BoundedSemaphore(2)  # pictures at once: each takes up to 100 MB


@dataclass(frozen=True, slots=True)
class Found:
    page: Metadata
    picture: Small | None


class Look(threading.Thread):
    """Begins at once. `found()` waits for its result, but no longer than TIME after the beginning."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self._url, self._trip, self._page, self._picture = url, Trip(TIME), None, None
        self.start()

    def found(self):
        """A Found, without a picture if that was not there in time; or None."""
        self.join(self._trip.time_left)
        self._trip.end()
        page = self._page
        return Found(page, self._picture) if page and page.title else None

    def run(self):
        try:
            answer = self._trip.get(self._url, "text/html")
            self._page = metadata_in(answer.content[:LARGEST], answer.charset)
            if self._page.title and self._page.picture:
                self._picture = self._small(absolute(answer.url, self._page.picture))
        except FAILURES:
            pass  # nothing was found, or no picture

    def _small(self, url):
        """The picture, made small; None if it is not fit, or decoding other pictures took all of the time."""
        content = self._trip.get(url, "image/").content
        if not DECODING.acquire(timeout=self._trip.time_left):
            return None
        try:
            return small_picture(content) if self._trip.time_left else None
        finally:
            DECODING.release()
