"""The journal: what happened when, and what was answered then."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, register_converter, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamstride.errors import CaseFileError
from hamstride.explain.recorded import NOTED, SESSIONS, TITLES, Row, record_rows, record_title
from hamstride.protocols.loading import load
from hamstride.units import clock
from hamstride.web import bridge
from hamstride.web.bridge import looking_back as kept
from hamstride.web.bridge import running_log
from hamstride.web.bridge.preferring import units_of
from hamstride.web.models import Record, Runner
from hamstride.web.views.asking import runner_for
from hamstride.web.views.correcting import NoteForm, PastCheckInForm, corrected

FOUND_AT_MOST = 100
BACK = frozenset({"check_ins", "runs", "tests", "sessions", "phases"})
"""What is taken back here; red flags and a clinician's word are no slip of a thumb."""


class JournalDay:
    """A day in an address, as 2026-11-25."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The day; a ValueError, and so no such page, where there is none."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The day as it is written."""
        return value.isoformat()


register_converter(JournalDay, "journal_day")


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar."""

    on: date
    inside: bool
    today: bool
    ahead: bool
    marks: kept.Marks
    trained: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a day, in words, with what became of it and what may be done."""

    kept: kept.Kept
    title: str
    rows: list[Row]
    note: str
    note_form: NoteForm | None
    may_edit: bool
    may_take_back: bool


# The month


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """A month with a mark for each day; with words, the days whose notes hold them."""
    runner = runner_for(request)
    words = request.GET.get("q", "").strip()
    if words:
        found = kept.noted(runner, words, FOUND_AT_MOST)
        told = [(on, TITLES[kind], text) for on, kind, text in found]
        return render(request, "journal/found.html", {"q": words, "found": told})
    today = bridge.today_of(runner)
    first = _month(request.GET.get("month", ""), today)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    marks = kept.marks(runner, weeks[0][0], weeks[-1][-1])
    cells = [[_cell(on, first, today, marks) for on in week] for week in weeks]
    next_month = (first + timedelta(days=31)).replace(day=1)
    return render(
        request,
        "journal/month.html",
        {
            "first": first,
            "weeks": cells,
            "before": _link((first - timedelta(days=1)).replace(day=1)),
            "after": _link(next_month) if next_month <= today else "",
            "is_empty": not marks,
            "q": words,
        },
    )


def _month(text: str, today: date) -> date:
    """The first day of a month that is asked for as 2026-11; this month where it is none."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        asked = today
    # The calendar shows days of the months beside it, which are no dates at either end of time.
    return min(max(asked, date(1900, 1, 1)), today).replace(day=1)


def _link(month: date) -> str:
    return f"{reverse('journal')}?month={month:%Y-%m}"


def _cell(on: date, first: date, today: date, marks: dict[date, kept.Marks]) -> Cell:
    found = marks.get(on, kept.Marks())
    trained = ", ".join(SESSIONS[kind] for kind in found.sessions)
    return Cell(on, on.month == first.month, on == today, on > today, found, trained)


# One day


@require_GET
def day(request: HttpRequest, on: date) -> HttpResponse:
    """Everything of a day: the answers as they were shown, and every record with its fate."""
    runner = runner_for(request)
    today = bridge.today_of(runner)
    if on > today:
        raise Http404
    decisions = kept.decisions_on(runner, on)
    entries = [_entry(each) for each in kept.kept_on(runner, on)]
    return render(
        request,
        "journal/day.html",
        {
            "on": on,
            "is_today": on == today,
            "before": on - timedelta(days=1),
            "after": on + timedelta(days=1) if on < today else None,
            "decisions": decisions,
            "holds": {each.episode_id: each.pk for each in decisions}.values(),
            "entries": [each for each in entries if each.kept.current],
            "gone": [each for each in entries if not each.kept.current],
            "runs": [
                (line, clock(line.run.duration_s) if line.run.duration_s else "")
                for line in running_log.lines(runner, on, on)
            ],
            "units": units_of(runner),
            "month": _link(on.replace(day=1)),
        },
    )


def _entry(each: kept.Kept) -> Entry:
    row, library = each.row, load()
    body = row.body or {}
    noted = each.current and row.kind in NOTED
    return Entry(
        kept=each,
        title=record_title(row.kind, body, library),
        rows=record_rows(row.kind, body, library),
        note=body.get("note", ""),
        note_form=NoteForm.of(row) if noted else None,
        may_edit=each.current and row.kind == "check_ins",
        may_take_back=each.current and row.kind in BACK,
    )


# What may be done


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, client: UUID) -> HttpResponse:
    """Correct a check-in; what was there stays in the log."""
    row = _record(runner_for(request), client)
    if row.kind != "check_ins":
        raise Http404
    if request.method == "GET" and hasattr(row, "corrected_by"):
        return redirect("day", row.on)
    form = PastCheckInForm(request.POST or None, initial={**(row.body or {}), "client": uuid4()})
    if request.method == "POST" and form.is_valid():
        body = corrected(row.body or {}, form)
        if _kept(form, row, body):
            messages.success(
                request,
                _("Changed. What was there before still stands below."),
                extra_tags=reverse("journal_put_back", args=[row.client]),
            )
            return redirect("day", row.on)
    told: dict[str, Any] = {"form": form, "row": row, "on": row.on}
    return render(request, "journal/edit.html", told)


@require_POST
def note(request: HttpRequest, client: UUID) -> HttpResponse:
    """Write, change or take out the note of a record."""
    row = _record(runner_for(request), client)
    if row.kind not in NOTED:
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        body = {key: value for key, value in (row.body or {}).items() if key != "note"}
        words = form.cleaned_data["note"]
        if _kept(form, row, {**body, "note": words} if words else body):
            messages.success(request, _("Note saved."))
            return redirect("day", row.on)
    return render(request, "journal/note.html", {"form": form, "row": row, "on": row.on})


@require_POST
def take_back(request: HttpRequest, client: UUID) -> HttpResponse:
    """Take a record out of what counts; the day still shows it, and it can be put back."""
    runner = runner_for(request)
    row = _record(runner, client)
    if row.kind not in BACK:
        raise Http404
    bridge.withdraw(runner, client)
    back = reverse("journal_put_back", args=[client])
    messages.info(request, _("Taken back. This page still shows it."), extra_tags=back)
    return redirect("day", row.on)


@require_POST
def put_back(request: HttpRequest, client: UUID) -> HttpResponse:
    """Let a record that was changed or taken back count again."""
    row = _record(runner_for(request), client)
    if row.body is None:
        raise Http404
    if kept.put_back(row, uuid4()):
        messages.success(request, _("Put back."))
    return redirect("day", row.on)


def _record(runner: Runner, client: UUID) -> Record:
    """A record of whoever asks; what is somebody else's is told as what does not exist."""
    row = kept.record_of(runner, client)
    if row is None:
        raise Http404
    return row


def _kept(form: PastCheckInForm | NoteForm, row: Record, body: dict[str, Any]) -> bool:
    """Keep a correction; where it cannot be kept the form says why and loses nothing."""
    try:
        if kept.correct(row, body, form.cleaned_data["client"]):
            return True
        form.add_error(None, _("It was changed meanwhile. Its day shows what it says now."))
    except CaseFileError as error:
        for fault in error.faults:
            form.add_error(None, fault)
    return False


urlpatterns = [
    path("journal/", journal, name="journal"),
    path("journal/<journal_day:on>/", day, name="day"),
    path("journal/records/<uuid:client>/", edit, name="journal_edit"),
    path("journal/records/<uuid:client>/note/", note, name="journal_note"),
    path("journal/records/<uuid:client>/take-back/", take_back, name="journal_take_back"),
    path("journal/records/<uuid:client>/put-back/", put_back, name="journal_put_back"),
]
