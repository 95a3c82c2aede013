"""What the diagnostic would complain of: the worker asks what can be asked without a terminal, and keeps the answers.

Some of it takes seconds, so the page shows what was found and when. What passes through the web server the page itself
has just done, and signs of life are judged anew each time (judging.py).
"""

from datetime import timedelta

from django.utils import timezone

from ..doctor import data, database, layer, mail, packages, redis, sentinels, settings
from ..doctor.finding import Finding
from ..doctor.main import examine
from ..doctor.place import Place
from ..doctor.report import without
from ..models import Check

ASKED = {
    packages.NAME: packages.check,
    data.NAME: data.check,
    settings.NAME: settings.check_in_a_worker,
    database.NAME: database.check,
    sentinels.NAME: sentinels.check,
    redis.NAME: redis.check,
    layer.NAME: layer.check,
    mail.NAME: mail.check_in_a_worker,
}
OF_REDIS = {sentinels.NAME, redis.NAME, layer.NAME}
FRESH_FOR = timedelta(minutes=6)  # three looks


def look():
    """Slow: seconds."""
    place = Place()
    found = [one.as_dict() for one in without(place.secrets(), examine(place, ASKED))]
    Check.note("diagnostic", sum(one["ok"] is False for one in found), found)


def last_look(redis_is_away):
    """(the findings, when they were made or None). What may be otherwise by now is told as not known."""
    check = Check.objects.filter(name="diagnostic").first()
    if check is None:
        return [], None
    is_old = timezone.now() - check.at > FRESH_FOR
    found = [Finding(**one) for one in check.found]
    doubted = [is_old or (redis_is_away and one.name in OF_REDIS) for one in found]
    return [_as_last_told(one) if doubt else one for one, doubt in zip(found, doubted, strict=True)], check.at


def _as_last_told(finding):
    return Finding(finding.name, None, f"Not asked anew; the last answer was: {finding.what}")
