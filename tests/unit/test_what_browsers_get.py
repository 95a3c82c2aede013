"""What a browser gets of our own code: how much of it, in what form, and for how long."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from kanban_board import staticfiles
from kanban_board.staticfiles import bare, fingerprint
from live.templatetags.live import FOLDER, IMPORT, module_names, modules_of

from .test_import_laws import APPS

ROOM = ["app.js", "elements/conversation/conversation.js"]
MOST = 160_000  # bytes, unpacked; 6,000 are for texts to go to gettext, 3,000 for lines that are open and say nothing
STYLES = FOLDER.parent / "css"
SOURCES = {".py", ".js", ".html"}
# What may hold a backtick without being text over several lines.
WORDS = re.compile(
    r"`(?:\\.|[^`\\\n])*`|\"(?:\\.|[^\"\\\n])*\"|//[^\n]*|/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n\[])+/"
)


def sent(name):
    return len(bare((FOLDER / name).read_text()).encode())


def asks(name, **headers):
    return Client(headers=headers).get(f"/static/{name}", {"v": fingerprint(name)})


def test_a_room_starts_with_little():
    sizes = {name: sent(name) for name in modules_of(ROOM)}
    largest = sorted(sizes, key=sizes.get, reverse=True)[:12]
    assert sum(sizes.values()) < MOST, {name: sizes[name] for name in largest}
    assert len(sizes) > 40 and sizes["messaging/room.js"] > 1_000  # it is counted


def test_what_other_pages_need_is_not_among_it():
    of_room = set(modules_of(ROOM))
    for name in (
        "elements/board/board-live.js",
        "elements/keys/palette/palette.js",
        "elements/visits/visits.js",
    ):
        assert (FOLDER / name).exists() and name not in of_room


def test_a_module_is_found_however_it_is_imported():
    code = 'import "a.js";\nimport { b } from "b.js";\nimport {\n  c,\n} from "c.js";\n'
    code += 'export { d } from "d.js";\nimport("e.js");'
    assert IMPORT.findall(code) == ["a.js", "b.js", "c.js", "d.js"]


def test_browsers_get_code_without_asides():
    code = '// Why.\nexport const a = 1; // here\n  // And why else.\n  if (a) b("// no", "; // no");\n'
    assert bare(code) == '\nexport const a = 1;\n\nif (a) b("// no", "; // no");\n'


@pytest.mark.parametrize("name", module_names())
def test_nothing_in_a_module_stands_or_falls_with_its_indents(name):
    """Text over several lines would: a browser gets lines without what they begin with."""
    text = WORDS.sub("", (FOLDER / name).read_text())
    assert not [line for line in text.splitlines() if "`" in line], name


def test_a_file_asked_for_by_its_version_is_kept_for_ever(settings):
    answer = asks("js/app.js", accept_encoding="gzip, br")
    assert answer.headers["Cache-Control"] == staticfiles.FOR_EVER
    assert answer.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.content) == bare((FOLDER / "app.js").read_text()).encode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert asks("js/app.js").content == gzip.decompress(answer.content)
    assert asks("css/app.css").content.decode().startswith("/* The table of contents")


def test_one_answer_brings_all_styles_in_their_layers():
    sent = asks("css/app.css").content.decode()
    assert "@import" not in sent
    sheets = [path for path in STYLES.rglob("*.css") if path.name != "app.css"]
    as_written = re.sub(r"\?v=[0-9a-f]{10}", "", sent)
    assert len(sheets) > 20 and all(path.read_text() in as_written for path in sheets)
    for layer, sheet in [
        ("tokens", "tokens.css"),
        ("components", "components/menu.css"),
        ("layout", "layout.css"),
    ]:
        assert f"@layer {layer} {{\n{(STYLES / sheet).read_text()}}}" in as_written


def test_a_sheet_that_changes_changes_the_whole(tmp_path, settings):
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "all.css").write_text('@import "parts/one.css" layer(one);\n')
    (tmp_path / "parts").mkdir()
    prints = set()
    for colour in ("red", "teal"):
        (tmp_path / "parts/one.css").write_text(f"a {{ color: {colour}; }}\n")
        finders.get_finder.cache_clear()
        prints.add(fingerprint("all.css"))
    finders.get_finder.cache_clear()
    assert len(prints) == 2 and None not in prints


def test_no_part_of_the_sheet_names_files_from_where_it_lies():
    """In the whole they would be looked for from elsewhere."""
    assert not [path for path in (STYLES / "components").rglob("*.css") if "url(" in path.read_text()]


def test_the_sheet_names_the_font_as_pages_do(client, db):
    (font,) = re.findall(r'url\("\.\.(/vendor/inter/[^"]+)"\)', asks("css/app.css").content.decode())
    assert f'<link rel="preload" href="/static{font}" as="font"' in client.get("/accounts/login/").text
    assert client.get(f"/static{font}").headers["Cache-Control"] == staticfiles.FOR_EVER


@pytest.mark.parametrize(
    "name", ["js/app.js", "img/icon-180.png", "vendor/inter/inter-latin-wght-normal.woff2"]
)
def test_who_asks_whether_a_file_has_changed_does_not_get_it_again(name):
    tag = asks(name).headers["ETag"]
    again = asks(name, if_none_match=tag)
    assert (again.status_code, again.headers["Cache-Control"]) == (304, staticfiles.FOR_EVER)
    assert b"".join(again) == b"" and asks(name, if_none_match='"other"').status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest"])
def test_what_makes_it_an_app_is_sent_again_only_when_it_changed(path):
    packed = Client(headers={"accept_encoding": "gzip"})
    first = packed.get(path)
    again = packed.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    assert (again.status_code, again.content) == (304, b"")
    assert packed.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    assert path != "/sw.js" or b"SHELL" in gzip.decompress(first.content)


@pytest.mark.parametrize("name", ["js/app.js", "img/icon-180.png"])
def test_what_is_not_the_version_asked_for_is_not_kept(name):
    answer = Client().get(f"/static/{name}", {"v": "0123456789"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_head_says_the_same_without_the_file():
    path = f"/static/js/app.js?v={fingerprint('js/app.js')}"
    head, whole = Client().head(path), Client().get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize(
    "path", ["/static/js/no.js?v=1", "/static/../settings.py?v=1", "/static/js/%2e%2e/%2e%2e/manage.js?v=1"]
)
def test_what_is_not_there_is_not_sent(path):
    assert Client().get(path).status_code in (400, 404)


def test_another_version_is_not_kept_ready():
    before = staticfiles._made_ready.cache_info().currsize
    Client().get("/static/css/tokens.css?v=0000000000")
    assert staticfiles._made_ready.cache_info().currsize == before


def test_pages_have_everything_fetched_at_once(client, django_user_model, db):
    ada = django_user_model.objects.create_user("ada", "ada@example.org")
    client.force_login(ada)
    page = client.get("/messaging/").content.decode()
    links = re.findall(r'<link rel="modulepreload" href="/static/js/([^?"]+)', page)
    assert set(modules_of(["app.js", "elements/page/whole.js"])) == set(links) and len(links) == len(
        set(links)
    )
    assert settings.STATIC_URL in page


@pytest.mark.django_db
def test_pages_travel_packed_and_files_do_not():
    packed = Client(headers={"accept_encoding": "gzip, br"})
    answer, plain = packed.get("/accounts/login/"), Client().get("/accounts/login/")
    assert answer.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer.headers["Vary"]
    assert "<title>" in gzip.decompress(answer.content).decode() and "<title>" in plain.content.decode()
    assert len(answer.content) < len(plain.content) / 2
    picture = packed.get("/static/img/logo.svg")
    assert picture.status_code == 200 and "Content-Encoding" not in picture.headers


def test_the_sprite_holds_the_icons_that_are_used_and_no_others():
    sprite = (FOLDER.parent / "vendor/lucide/icons.svg").read_text()
    folders = [FOLDER, *(settings.BASE_DIR / name for name in ("templates", *APPS))]
    written = "".join(
        path.read_text() for there in folders for path in there.rglob("*") if path.suffix in SOURCES
    )
    symbols = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert set(re.findall(r'\bicon(?: |\()"([^"]+)"', written)) <= symbols
    assert symbols <= set(re.findall(r"[\"']([a-z0-9-]+)[\"']", written))
