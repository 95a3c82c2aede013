"""Pages and their data are sent compressed, where the browser takes that."""

from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/html", "text/javascript", "application/json")


class CompressedPages(GZipMiddleware):
    """Files are left alone, for one may ask for a part of them. Lengths tell nothing: the library adds to them."""

    def process_response(self, request, response):
        is_page = not response.streaming and response.headers.get("Content-Type", "").startswith(TEXTS)
        return super().process_response(request, response) if is_page else response
