"""An address with a NUL in it leads nowhere: no text of a database can hold one, and PostgreSQL fails when asked."""

from django.core.exceptions import BadRequest


def refuse_nul(get_response):
    def passed(request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in this address.")
        return get_response(request)

    return passed
