"""The files of Slack's messages: those in the zip, those that a token fetches, and links to where the others are."""

from dataclasses import dataclass, field

from ..actions.attaching import LARGEST
from .fetching import fetched


@dataclass
class Sorted:
    kept: list = field(default_factory=list)  # (name, content)
    links: list = field(default_factory=list)  # lines of Markdown
    deleted: int = 0


class Files:
    """Without a token nothing is fetched."""

    def __init__(self, archive, token):
        self._archive, self._token = archive, token

    def of(self, message):
        """All of a message of Slack's, Sorted."""
        found = Sorted()
        for file in message.get("files") or ():
            content = self._content(file)
            if content:
                found.kept.append((_name(file), content))
            elif link := _link(file):
                found.links.append(link)
            else:
                found.deleted += 1
        return found

    def no_links_any_more(self, message, body):
        """[(link, name, content)] of those that are links in the body here, and are to be had now."""
        lines = body.split("\n")
        files = [file for file in message.get("files") or () if _link(file) in lines]
        return [(_link(file), _name(file), content) for file in files if (content := self._content(file))]

    def _content(self, file):
        packed = self._archive.file(file.get("id"))
        if packed:
            with packed:
                content = packed.read(LARGEST + 1)
            return content if len(content) <= LARGEST else None
        url = file.get("url_private_download") or file.get("url_private")
        return fetched(url, self._token, LARGEST) if url and self._token else None


def _name(file):
    return file.get("name") or file.get("title") or "file"


def _link(file):
    url = file.get("url_private") or ""
    return f"[{_name(file)}]({url})" if url.startswith("https://") else ""
