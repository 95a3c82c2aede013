"""Quotes and lists show words, not markup."""

import pytest

from messaging.text.markdown import Parsed
from messaging.text.plain import plain_words


def words(text, length=140):
    return plain_words(text, Parsed(text).html({}), length)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("just *this* and **that**", "just this and that"),
        ("see [the manual](https://example.org/a_b)", "see the manual"),
        ("- one\n- two\n\n> three", "one two three"),
        ("`a < b && c > d`", "a < b && c > d"),
        ("```python\nprint('*hi*')\n```", "print('*hi*')"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("wo*rd*s", "words"),
        ("2 * 3 * 4 \\* 5", "2 * 3 * 4 * 5"),
        ("plain\n\n  text", "plain text"),
        ("<script>alert(1)</script> &amp;", "<script>alert(1)</script> &"),
    ],
)
def test_markup_is_read_not_shown(written, shown):
    assert words(written) == shown


def test_a_long_one_ends_in_a_dot_dot_dot():
    assert words("**ab** " * 100, 20) == "ab ab ab ab ab ab a…"
    assert len(words("x" * 300)) == 140


def test_html_that_is_cut_off_leaves_no_tag():
    html = "<p>" + "a" * 3990 + '<a href="https://example.org/">link</a></p>'
    assert "<" not in plain_words("", html, 5000)
