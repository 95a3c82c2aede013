"""What a browser may keep for the time without a network is kept for one person: each page says whose it is, and also
whether it is whole.
"""

HEADER = "Prizmai-Person"
NOBODY = "0"
WITHOUT = "Prizmai-Without"  # who shows a sidebar already asks for a page without one


def is_without_sidebar(request):
    return request.headers.get(WITHOUT) == "sidebar"


def says_whose_it_is(get_response):
    """Middleware: the service worker keeps a page for this person alone, and nobody's when they are gone."""

    def middleware(request):
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code < 500:  # one of what broke is nobody's
            response.headers[HEADER] = str(request.user.pk) if request.user.is_authenticated else NOBODY
            if is_without_sidebar(request):
                response.headers[WITHOUT] = "sidebar"
        return response

    return middleware
