"""Taking a record back, just after it was made or later."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamstride.web import bridge
from hamstride.web.views.asking import runner_for


@require_POST
def undo(request: HttpRequest, client: UUID) -> HttpResponse:
    """Take a record out of what counts; the log keeps it."""
    if not bridge.withdraw(runner_for(request), client):
        raise Http404
    messages.info(request, _("Taken back. The journal still shows it."))
    return redirect("today")


urlpatterns = [path("records/<uuid:client>/undo/", undo, name="undo")]
