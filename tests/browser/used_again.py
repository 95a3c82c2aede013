"""Windows that are used again: whoever comes next finds nothing of who was there, but need not load the product anew.

To load its modules takes a fresh window longer than most tests take for what they try.
"""

from collections import defaultdict

# What one test may do to a window that is undone for the next. Whatever else is done, it is not used again.
UNDONE = {
    "add_cookies",
    "browser",
    "clear_cookies",
    "clear_permissions",
    "cookies",
    "expect_page",
    "grant_permissions",
    "new_page",
    "pages",
    "route",
    "set_default_timeout",
    "set_offline",
}
KEPT_BY_PAGES = "cache_storage,file_systems,indexeddb,local_storage,service_workers"
HAS_OTHER_CLOCK = "'__pwClock' in window"
_free = defaultdict(list)  # {the browser and how its windows are: those nobody uses}


class Window:
    """A browser context of Playwright, which notes whether it may be used again."""

    def __init__(self, context, kind):
        self._context, self._kind, self._is_as_new = context, kind, kind is not None

    def __getattr__(self, name):
        self._is_as_new = self._is_as_new and name in UNDONE
        return getattr(self._context, name)

    async def is_left(self, address):
        """By somebody who was at this address."""
        if not self._is_as_new:
            await self._context.close()
            return
        for page in self._context.pages:
            await page.close()
        await self._context.unroute_all(behavior="ignoreErrors")
        await self._context.set_offline(False)
        await self._context.clear_permissions()
        await self._context.clear_cookies()
        await self._forgets(f"http://{address}")
        _free[self._kind].append(self._context)

    async def _forgets(self, origin):
        page = await self._context.new_page()
        tools = await self._context.new_cdp_session(page)
        await tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KEPT_BY_PAGES})
        assert not await page.evaluate(HAS_OTHER_CLOCK), "a page's clock is its window's: install that"
        await page.close()


async def window_of(browser, *, service_workers, **how):
    """One that nobody uses. What a service worker has put by would stay, so those have a new one."""
    if service_workers == "allow":
        return Window(await browser.new_context(service_workers=service_workers, **how), None)
    kind = (browser, repr(sorted(how.items())))
    free = _free[kind]
    return Window(free.pop() if free else await browser.new_context(service_workers="block", **how), kind)
