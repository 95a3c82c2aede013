"""Requests that hold what no browser sends, and what other programs may take for the end of a line or of a text."""

import re

from django.core.exceptions import BadRequest

CONTROL = re.compile(r"[\0-\x08\x0a-\x1f\x7f]")


def refuse_control_characters(get_response):
    """A NUL in an address, since no text of a database can hold one; and any in a header (RFC 9110, section 5.5)."""

    def passed(request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in this address.")
        if any(CONTROL.search(value) for value in request.headers.values()):
            raise BadRequest("There is a control character in a header.")
        return get_response(request)

    return passed
