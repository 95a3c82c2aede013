# PrizmAI Messaging as an image. Web server, worker and beat are the same one, started with other words: compose.yaml.

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check -r /requirements.txt

FROM python:3.11-slim-bookworm
# pg_dump, pg_restore and psql, of the version that compose.yaml runs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin prizmai \
    && install -d -o prizmai -g prizmai -m 700 /data /backups
COPY --from=packages /opt/venv /opt/venv
# Static files are served from where they lie, by names that change with them: there is nothing to collect.
COPY . /opt/prizmai
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PRIZMAI_DATA=/data
WORKDIR /opt/prizmai
# Whoever cloned with a strict umask keeps others from reading: here the user below is one of them.
RUN chmod -R a+rX . \
    && python -m compileall -q .
USER prizmai
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# As many processes as WEB_CONCURRENCY says.
CMD ["python", "-m", "uvicorn", "kanban_board.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
    "--loop", "live.loop:Loop", "--http", "live.upgrade:Http", "--ws", "live.protocol:Protocol", \
    "--ws-max-size", "65536", "--ws-per-message-deflate", "false", "--lifespan", "off", \
    "--no-access-log", "--log-level", "warning", "--proxy-headers", "--timeout-graceful-shutdown", "10"]
