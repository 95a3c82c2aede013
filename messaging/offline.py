"""What a browser may keep for the time without a network is kept for one person: each page says whose it is."""

HEADER = "Prizmai-Person"
NOBODY = "0"


def says_whose_it_is(get_response):
    """Middleware: the service worker keeps a page for this person alone, and nobody's when they are gone."""

    def middleware(request):
        response = get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers[HEADER] = str(request.user.pk) if request.user.is_authenticated else NOBODY
        return response

    return middleware
