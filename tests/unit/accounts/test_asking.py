"""Who asks, and from where, is known to whatever is done for them, in whatever thread."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from accounts.audit.asking import NOBODY, acting, asked_by, asker, asker_on

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def line_of(person, *headers, client=("10.0.0.7", 40000)):
    return {"user": person, "headers": [(b"user-agent", FIREFOX.encode()), *headers], "client": client}


def test_nobody_asks_before_and_after():
    with asked_by(lambda: "Ada"):
        assert asker() == "Ada"
        with asked_by(lambda: "Bob"):
            assert asker() == "Bob"
        assert asker() == "Ada"
    assert asker() == NOBODY


def test_who_asks_is_found_only_when_somebody_wants_to_know():
    with asked_by(lambda: 1 / 0):
        pass


def test_what_a_line_asks_for_is_done_for_its_person_in_another_thread():
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(asker).result() == NOBODY
        find = partial(asker_on, line_of("ada"))
        assert threads.submit(acting(find, asker)).result() == ("10.0.0.7", FIREFOX, "ada")
        assert threads.submit(asker).result() == NOBODY


def test_behind_a_proxy_it_is_whom_the_proxy_speaks_for(settings):
    settings.HTTPS = True
    line = line_of("ada", (b"x-forwarded-for", b"6.6.6.6, 10.0.0.9"))
    assert asker_on(line).address == "10.0.0.9"


def test_a_browser_that_says_odd_things_says_them_on_one_line():
    odd = {"user": None, "headers": [(b"user-agent", b"A\x00\nB" + b"x" * 500)], "client": None}
    address, browser, _ = asker_on(odd)
    assert address == "" and browser.startswith("A B") and len(browser) == 200
