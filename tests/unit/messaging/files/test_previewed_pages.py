"""What a page says of itself, in the words that it uses."""

import pytest

from messaging.previews.page import metadata_in


def said(head, **more):
    return metadata_in(f"<html><head>{head}</head><body>".encode(), **more)


def test_open_graph_is_believed_first_then_twitter_then_the_title():
    title, card, graph = (
        "<title>A</title>",
        '<meta name="twitter:title" content="B">',
        '<meta content="C" property="og:title">',
    )
    assert said(title + card + graph).title == "C"
    assert said(title + card).title == "B"
    assert said(title).title == "A"
    assert said("").title == ""


def test_the_rest_is_said_in_several_ways():
    one = said('<meta name="Description" content="D"><meta property="og:image" content="/x.png">')
    assert (one.description, one.picture, one.site) == ("D", "/x.png", "")
    two = said('<meta property="og:description" content="E"><meta property="og:site_name" content="F">')
    assert (two.description, two.picture, two.site) == ("E", "", "F")


def test_words_are_of_one_line_without_markup_or_what_turns_it():
    one = said("<title>\n  Tea &amp;\u202e &lt;b&gt;milk&lt;/b&gt;\0 </title>")
    assert one.title == "Tea & <b>milk</b>"
    long = said(f'<title>{"x" * 9_000}</title><meta name="description" content="{"y" * 9_000}">')
    assert (len(long.title), len(long.description)) == (140, 240) and long.title.endswith("…")


def test_what_is_in_scripts_and_remarks_is_not_said():
    before, after = (
        "<script>'<title>no</title>'</script><!-- <title>no</title> -->",
        "<svg><title>no</title></svg>",
    )
    assert said(f"{before}<title>yes</title>{after}").title == "yes"


@pytest.mark.parametrize("charset", ["iso-8859-12", "windows-1259", "utf-16-le-be", "x" * 60])
def test_a_charset_that_is_none_is_passed_over(charset):
    assert metadata_in("<title>Крыло</title>".encode(), charset).title == "Крыло"
    assert said(f'<meta charset="{charset}"><title>Wings</title>').title == "Wings"


@pytest.mark.parametrize("section", ["<![foo[ x ]>", "<![if !IE]>", "<![ ]>", "<![CDATA[ x ]]>"])
def test_a_section_of_any_kind_hides_nothing_behind_it(section):
    assert said(f"{section}<title>Wings</title>").title == "Wings"


@pytest.mark.parametrize(
    ("charset", "named"),
    [("windows-1251", ""), ("", '<meta charset="windows-1251">'), ("", "<meta charset=KOI8-R>")],
)
def test_a_page_is_read_in_the_charset_it_was_written_in(charset, named):
    written = charset or ("koi8-r" if "KOI8" in named else "windows-1251")
    content = f"{named}<title>Крыло</title>".encode(written)
    assert metadata_in(content, charset).title == "Крыло"
    assert metadata_in("<title>Крыло</title>".encode(), "").title == "Крыло"
    assert metadata_in(b"\xff<title>x</title>", "utf-8").title == "x"
