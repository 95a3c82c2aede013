"""What open pages do at places: each until it says that it has ended, or has said nothing of it for so many seconds."""


class Pages:
    """A page is known by whatever name it is given. So a lost word leaves none there for ever."""

    def __init__(self, loop, seconds):
        self._loop, self._seconds = loop, seconds
        self._at = {}  # place -> {page: (what, timer)}

    def note(self, place, page, what, end):
        """`what` is None when it has ended; `end` is called when nothing more is said. Whether the page was there."""
        pages = self._at.setdefault(place, {})
        if known := pages.pop(page, None):
            known[1].cancel()
        if what is not None:
            pages[page] = what, self._loop.call_later(self._seconds, end)
        elif not pages:
            del self._at[place]
        return known is not None

    def at(self, place):
        """{page: what}, by what was heard last."""
        return {page: what for page, (what, _) in self._at.get(place, {}).items()}

    def places(self):
        return list(self._at)
