"""What people write becomes safe HTML, or stays plain text."""

import re
from time import thread_time
from types import SimpleNamespace

import pytest

from messaging.text.markdown import Parsed

ADA, DOTTED, HYPHEN = (SimpleNamespace(pk=pk) for pk in (1, 2, 3))
PEOPLE = {"ada": ADA, "ada.lovelace": DOTTED, "mary-ann": HYPHEN}


def html(text, people=()):
    return Parsed(text).html(dict(people))


@pytest.mark.parametrize(
    "text",
    [
        "Hello", "Hello. How are you?", "a\nb\n\nc", "2 < 3 & 4 > 1", "snake_case_name", "# no heading", "3 * 4 * 5",
        "bob@example.com", "//evil.example", "an @unknown name", "a - b", "    indented", "---", "![", "",
        "[x](javascript:alert(1))", "<b>bold</b>",
    ],
)  # fmt: skip
def test_plain_text_has_no_html(text):
    assert html(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"),
        ("one *a*\ntwo", "<p>one <em>a</em><br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("2 \\* 3", "<p>2 * 3</p>"),
        ("*<b>*", "<p><em>&lt;b&gt;</em></p>"),
    ],
)
def test_markup_is_rendered(text, expected):
    assert html(text) == expected


SHALOM, SALAM = "\u05e9\u05dc\u05d5\u05dd", "\u0633\u0644\u0627\u0645"


@pytest.mark.parametrize(
    ("text", "turned", "not_turned"),
    [
        (f"- {SHALOM}\n- one", ['<ul dir="rtl">'], []),
        (f"2. 1) *{SALAM}*", ['<ol start="2" dir="rtl">', '<ol dir="rtl">'], []),
        (f"> 17 {SALAM} one", ['<blockquote dir="rtl">'], []),
        (f"- one\n  - {SHALOM}", ['<ul dir="rtl">'], ["<ul>"]),
        (f"- {SHALOM}\n  - one", ['<ul dir="rtl">'], ["<ul>"]),
        (f"- one {SHALOM}\n\n> {SHALOM}", ['<blockquote dir="rtl">'], ["<ul>"]),
        (f"- ...\n- {SHALOM}", ['<ul dir="rtl">'], []),
    ],
)
def test_lists_and_quotes_begin_where_their_words_do(text, turned, not_turned):
    assert re.findall(r"<(?:ul|ol|blockquote)[^>]*dir[^>]*>", html(text)) == turned
    assert re.findall(r"<(?:ul|ol|blockquote)(?: start=.\d.)?>", html(text)) == not_turned


def outline(depth, mark):
    """A line at each depth, down to this one."""
    return "\n".join(f"{mark(level)}level{level}." for level in range(1, depth + 1))


@pytest.mark.parametrize("depth", range(1, 41))
@pytest.mark.parametrize("mark", [lambda level: "  " * (level - 1) + "- ", lambda level: "> " * level])
def test_no_word_is_lost_however_deep(mark, depth):
    said = html(text := outline(depth, mark)) or text
    assert all(f"level{level}." in said for level in range(1, depth + 1))
    assert (said == text) == (depth > (11 if mark(1) == "- " else 23))


def test_tables_are_aligned_by_classes():
    table = html("|a|b|\n|-|:-:|\n|1|2|")
    assert "<table>" in table and '<td class="align-center">2</td>' in table
    assert "style" not in table


def test_code_is_coloured_by_classes():
    code = html("```python\nprint('<b>')\n```")
    assert code.startswith('<pre class="code" data-language="python"><code><span class="nb">print</span>')
    assert "<b>" not in code and "style" not in code
    assert html("```\n<b>\n```") == '<pre class="code"><code>&lt;b&gt;\n</code></pre>'
    assert html('```"><svg>\nx\n```').startswith('<pre class="code" data-language="&quot;&gt;&lt;svg&gt;">')


@pytest.mark.parametrize(
    "address", ["https://example.com/a?b=1&c=2", "http://localhost:8000/", "mailto:a@example.com"]
)
def test_links_open_elsewhere_and_tell_nothing(address):
    link = html(f"[words]({address})")
    assert 'rel="noopener noreferrer nofollow" target="_blank">words</a>' in link


def test_bare_links_become_links():
    assert '<a href="https://example.com/a_b_c"' in html("see https://example.com/a_b_c.")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
        "&#106;avascript:alert(1)", "data:text/html,<script>", "vbscript:x", "//evil.example", "/\\evil.example",
        "\\\\evil.example", "file:///etc/passwd", "http:///evil", "https:evil.example", "ftp://evil.example",
        "%6aavascript:x", "\x01javascript:alert(1)", "relative", "#message-1", "?around=3",
    ],
)  # fmt: skip
def test_dangerous_addresses_are_not_clickable(address):
    for text in (
        f"*a* [x]({address})",
        f"*a* <{address}>",
        f"*a* {address}",
        f"*a*\n\n[x]: {address}\n\n[x]",
    ):
        assert 'href="/\\' not in html(text)
        if "href" in html(text):
            assert 'href="http' in html(text) or 'href="/%5C' in html(text)
            assert address in ("/\\evil.example", "https:evil.example")


@pytest.mark.parametrize(
    "attack",
    [
        "<svg onload=alert(1)>", "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<!--><script>",
        "<a href='javascript:alert(1)'>x</a>", "<math><mi//xlink:href='data:x,<script>'>", "<iframe srcdoc='x'>",
        "<style>*{}</style>", "<form><input name=attributes>", "<noscript><p title='</noscript><img src=x onerror=1>'>",
        "[x](http://a.b/\"onmouseover=\"alert(1))", "![x\" onerror=\"alert(1)](http://a.b)", "`<script>`",
        "[<img src=x onerror=1>](http://a.b)", "<<script>script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)  # fmt: skip
def test_attacks_are_shown_as_text(attack):
    rendered = html(f"*a* {attack}")
    for tag in (
        "<script",
        "<svg",
        "<img",
        "<math",
        "<iframe",
        "<style",
        "<form",
        "<input",
        "<noscript",
        "<!--",
    ):
        assert tag not in rendered.lower()
    for part in rendered.split("<")[1:]:
        tag = part.split(">")[0]
        assert " on" not in tag.replace("noopener", "") and "javascript:" not in tag


# -- mentions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@ada", [1]), ("@Ada!", [1]), ("@ada.", [1]), ("@ada.lovelace.", [2]), ("(@mary-ann)", [3]),
        ("@ada, @ada.lovelace", [1, 2]), ("*@ada*", [1]), ("@ada's", [1]), ("x@ada", []), ("@@ada", []), ("/@ada", []),
        ("`@ada`", []), ("[@ada](http://a.b)", []), ("```\n@ada\n```", []), ("@adam", []), ("me@ada.lovelace", []),
        ("@mary-ann-", [3]), ("> @ada", [1]), ("@ada\n@mary-ann", [1, 3]),
    ],
)  # fmt: skip
def test_names_become_mentions(text, mentions):
    rendered = html(text, PEOPLE.items()) or ""
    assert [int(part.split('"')[0]) for part in rendered.split('data-user="')[1:]] == mentions


def test_a_mention_keeps_the_spelling_and_the_rest():
    assert html("Hi @ADA.", PEOPLE.items()) == '<p>Hi <span class="mention" data-user="1">@ADA</span>.</p>'


def test_nobody_forges_a_mention():
    forged = html('*a* <span class="mention" data-user="1">@ada</span>')
    assert "<span" not in forged


def test_names_are_asked_in_every_reading():
    assert set(Parsed("@ada.lovelace.").names) == {"ada.lovelace.", "ada.lovelace"}
    assert len(Parsed("@x " * 3000).names) == 1
    assert len(Parsed(" ".join(f"@x{n}" for n in range(3000))).names) <= 52


# -- time --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit", ["@", "(", "[", "*", "_", "`", "<", "&", "\\", "|", "~", "@a.", "http://", "[a](", "> "]
)
@pytest.mark.parametrize("size", [8_000, 65_536])
def test_hostile_text_takes_no_time(unit, size):
    text = (unit * size)[:size]
    html("*warm* `up` @ada http://a.b", PEOPLE.items())
    limit = 0.05 if size > 8_000 or unit in "@(" else 0.25
    assert min(seconds_for(text) for _ in range(3)) < limit  # whatever else the process was busy with once


def test_s06_a_run_of_signs_in_code_takes_no_time():
    run = "```php\n<?php {}\n```"
    html(run.format("$warm"))
    assert min(seconds_for(run.format("$" * 7_900)) for _ in range(3)) < 0.25


def seconds_for(text):
    started = thread_time()
    parsed = Parsed(text)
    parsed.html(dict.fromkeys(parsed.names, ADA))
    return thread_time() - started
