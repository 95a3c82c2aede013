"""The laws of the layout, checked by reading what each file imports and says."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("kanban_board", "live", "accounts", "boards", "messaging", "operations")
MAY_IMPORT = {
    "live": set(),
    "accounts": {"live"},
    "boards": {"live", "accounts"},
    "messaging": {"live", "accounts", "boards"},
    "operations": set(APPS),  # it runs the house
    "kanban_board": set(APPS),  # it wires the house
}
TALKING = ("boards", "messaging")
DOORS = ("views", "consumers", "urls", "routing", "api", "tasks", "admin", "templatetags")
ANNOUNCING = {"announce", "announce_all", "announce_whispers"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


@cache
def modules():
    """{path: tree} of the product's own Python."""
    paths = [
        path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
    ]
    return {path.relative_to(ROOT): ast.parse(path.read_text()) for path in paths}


def app_of(path):
    return path.parts[0]


def part_of(path):
    """models, actions, views ...: what a module is in its app."""
    return path.parts[1].removesuffix(".py") if len(path.parts) > 1 else ""


def imports(path, tree):
    """(full module name, name imported from it or "") of every import, inside functions too."""
    package = path.with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*start, *filter(None, [node.module])])
            yield from ((module, alias.name) for alias in node.names)


def imported_parts(path, tree):
    """("boards", "models") and so on, of this project's own."""
    for module, name in imports(path, tree):
        parts = [*module.split("."), name]
        if parts[0] in APPS:
            yield parts[0], parts[1]


def offences(fits, python=None):
    """`path: what` of every offence `fits(path, tree)` finds."""
    return [f"{path}: {what}" for path, tree in (python or modules()).items() for what in fits(path, tree)]


# -- the laws, as questions about one module -------------------------------------------------------------------------


def against_the_stream(path, tree):
    allowed = MAY_IMPORT[app_of(path)] | {app_of(path)}
    return [f"imports {app}" for app, _ in imported_parts(path, tree) if app not in allowed]


def models_that_know_a_door(path, tree):
    if part_of(path) == "models":
        forbidden = {*DOORS, "actions", "frames"}
        return [f"imports {app}.{part}" for app, part in imported_parts(path, tree) if part in forbidden]
    return []


def actions_that_know_a_door(path, tree):
    if part_of(path) != "actions":
        return []
    known = [f"{app}.{part}" for app, part in imported_parts(path, tree) if part in DOORS]
    outside = ("django.http", "django.shortcuts", "django.views", "channels", "json", "orjson")
    return known + [module for module, _ in imports(path, tree) if module.startswith(outside)]


def queries_that_know_an_action(path, tree):
    if part_of(path) != "queries":
        return []
    forbidden = {*DOORS, "actions"}
    return [f"imports {app}.{part}" for app, part in imported_parts(path, tree) if part in forbidden]


def programs_served_by_pages(path, tree):
    """What pages and the API both need is neither's."""
    if part_of(path) != "api":
        return []
    return [f"imports {app}.views" for app, part in imported_parts(path, tree) if part == "views"]


def writing_elsewhere(path, tree):
    """Doors write by actions, and queries do not write."""
    if app_of(path) in TALKING and part_of(path) in (*DOORS, "queries"):
        return [
            f"calls {node.func.attr}() in line {node.lineno}"
            for node in calls(tree)
            if attribute(node) in WRITES
        ]
    return []


def announcements(path, tree):
    if app_of(path) == "live" or part_of(path) == "actions":
        return []
    said = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    said |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return [f"says {word}" for word in sorted(said & ANNOUNCING)]


def frames_made_elsewhere(path, tree):
    """A dict with a "type" is a frame; only frames.py, inbox_frames.py and the line itself make any."""
    if app_of(path) in (*TALKING, "accounts") and part_of(path) not in ("frames", "inbox_frames"):
        return [f"makes a frame in line {node.lineno}" for node in ast.walk(tree) if is_frame(node)]
    return []


def conversations_found_past_the_policy(path, tree):
    if app_of(path) != "messaging" or part_of(path) not in DOORS:
        return []
    found = re.findall(r"\bConversation\.objects\.(\w+)", ast.unparse(tree))
    return [f"Conversation.objects.{how}" for how in found if how != "visible_to"]


def text_in_the_machines_own_encoding(path, tree):
    """On Windows that is a code page, in which our files cannot all be read."""
    return [
        f"says no encoding in line {node.lineno}"
        for node in calls(tree)
        if is_of_text(node) and not any(keyword.arg == "encoding" for keyword in node.keywords)
    ]


def modules_that_do_not_say_what_they_are(path, tree):
    return ["has no sentence at its head"] if tree.body and ast.get_docstring(tree) is None else []


def underscores_that_hide_gettext(path, tree):
    """A function that throws something away into `_` cannot call it any more."""
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    if "_" not in {alias.asname for node in imported for alias in node.names}:
        return []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f"hides _ in {function.name}" for function in functions if stores_underscore(function)]


def stores_underscore(function):
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == "_"]
    return any(isinstance(name.ctx, ast.Store) for name in names)


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def attribute(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else None


def is_of_text(call):
    """Of a method called `open`, which storage has too, only a mode tells what it is."""
    name = attribute(call) or getattr(call.func, "id", "")
    if name not in ("open", "fdopen"):
        return name in ("read_text", "write_text")
    is_method = name == "open" and attribute(call)
    modes = call.args[:1] if is_method else call.args[1:2]
    modes = modes + [word.value for word in call.keywords if word.arg == "mode"]
    return any(map(is_mode, modes)) or not (modes or is_method)


def is_mode(argument):
    return isinstance(argument, ast.Constant) and bool(re.fullmatch(r"[rwax+t]+", str(argument.value)))


def is_frame(node):
    keys = node.keys if isinstance(node, ast.Dict) else []
    return any(isinstance(key, ast.Constant) and key.value == "type" for key in keys)


LAWS = [
    against_the_stream,
    models_that_know_a_door,
    actions_that_know_a_door,
    programs_served_by_pages,
    queries_that_know_an_action,
    writing_elsewhere,
    announcements,
    frames_made_elsewhere,
    conversations_found_past_the_policy,
    text_in_the_machines_own_encoding,
    modules_that_do_not_say_what_they_are,
    underscores_that_hide_gettext,
]
BREACHES = {
    against_the_stream: ("live/hub.py", "def f():\n    from messaging.models import Message"),
    models_that_know_a_door: ("boards/models/task.py", "from ..views import card"),
    actions_that_know_a_door: ("messaging/actions/saying/posting.py", "from django.http import JsonResponse"),
    programs_served_by_pages: ("messaging/api/files.py", "from ..views.files import download"),
    queries_that_know_an_action: ("messaging/queries/kept.py", "from ..actions import save"),
    writing_elsewhere: ("messaging/views/room.py", "Message.objects.create(body='x')"),
    announcements: (
        "messaging/views/room.py",
        "import live\nlive.announce_all([('conversation:1', 2, None)])",
    ),
    frames_made_elsewhere: ("messaging/consumers.py", "self.say({'type': 'ack', 'seq': 1})"),
    conversations_found_past_the_policy: ("messaging/views/room.py", "Conversation.objects.get(pk=1)"),
    text_in_the_machines_own_encoding: ("live/templatetags/live.py", "with open(name) as file: pass"),
    modules_that_do_not_say_what_they_are: ("operations/apps.py", "from django.apps import AppConfig"),
    underscores_that_hide_gettext: (
        "boards/forms.py",
        "from django.utils.translation import gettext_lazy as _\ndef f():\n    _, a = b",
    ),
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_law_is_kept(law):
    assert modules(), "there is no code to judge"
    assert not offences(law)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_breach_would_be_seen(law):
    path, code = BREACHES[law]
    assert offences(law, {Path(path): ast.parse(code)})


# -- the browser's half ----------------------------------------------------------------------------------------------

SCRIPTS = ROOT / "static" / "js"
SCRIPTS_MAY_IMPORT = {
    "language": {"language"},
    "live": {"live", "language"},
    "boards": {"boards", "live", "language"},
    "messaging": {"messaging", "live", "language"},
    "elements": {"elements", "messaging", "boards", "live", "language"},
}


def scripts():
    """{path below static/js: code without comments}"""
    found = sorted(SCRIPTS.rglob("*.js"))
    return {path.relative_to(SCRIPTS): without_comments(path.read_text()) for path in found}


def without_comments(code):
    return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", code, flags=re.DOTALL)


def is_element(path):
    return path.parts[0] in ("elements", "app.js")


def sockets_made_elsewhere(path, code):
    made = re.search(r"\bnew\s+(\w+\.)*#?WebSocket\b|\b(globalThis|window|self)\.WebSocket\b", code)
    return "makes a WebSocket" if made and path != Path("live/connection.js") else None


def documents_touched(path, code):
    if is_element(path):
        return None
    # `this.#window` was handed in by the constructor, and is another one in tests.
    touched = re.search(
        r"(?<![\w.#])(document|window)\s*[.\[]|\bquerySelector|\bcustomElements\b|\binnerHTML\b", code
    )
    return f"touches the page: {touched[0]}" if touched else None


def html_inserted(path, code):
    inserted = re.search(r"\b(outerHTML|insertAdjacentHTML|createContextualFragment|document\.write)\b", code)
    return f"inserts HTML: {inserted[0]}" if inserted else None


def scripts_against_the_stream(path, code):
    sources = re.findall(r"(?:from|import)\s*\(?\s*[\"'](\w+)/[^\"']+[\"']", code)
    if len(path.parts) == 1:
        return None
    strangers = set(sources) - SCRIPTS_MAY_IMPORT[path.parts[0]]
    return f"imports {', '.join(sorted(strangers))}" if strangers else None


SCRIPT_LAWS = [sockets_made_elsewhere, documents_touched, html_inserted, scripts_against_the_stream]
SCRIPT_BREACHES = {
    sockets_made_elsewhere: ("messaging/room.js", 'const socket = new WebSocket("/ws/");'),
    documents_touched: ("live/outbox.js", 'document.title = "x";'),
    html_inserted: ("elements/timeline/message/row.js", "row.insertAdjacentHTML('beforeend', text);"),
    scripts_against_the_stream: ("live/stream.js", 'import { Room } from "messaging/room.js";'),
}


@pytest.mark.parametrize("law", SCRIPT_LAWS, ids=lambda law: law.__name__)
def test_the_browsers_law_is_kept(law):
    assert scripts(), "there is no code to judge"
    assert not [f"{path} {law(path, code)}" for path, code in scripts().items() if law(path, code)]


@pytest.mark.parametrize("law", SCRIPT_LAWS, ids=lambda law: law.__name__)
def test_a_breach_in_the_browser_would_be_seen(law):
    path, code = SCRIPT_BREACHES[law]
    assert law(Path(path), code)


def test_each_script_says_what_it_is():
    paths = sorted(SCRIPTS.rglob("*.js"))
    assert paths and not [path.name for path in paths if not path.read_text().startswith("// ")]


def test_html_is_inserted_in_one_place_only():
    """What the server rendered and sanitised, and nothing else."""
    users = [str(path) for path, code in scripts().items() if re.search(r"\.innerHTML\s*=", code)]
    assert users == ["elements/timeline/message/row.js"]


def test_what_kind_of_device_it_is_is_asked_in_one_place():
    asked = [query for code in scripts().values() for query in re.findall(r"\bmatchMedia\(([^)]*\)*)", code)]
    assert len(asked) > 2 and len(asked) == len(set(asked))


# -- templates -------------------------------------------------------------------------------------------------------

INLINE = re.compile(r"<[^>{%]*\s(on[a-z]+|style)\s*=", re.IGNORECASE)
BARE_SCRIPT = re.compile(r"<(script|style)\b(?![^>]*nonce)[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(r"<(script|link|img|iframe)\b[^>]*\b(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize(
    "sin", [INLINE, BARE_SCRIPT, ELSEWHERE], ids=["inline", "no nonce", "from elsewhere"]
)
def test_templates_hold_nothing_the_policy_of_the_page_forbids(sin):
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert templates
    assert not [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in templates
        if (found := sin.search(path.read_text()))
    ]


APPS_WITH_TEMPLATES = ("accounts", "boards", "messaging", "operations")


def test_each_template_is_drawn_by_something():
    folder = ROOT / "templates"
    pages = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.html")}
    said = "\n".join([*pages.values(), *(path.read_text() for path in map(ROOT.joinpath, modules()))])
    ours = [name for name in pages if name.startswith(APPS_WITH_TEMPLATES) and "/" in name]
    assert ours and not [name for name in ours if f'"{name}"' not in said]


def test_inline_code_and_scripts_from_elsewhere_would_be_seen():
    assert INLINE.search('<a href="x" onclick="go()">') and INLINE.search('<p style="color: red">')
    assert BARE_SCRIPT.search('<script src="x">') and not BARE_SCRIPT.search('<script nonce="y">')
    assert ELSEWHERE.search('<script src="https://cdn.example.org/x.js">')
