"""Pages say whose they are, so that a browser that keeps them for the time without a network keeps them for one person.

They also say whether they are whole, or were asked for without their sidebar.
"""

HEADER = "Prizmai-Person"
NOBODY = "0"
# Asked with "sidebar" by a page that shows one already, with "notices" by one that only looks what is another by now.
WITHOUT = "Prizmai-Without"


def is_without_sidebar(request):
    return request.headers.get(WITHOUT) == "sidebar"


def is_without_notices(request):
    return request.headers.get(WITHOUT) == "notices"


def says_whose_it_is(get_response):
    """Middleware: the service worker keeps a page for the person it names, and drops it when they are gone."""

    def middleware(request):
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code < 500:  # one of what broke is nobody's
            response.headers[HEADER] = str(request.user.pk) if request.user.is_authenticated else NOBODY
            if is_without_sidebar(request):
                response.headers[WITHOUT] = "sidebar"
        return response

    return middleware
