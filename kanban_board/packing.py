"""Pages and their data travel packed."""

from django.middleware.gzip import GZipMiddleware

WORDS = ("text/html", "text/javascript", "application/json")


class PackedPages(GZipMiddleware):
    """Files are left alone, for one may ask for a part of them. Lengths tell nothing: the library adds to them."""

    def process_response(self, request, response):
        is_page = not response.streaming and response.headers.get("Content-Type", "").startswith(WORDS)
        return super().process_response(request, response) if is_page else response
