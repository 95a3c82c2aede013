"""A finding is what one question of the diagnostic brought to light."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """`ok` is None when the question could not be asked, because of something else that is wrong."""

    name: str
    ok: bool | None
    what: str
    cure: str = ""

    def as_dict(self):
        return asdict(self)


def well(name, what):
    return Finding(name, True, what)


def wrong(name, what, cure):
    return Finding(name, False, what, cure)


def unasked(name, because):
    return Finding(name, None, f"Could not be asked: {because}.", "Cure the other findings first.")
