"""Whose page it is: the one place where a request becomes a runner and an episode.

Nothing of another runner is ever told apart from what does not exist.
"""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from tzlocal import get_localzone_name

from hamstride.web.models import Account, Activity, Batch, Decision, Episode, Runner, Upload

_KEPT = "hamstride_runner"  # one page asks for it more than once


def account_of(request: HttpRequest) -> Account:
    """Who is signed in; the middleware lets nobody else in."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def runner_for(request: HttpRequest) -> Runner:
    """The runner whose account it is; made at the first visit.

    A store that was filled from the command line has a runner without an account: the owner of
    the first account takes it on.
    """
    kept: Runner | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _runner_of(account_of(request))
        setattr(request, _KEPT, kept)
    return kept


def _runner_of(account: Account) -> Runner:
    mine = Runner.objects.select_related("preferences").filter(account=account)
    found = mine.first()
    if found is not None:
        return found
    with transaction.atomic():
        unowned = Runner.objects.select_for_update().filter(account=None).order_by("pk").first()
        if unowned is None:
            return Runner.objects.create(account=account, timezone=get_localzone_name() or "UTC")
        unowned.account = account
        unowned.save(update_fields=["account"])
        return unowned


def episode_for(request: HttpRequest, uid: UUID | None = None) -> Episode | None:
    """The open injury of whoever asks, the newest first; with an id that one, or nothing at all.

    Raises
    ------
    Http404
        There is none of that id that this account may see.
    """
    runner = runner_for(request)
    if uid is None:
        return runner.episodes.filter(closed_on=None).order_by("-pk").first()
    found = runner.episodes.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def activity_for(request: HttpRequest, uid: UUID) -> Activity:
    """An activity of whoever asks.

    Raises
    ------
    Http404
        There is none of that id that this account may see.
    """
    found = Activity.objects.filter(runner=runner_for(request), uid=uid).first()
    if found is None:
        raise Http404
    return found


def batch_for(request: HttpRequest, uid: UUID) -> Batch:
    """An import of whoever asks.

    Raises
    ------
    Http404
        There is none of that id that this account may see.
    """
    found = runner_for(request).batches.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def decision_for(request: HttpRequest, uid: UUID) -> Decision:
    """A stored answer of whoever asks.

    Raises
    ------
    Http404
        There is none of that id that this account may see.
    """
    found = Decision.objects.filter(episode__runner=runner_for(request), uid=uid).first()
    if found is None:
        raise Http404
    return found


def upload_for(request: HttpRequest, uid: UUID) -> Upload:
    """Files that whoever asks has given.

    Raises
    ------
    Http404
        There are none of that id that this account may see.
    """
    found = runner_for(request).uploads.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
