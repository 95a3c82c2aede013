"""Does the web server run, is it ours, and does it serve WebSockets?"""

from ssl import SSLCertVerificationError, SSLError
from urllib.parse import urlsplit

from operations.start.readiness import is_ours
from operations.websocket_by_hand import Closed, NoUpgrade, WebSocket, ask_http

from .finding import unasked, well, wrong

NAME = "Web server"
LINE = "WebSockets"
DAPHNE = "daphne -b 0.0.0.0 -p 8000 kanban_board.asgi:application"
SERVERS = {
    "kanban_board.asgi:application",
    "operations.start.web_process",
}  # of which one is in its command line
PAGE = "/accounts/login/"  # which everybody may open
BEFORE_US = (502, 503, 504)  # what a proxy answers when nobody stands behind it


def check(place):
    for url in place.urls:
        yield _server_at(url, place)


def _server_at(url, place):
    try:
        status, headers, body = ask_http(url, "/healthz", place.headers)
    except ConnectionRefusedError:
        return wrong(
            NAME, f"Nothing listens at {url}{_elsewhere(url)}.", f"{place.how_to_start} Or by hand: {DAPHNE}"
        )
    except TimeoutError:
        return wrong(NAME, f"What listens at {url} does not answer.", "It hangs: stop it and start it again.")
    except SSLCertVerificationError as error:
        return wrong(
            NAME,
            f"The certificate at {url} is not good ({error.verify_message}): browsers warn of it, or open no page.",
            "Have it renewed (certbot renew), or give the name it is for with --url.",
        )
    except SSLError:
        return wrong(
            NAME, f"What listens at {url} speaks no TLS.", "Give its address with http://, or the proxy's."
        )
    except OSError as error:
        return wrong(
            NAME, f"{url} cannot be reached ({error}).", "See to the address, and to firewall and proxy."
        )
    if status == 400:
        host = place.headers.get("Host") or urlsplit(url).netloc
        return wrong(
            NAME, f"It refuses the host name {host}.", "Add it to ALLOWED_HOSTS, and start it again."
        )
    if _is_sent_on(status, headers):
        return _to_https(NAME, url)
    if status in BEFORE_US:
        return _proxy_alone(NAME, url, status, place)
    if not is_ours(status, body):
        return wrong(
            NAME,
            f"What answers at {url} is not PrizmAI Messaging ({headers.get('server', 'no name')}, HTTP {status}).",
            "Another program has this port: give the right address with --url, or start ours with --port.",
        )
    if _goes_round(url, place):
        return _in_circles(NAME, url)
    return well(NAME, f"Runs at {url} ({headers.get('server') or 'no name given'}).")


def check_line(place):
    for url in place.urls:
        yield _line_at(url, place)


def _line_at(url, place):
    try:
        WebSocket(url, "/ws/inbox/", headers=place.headers, protocol="prizmai.v2").close()
    except NoUpgrade as answer:
        return _no_line(url, place, answer)
    except (OSError, Closed):
        return unasked(LINE, f"there is no web server at {url}")
    return well(LINE, f"{url} lets lines be opened.")


def _no_line(url, place, answer):
    server = answer.headers.get("server", "")
    if answer.status == 403 and _goes_round(url, place):
        return _in_circles(LINE, url)
    if answer.status == 403:
        origin = place.headers.get("Origin") or url
        cure = f"Add it to ALLOWED_ORIGINS ({origin}), or let the proxy pass the Host header on unchanged."
        return wrong(LINE, f"The line is refused because of where it comes from (origin {origin}).", cure)
    if _is_sent_on(answer.status, answer.headers):
        return _to_https(LINE, url)
    if answer.status in BEFORE_US:
        return _proxy_alone(LINE, url, answer.status, place)
    return wrong(
        LINE,
        f"{server or 'The server'} at {url} does not serve WebSockets (HTTP {answer.status}): a WSGI server, "
        "or a proxy that does not pass the upgrade on.",
        f"Serve with an ASGI server: {DAPHNE}. Behind a proxy, pass on Upgrade and Connection (docs/self-hosting.md).",
    )


def _is_sent_on(status, headers):
    return status in (301, 302) and headers.get("location", "").startswith("https://")


def _to_https(name, url):
    return wrong(
        name,
        f"At {url} it sends everybody on to https.",
        "Run the diagnostic with --url and the https address, or with the ALLOWED_ORIGINS of the server.",
    )


def _goes_round(url, place):
    """Whether who comes by https is sent on to where they are: nobody told the server that they came by it."""
    if not url.startswith("https://"):
        return False
    try:
        status, headers, _ = ask_http(url, PAGE, place.headers)
    except OSError:
        return False
    return _is_sent_on(status, headers) and urlsplit(headers["location"]).path == PAGE


def _in_circles(name, url):
    return wrong(
        name,
        f"At {url} pages lead to themselves, and no line opens: the server is not told that people come by https.",
        "Let the proxy set X-Forwarded-Proto to https (docs/self-hosting.md).",
    )


def _proxy_alone(name, url, status, place):
    what = f"The proxy at {url} does not reach the web server (HTTP {status})."
    return wrong(name, what, place.how_to_start)


def _elsewhere(url):
    """Where a web server of ours runs instead, as far as this user may see."""
    try:
        import psutil

        found = {
            connection.laddr.port
            for process in psutil.process_iter(["cmdline"])
            if SERVERS & {*(process.info["cmdline"] or [])}
            for connection in process.net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
    except Exception:  # a hint only: whatever hinders it, the finding stands without it
        return ""
    found.discard(urlsplit(url).port)
    return f", but one runs on port {' and '.join(map(str, sorted(found)))}" if found else ""
