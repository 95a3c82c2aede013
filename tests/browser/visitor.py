"""A visitor is one of the cast at a browser: what they do, and what they see."""

import re

from playwright.async_api import expect

# What a browser says of a server that is away.
MISSING = re.compile("ERR_|Failed to load resource|WebSocket connection|fetching the script")
PATIENCE = 5_000  # ms


class Visitor:
    """One browser window of its own (its own cookies); `tab` opens a second page of the same."""

    def __init__(self, name, context, address):
        self.name, self.context, self.address = name, context, address
        self.page, self.complaints = None, []

    async def opens(self, path, *, live=True):
        if self.page is None:
            self.page = await self._new_page()
        await self.page.goto(f"http://{self.address}{path}")
        if live:
            await self.status_begins("Connected")
        return self

    async def tab(self, path):
        """The same browser, another page of it."""
        other = Visitor(self.name, self.context, self.address)
        other.complaints = self.complaints
        return await other.opens(path)

    async def _new_page(self):
        page = await self.context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        return page

    def _listen(self, said):
        if said.type == "error" and not MISSING.search(said.text):
            self.complaints.append(said.text)

    # -- conversation ----------------------------------------------------------------------------------------

    @property
    def log(self):
        return self.page.get_by_role("log", name="Messages")

    @property
    def composer(self):
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def status(self):
        return self.page.locator("connection-status").get_by_role("status")

    def article(self, text):
        return self.log.get_by_role("article").filter(has_text=text)

    async def writes(self, text):
        await self.composer.fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def sees(self, text, within=PATIENCE):
        await expect(self.article(text)).to_be_visible(timeout=within)

    async def sees_in_order(self, texts, within=PATIENCE):
        """Each exactly once, and in this order."""
        for text in texts:
            await expect(self.article(text)).to_have_count(1, timeout=within)
        shown = await self.log.get_by_role("article").all_inner_texts()
        places = [next(n for n, words in enumerate(shown) if text in words) for text in texts]
        assert places == sorted(places), shown

    async def is_sent(self, text, within=PATIENCE):
        """Acknowledged: it is an entry with a number, not one that waits."""
        await expect(self.log.locator("[data-seq]").filter(has_text=text)).to_have_count(1, timeout=within)

    async def status_begins(self, word, within=PATIENCE):
        await expect(self.status).to_have_text(re.compile(f"^{word}"), timeout=within)

    # -- board -----------------------------------------------------------------------------------------------

    def column(self, title):
        return self.page.get_by_role("list", name=title, exact=True)

    def card(self, title):
        card = self.page.get_by_role("listitem")
        return card.filter(has=self.page.get_by_role("link", name=title, exact=True))

    async def sees_card(self, title, column, within=PATIENCE):
        link = self.column(column).get_by_role("link", name=title, exact=True)
        await expect(link).to_be_visible(timeout=within)
