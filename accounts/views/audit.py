"""The audit log of the whole installation, for administrators: a page of it, and all of it as a file."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..audit.export import csv_head, csv_line, json_line, written
from ..audit.log import AuditForm, page_of
from ..models import AuditEntry
from .doors import for_administrators

FORMATS = {
    "csv": ("text/csv; charset=utf-8", csv_line, csv_head),
    "jsonl": ("application/jsonl", json_line, str),
}


@require_safe
@for_administrators
def audit(request):
    return render(request, "accounts/audit.html", page_of(AuditEntry.objects.all(), request.GET))


@require_safe
@for_administrators
def export(request, kind):
    """All that the page would show with the same form."""
    form = AuditForm(request.GET)
    entries = form.filtered(AuditEntry.objects.all())
    if kind not in FORMATS or not form.is_valid():
        raise Http404(_("There is no such file."))
    content_type, write, head = FORMATS[kind]
    file = StreamingHttpResponse(written(entries, write, head()), content_type=content_type)
    file["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate()}.{kind}"'
    return file
