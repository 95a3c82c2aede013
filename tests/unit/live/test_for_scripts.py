"""What scripts are told stands in the page as JSON, which no words can end."""

import json
import re

from django.utils.html import json_script

from live.templatetags.live import for_scripts


def test_it_is_told_as_django_tells_it():
    told = {"words": "</script><!-- <b> & 'é' \u2028", "numbers": [1, 2.5, None, True], "nested": {"1": {}}}
    ours, djangos = for_scripts(told, "room"), json_script(told, "room")
    assert read(ours) == read(djangos) == told


def test_no_words_end_it():
    assert "</script" not in for_scripts("</script><img src=x>", "room").removesuffix("</script>")


def read(script):
    return json.loads(
        re.fullmatch(r'<script id="room" type="application/json">([^<>&]*)</script>', script)[1]
    )
