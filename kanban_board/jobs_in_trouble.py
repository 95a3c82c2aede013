"""While the database or Redis is away every job fails of it: that is said once, and none of them leaves a traceback."""

import logging

from celery.signals import task_failure, task_success
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

from live.database.pool import AWAY
from live.database.trouble import Trouble

log = logging.getLogger("jobs")

TROUBLES = [
    (AWAY, Trouble("The database", log)),
    ((BrokerAway, RedisAway, RedisSilent), Trouble("Redis", log)),
]


def trouble_of(failure):
    """The Trouble that this is a sign of, or None."""
    return next((trouble for kinds, trouble in TROUBLES if isinstance(failure, kinds)), None)


@task_failure.connect
def a_job_failed(exception, **kwargs):
    if trouble := trouble_of(exception):
        trouble.met(exception)


@task_success.connect
def a_job_was_done(**kwargs):
    """Redis has brought it, too."""
    for _, trouble in TROUBLES:
        trouble.answered()


class SaidOnce(logging.Filter):
    """Leaves out what Celery tells of a job that failed of such trouble."""

    def filter(self, record):
        return not (record.exc_info and trouble_of(record.exc_info[1]))
