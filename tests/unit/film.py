"""A server of one large file, at /film; the environment variable FILM names it."""

import os

import django
from django.http import FileResponse, HttpResponse

django.setup()

from kanban_board.pages import Pages  # noqa: E402  the apps must be loaded first


class Cinema(Pages):
    def _made(self, request):
        if request.path != "/film":
            return HttpResponse()
        return FileResponse(open(os.environ["FILM"], "rb"))  # noqa: SIM115  the answer closes it


application = Cinema()
