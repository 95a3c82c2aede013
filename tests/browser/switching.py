"""How long it takes to go from one conversation to another in the demo workspace, and what of.

    python -m tests.browser.switching http://127.0.0.1:8000 [still] [press | hover | ready]

Each of twenty clicks in the sidebar, from the click to the first frame with the messages of the other room painted: the
median in milliseconds. Below it the processor's time of the page's main thread for one of them, which other work on the
machine does not touch. `press`: a pointer comes and presses for 70 ms, as people do; `hover`: it has rested on the link
before; `ready`: the pages of all rooms stand ready. Else nothing tells beforehand. `still`: without motion.
"""

import json
import shutil
import statistics
import sys

from playwright.sync_api import sync_playwright

from .pictures import PASSWORD

SWITCHES = 20
PRESSED, RESTED, READY = 70, 400, 4_000  # ms
ROOM = "/messaging/room/1/"
KEPT = ".sidebar section:not([data-section=tasks]) a[data-conversation]"
WATCH = """(path) => { window.switched = new Promise((resolve) => {
    const at = {};
    let began;
    addEventListener("click", ({ timeStamp }) => { began = timeStamp }, { capture: true, once: true });
    performance.clearResourceTimings();
    const asked = () => performance.getEntriesByType("resource").find(({ name }) => name.endsWith(path));
    const note = (name) => at[name] = performance.now() - began;
    const painted = () => requestAnimationFrame(() => { note("frame begins"); const channel = new MessageChannel();
        channel.port1.onmessage = () => { note("painted"); const entry = asked();
            if (entry) [at.asked, at.answered] = [entry.requestStart - began, entry.responseEnd - began]; resolve(at) };
        channel.port2.postMessage(0) });
    new MutationObserver((_, seen) => { seen.disconnect(); note("swapped"); painted() })
        .observe(document.querySelector(".app"), { childList: true });
}) }"""
CLICK = """(path) => document.querySelector(`.sidebar a[href="${path}"]`).click()"""
# What the main thread does, as the tracing names it.
WORK = {
    "parsing": {"ParseHTML"},
    "styles": {"UpdateLayoutTree"},
    "layout": {"Layout"},
    "painting": {"PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer"},
    "script": {"FunctionCall", "EvaluateScript", "V8.RunMicrotasks", "RunMicrotasks", "FireAnimationFrame"},
}


def measure(address, *how):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        motion = "reduce" if "still" in how else "no-preference"
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion=motion)
        paths = _enter(page, address)
        for path in paths:  # so that everything was compiled once
            _switch(page, path, how)
        browser.start_tracing(
            page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"]
        )
        times = [_switch(page, paths[number % len(paths)], how) for number in range(SWITCHES)]
        events = json.loads(browser.stop_tracing())["traceEvents"]
        browser.close()
    _tell(times, _work(events))


def _enter(page, address):
    page.goto(address + ROOM)
    page.fill("input[name=login]", "ada")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(":root[data-whole]", state="attached")
    page.goto(address + ROOM)
    page.wait_for_selector(":root[data-whole]", state="attached")
    page.wait_for_timeout(1_000)
    links = page.eval_on_selector_all(KEPT, "(links) => links.map(({ pathname }) => pathname)")
    return sorted(set(links) - {ROOM}) + [ROOM]


def _switch(page, path, how):
    page.evaluate(WATCH, path)
    link = page.locator(f'.sidebar a[href="{path}"]').first
    if {"hover", "press", "ready"} & {*how}:
        _press(page, link, RESTED if "hover" in how else 0)
    else:
        page.evaluate(CLICK, path)
    times = page.evaluate("window.switched")
    page.mouse.move(700, 300)
    page.wait_for_timeout(READY if "ready" in how else 600)  # the line is opened, and everything is at rest
    return times


def _press(page, link, rests):
    link.hover()
    page.wait_for_timeout(rests)
    page.mouse.down()
    page.wait_for_timeout(PRESSED)
    page.mouse.up()


def _work(events):
    """Milliseconds of the processor on the page's main thread, for one switch."""
    threads = {}
    for event in events:
        if event.get("ph") == "X" and "tdur" in event:
            threads.setdefault((event["pid"], event["tid"]), []).append(event)
    of_page = max(threads.values(), key=lambda some: sum(one["name"] == "UpdateLayoutTree" for one in some))
    spent = {name: _spent(of_page, kinds) for name, kinds in WORK.items()}
    return spent | {"all of it": _spent(of_page, {"RunTask", "ThreadControllerImpl::RunTask"})}


def _spent(events, kinds):
    return sum(one["tdur"] for one in events if one["name"] in kinds) / 1_000 / SWITCHES


def _tell(times, work):
    for name in ("asked", "answered", "swapped", "frame begins", "painted"):
        known = [one[name] for one in times if name in one]
        if known:
            print(
                f"{name:>14}: median {statistics.median(known):6.1f} ms, at most {max(known):6.1f} ({len(known)})"
            )
    for name, spent in work.items():
        print(f"{name:>14}: {spent:6.1f} ms of the main thread")


if __name__ == "__main__":
    measure(*sys.argv[1:])
