"""What makes the app one that is installed, and that works at the track without a signal."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import hamstride

COLOUR, PAPER = "#8f3f1f", "#fbf7f1"
SHELL = ("hamstride/app.css", "hamstride/app.js", "hamstride/queue.js", "hamstride/icon.svg")


def only_on(day: date, page: HttpResponse) -> HttpResponse:
    """A page with an answer of a day: a phone that keeps it shows it on that day and no other."""
    page["Hamstride-Day"] = day.isoformat()
    return page


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install the app."""
    del request
    icon = {"src": static("hamstride/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": "Hamstride",
        "short_name": "Hamstride",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": COLOUR,
        "icons": [icon, {**icon, "purpose": "maskable"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps the shell and the pages of the day; under the root, for all pages."""
    told = {"version": hamstride.__version__, "shell": [static(name) for name in SHELL]}
    return HttpResponse(
        render_to_string("offline/service-worker.js", told, request),
        content_type="text/javascript; charset=utf-8",
    )


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for a page that the phone does not have; never an answer."""
    return render(request, "offline/offline.html")


urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("service-worker.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
]
