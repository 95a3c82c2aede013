"""How each part shows that it answers. Asked again and again while it starts, so each question is short."""

import contextlib
import json
import socket
import time

from operations import proxied
from operations.websocket_by_hand import Closed, NoUpgrade, WebSocket, ask_http


def worker_answers(redis_url, name):
    """A question that is True once the Celery worker of that name answers a ping by way of Redis."""
    asking = asking_workers(redis_url, seconds=2)

    def answers():
        with contextlib.suppress(Exception):  # whatever Celery raises while Redis is not there
            return bool(asking.control.ping(destination=[name], timeout=0.5))
        return False

    return answers


def asking_workers(redis_url, seconds):
    """A Celery that reaches this installation's workers, and gives up on Redis after so many seconds."""
    from celery import Celery
    from django.conf import settings

    from kanban_board.redis import reached_at

    limits = {"socket_timeout": seconds, "socket_connect_timeout": seconds}
    asking = Celery(broker=reached_at(redis_url).broker, set_as_current=False)
    asking.conf.broker_transport_options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **limits}
    return asking


def beat_answers():
    """A question that is True once a heartbeat sent after now has come all the way to the database."""
    from django.utils import timezone

    since = timezone.now()

    def answers():
        from django.db import DatabaseError, connection

        from operations.models import Heartbeat

        try:
            return Heartbeat.objects.filter(name="beat", at__gte=since).exists()
        except DatabaseError:
            return False
        finally:
            connection.close()

    return answers


def web_answers(url):
    """A question that is True once the web server answers a page and lets a line be opened."""
    headers = proxied.headers(url)

    def answers():
        with contextlib.suppress(OSError, ConnectionError, Closed, NoUpgrade):
            status, _, _ = ask_http(url, "/healthz", headers)
            if status == 200:
                WebSocket(
                    url, "/ws/inbox/", headers=headers, protocol="prizmai.v2"
                ).close()  # accepted, then closed with 4401
                return True
        return False

    return answers


def is_ours(status, body):
    """Whether this is what our web server answers at /healthz or /readyz."""
    try:
        return status == 200 and "process" in json.loads(body)
    except (ValueError, TypeError):
        return False


def wait_until(question, seconds, *, give_up=lambda: False, pause=0.05):
    """True as soon as the question is; False after so many seconds or when told to give up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not give_up():
        if question():
            return True
        time.sleep(pause)
    return False


def worker_name(pid):
    return f"prizmai-{pid}@{socket.gethostname()}"
