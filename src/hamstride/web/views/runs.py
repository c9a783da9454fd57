"""Runs: every run with what it asked of the hamstrings, one run explained, and its file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import PureWindowsPath
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from hamstride.errors import StoreError
from hamstride.explain import run_page as told
from hamstride.protocols.loading import load
from hamstride.web import bridge, originals
from hamstride.web.bridge import running_log
from hamstride.web.bridge.keeping import home
from hamstride.web.bridge.preferring import units_of
from hamstride.web.bridge.running_log import Line
from hamstride.web.models import Activity, Runner
from hamstride.web.run_drawing import drawn
from hamstride.web.run_forms import KINDS, TRENDS
from hamstride.web.run_telling import (
    compared,
    limits_of,
    shown,
    shown_alone,
    top_of,
    trace_of,
)
from hamstride.web.views import run_entry
from hamstride.web.views.asking import activity_for, runner_for

DAYS_A_PAGE = 25
"""A page shows whole months, and begins no new one after so many days with a run."""

# All runs


@dataclass(frozen=True, slots=True)
class Row:
    """One run in the list, as it is written."""

    line: Line
    amounts: told.Amounts
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the runs is asked for; months are their first days."""

    kind: str = ""
    month: date | None = None
    before: date | None = None


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """Every run, by month, the newest first."""
    runner = runner_for(request)
    asked = _asked(request)
    days = running_log.run_days(runner, asked.kind)
    months = list(dict.fromkeys(day.replace(day=1) for day in days))
    page = _page(days, asked)
    rows = _rows(runner, page[-1], _end(page[0]), asked.kind) if page else []
    older = [month for month in months if page and month < page[-1]]
    return render(
        request,
        "runs/list.html",
        {
            "asked": asked,
            "kinds": KINDS,
            "months": months,
            "groups": [
                (month, list(group)) for month, group in groupby(rows, lambda row: _month(row.line))
            ],
            "older": page[-1] if older and asked.month is None else None,
            "is_filtered": asked != Asked(),
            "units": units_of(runner),
        },
    )


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; what it does not understand it leaves out."""
    kind = request.GET.get("kind", "")
    return Asked(
        kind if kind in KINDS else "",
        _first_of(request.GET.get("month", "")),
        _first_of(request.GET.get("before", "")),
    )


def _first_of(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None


def _page(days: Sequence[date], asked: Asked) -> list[date]:
    """The months of a page, newest first."""
    page: list[date] = []
    for count, day in enumerate(
        day
        for day in days
        if (asked.before is None or day < asked.before)
        and (asked.month is None or day.replace(day=1) == asked.month)
    ):
        month = day.replace(day=1)
        if month not in page:
            if page and count >= DAYS_A_PAGE:
                break
            page.append(month)
    return page


def _end(month: date) -> date:
    """The last day of a month."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _month(line: Line) -> date:
    return line.on.replace(day=1)


def _rows(runner: Runner, first: date, last: date, kind: str) -> list[Row]:
    found = reversed(running_log.lines(runner, first, last))
    return [
        Row(line, told.amounts(shown(line)), str(KINDS.get(line.run.kind or "", "")))
        for line in found
        if not kind or line.run.kind == kind
    ]


# One run


@require_GET
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One run explained; an activity that counts as none says so."""
    runner = runner_for(request)
    declared = load().declared
    found = running_log.line_of(runner, uid, running_log.reach_days(declared.spikes))
    if found is None:
        activity = activity_for(request, uid)
        alone = {
            "amounts": told.amounts(shown_alone(activity)),
            "activity": activity,
            "file": file_name(activity),
            "units": units_of(runner),
        }
        return render(request, "runs/no_run.html", alone)
    line = found.line
    if line.uid != uid:
        return redirect("run", line.uid)
    return render(
        request,
        "runs/run.html",
        {
            "line": line,
            "kind": KINDS.get(line.run.kind or ""),
            "trend": TRENDS.get(line.run.pain_trend or ""),
            "beside": told.beside(
                compared(running_log.jumps_of(found.known, line.on, declared.spikes)),
                as_planned=running_log.as_planned(runner, line, found.known),
            ),
            "limits": limits_of(declared),
            "is_asked": line.is_asked(bridge.today_of(runner)),
            "step_title": _step_title(line),
            "units": units_of(runner),
            **_explained(runner, line, found.activity),
        },
    )


def _explained(runner: Runner, line: Line, activity: Activity | None) -> dict[str, Any]:
    """What of a run its samples tell; of a run by hand its numbers alone."""
    declared = load().declared
    if activity is None:
        return {"amounts": told.amounts(shown(line)), "activity": None}
    trace = trace_of(activity, declared)
    run = shown(line, running_log.bouts_of(activity))
    return {
        "amounts": told.amounts(run),
        "activity": activity,
        "file": file_name(activity),
        "findings": running_log.findings_of(activity),
        "trouble": trace.trouble,
        "drawing": drawn(trace.columns, run.stretches),
        "summary": told.summary(trace.columns),
        "headings": told.COLUMN_HEADINGS,
        "rows": [told.column_row(each) for each in trace.columns],
        "shares": told.shares(run.load) if run.load is not None else (),
        "parts": [
            asdict(each)
            for each in told.parts(run, trace.moments, top_of(runner), limits_of(declared))
        ],
    }


def _step_title(line: Line) -> str:
    """What the step of a run is, where some plan knows it."""
    steps = (step for plan in load().protocols.values() for step in plan.steps())
    return next((step.title for step in steps if step.id == line.run.step), "")


# Its file


def file_name(activity: Activity) -> str:
    """The name of its file, without folders; a layer of gzip was taken off on the way in."""
    name = PureWindowsPath(activity.file).name.removesuffix(".gz")
    readable = "".join(each for each in name if each.isprintable()).strip(". ")
    return readable or f"run.{activity.format}"


@require_GET
def run_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file of a run as the watch wrote it, to the last byte."""
    activity = activity_for(request, uid)
    try:
        data = originals.read(home(activity.runner), activity.original.sha256)
    except StoreError as error:
        return render(request, "runs/no_file.html", {"error": error, "uid": uid}, status=404)
    response = HttpResponse(data, content_type="application/octet-stream")
    named = content_disposition_header(as_attachment=True, filename=file_name(activity))
    response["Content-Disposition"] = named or "attachment"
    return response


urlpatterns = [
    path("runs/", runs, name="runs"),
    *run_entry.urlpatterns,
    path("runs/<uuid:uid>/", run, name="run"),
    path("runs/<uuid:uid>/file/", run_file, name="run_file"),
]
