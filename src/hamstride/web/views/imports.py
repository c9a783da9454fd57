"""Import: give files, watch them come in, see what became of each, and take them back."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamstride.explain import imports as told
from hamstride.readers.limits import size_text
from hamstride.web.bridge import import_report, uploads
from hamstride.web.bridge.import_report import GROUPS, Became
from hamstride.web.models import Batch, Runner, Upload
from hamstride.web.receiving import MOST_BYTES, Passing, Receiver
from hamstride.web.views.asking import batch_for, runner_for, upload_for

A_PAGE_OF_IMPORTS, A_PAGE_OF_FILES = 10, 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for something to work out."""


# Giving files


@csrf_exempt
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The files that come in, and those that came; POST gives some, under the name `files`."""
    # Set before anything reads the form, the check for its token too: that is below.
    length = str(request.META.get("CONTENT_LENGTH"))
    if length.isdecimal() and int(length) > MOST_BYTES:
        most = {"most": size_text(MOST_BYTES)}
        return render(request, "imports/too_large.html", most, status=413)
    receiver = Receiver(request)
    request.upload_handlers = [receiver]
    return _imports(request, receiver)


@csrf_protect
def _imports(request: HttpRequest, receiver: Receiver) -> HttpResponse:
    runner = runner_for(request)
    if request.method != "POST":
        return render(request, "imports/imports.html", _shown(request, runner))
    files = [each for each in request.FILES.getlist("files") if isinstance(each, Passing)]
    uploads.give(runner, files, _together)
    for refused in receiver.refused:
        messages.error(request, refused)
    if not files and not receiver.refused:
        messages.error(request, _("No file was chosen. Choose some, then import."))
    return redirect("imports")


def _together(first: str, others: int) -> str:
    """What several files are called as one."""
    said = ngettext("%(file)s and %(n)d more", "%(file)s and %(n)d more", others)
    return said % {"file": first, "n": others}


def _shown(request: HttpRequest, runner: Runner) -> dict[str, Any]:
    page = _page(request, import_report.past(runner), A_PAGE_OF_IMPORTS)
    tallies = import_report.tallies(page)
    given = uploads.shown(runner)
    return {
        "imports": [(batch, tallies[batch.pk]) for batch in page],
        "page": page,
        "at_work": given.at_work,
        "moves": any(each.moves for each in given.at_work),
        "known": [_known(upload) for upload in given.known],
    }


def _known(upload: Upload) -> str:
    """What is said of files that an earlier import had, every one of them."""
    finished = upload.batch.finished_at if upload.batch else None
    return told.nothing_new(upload.name, (finished or upload.created_at).date())


def _page(request: HttpRequest, rows: Any, size: int) -> Page[Any]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


# While it runs


@require_GET
def state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far an upload is, as a part of a page; 204 when there is nothing left to do."""
    each = uploads.at_work(upload_for(request, uid))
    if each is None:
        return HttpResponse(status=204)
    return render(request, "imports/at_work.html", {"each": each})


@require_POST
def pause(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop where it is."""
    uploads.pause(upload_for(request, uid))
    return redirect("imports")


@require_POST
def go_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go on with what was stopped."""
    uploads.resume(upload_for(request, uid))
    return redirect("imports")


@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let go of files that were given, with everything that they brought so far."""
    upload = upload_for(request, uid)
    messages.success(request, told.undone(upload.name, uploads.discard(upload)))
    return redirect("imports")


# What became of it


@require_GET
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What became of every file of an import, a page at a time; all, or those of one kind."""
    batch = batch_for(request, uid)
    group = _group(request)
    page = _page(request, import_report.became(batch, group), A_PAGE_OF_FILES)
    tally = import_report.tallies([batch])[batch.pk]
    shown = {
        "batch": batch,
        "tally": tally,
        "group": group,
        "page": page,
        "files": [(each, told.became(each.became)) for each in _rows(page)],
    }
    return render(request, "imports/report.html", shown)


def _group(request: HttpRequest) -> str | None:
    asked = request.GET.get("only", "")
    return asked if asked in GROUPS else None


def _rows(rows: Iterable[dict[str, Any]]) -> Iterator[Became]:
    return (Became(**row) for row in rows)


@require_GET
def as_csv(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """What became of every file of an import, as a table for a spreadsheet."""
    batch = batch_for(request, uid)
    response = StreamingHttpResponse(_lines(batch), content_type="text/csv; charset=utf-8")
    named = content_disposition_header(as_attachment=True, filename="hamstride-import.csv")
    response["Content-Disposition"] = named or "attachment"
    return response


def _lines(batch: Batch) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write([_("file"), _("what became of it"), _("why"), _("the file that counts instead")])
    for each in _rows(import_report.became(batch).iterator(chunk_size=500)):
        cells = (each.file, told.became(each.became), each.message, each.same_as or "")
        yield write([plain_cell(cell) for cell in cells])


class _Echo:
    """A file for `csv` that keeps nothing and gives back each line."""

    def write(self, line: str) -> str:
        return line


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> plain_cell("=cmd()"), plain_cell("run.fit")
    ("'=cmd()", 'run.fit')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what an import brought, and nothing else."""
    batch = batch_for(request, uid)
    if batch.undone_at is not None:
        messages.info(request, _("It was taken back already."))
    else:
        messages.success(request, told.undone(batch.source, uploads.take_back(batch)))
    return redirect("imports")


urlpatterns = [
    path("import/", imports, name="imports"),
    path("import/<uuid:uid>/", report, name="import_report"),
    path("import/<uuid:uid>/list.csv", as_csv, name="import_csv"),
    path("import/<uuid:uid>/undo/", undo, name="undo_import"),
    path("import/<uuid:uid>/state/", state, name="import_state"),
    path("import/<uuid:uid>/pause/", pause, name="pause_import"),
    path("import/<uuid:uid>/go-on/", go_on, name="resume_import"),
    path("import/<uuid:uid>/discard/", discard, name="discard_import"),
]
