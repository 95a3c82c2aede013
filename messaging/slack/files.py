"""The files of Slack's messages: taken from the zip, fetched with a token, or left as links to Slack."""

from dataclasses import dataclass, field

from ..actions.files.attaching import LARGEST
from .fetching import fetched


@dataclass
class SortedFiles:
    kept: list = field(default_factory=list)  # (name, content)
    links: list = field(default_factory=list)  # lines of Markdown
    deleted: int = 0


class Files:
    """Finds the files of messages. Without a token, none is fetched from Slack."""

    def __init__(self, archive, token):
        self._archive, self._token = archive, token

    def of(self, message):
        """The files of a message of Slack's, as SortedFiles."""
        found = SortedFiles()
        for file in message.get("files") or ():
            content = self._content(file)
            if content:
                found.kept.append((_name(file), content))
            elif link := _link(file):
                found.links.append(link)
            else:
                found.deleted += 1
        return found

    def available_now(self, message, body):
        """[(link, name, content)] of files that are links in `body`, as imported before, and are available now."""
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
