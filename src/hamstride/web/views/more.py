"""The doors to everything that is not for every day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET


@require_GET
def add(request: HttpRequest) -> HttpResponse:
    """What can be written down: a check-in, a run, files, a new pain."""
    return render(request, "add.html")


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """Every other page."""
    return render(request, "more.html")


urlpatterns = [path("add/", add, name="add"), path("more/", more, name="more")]
