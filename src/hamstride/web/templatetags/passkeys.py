"""Whether a page is one on which browsers have passkeys."""

from django import template
from django.http import HttpRequest

register = template.Library()
_OF_THIS_MACHINE = "localhost"


@register.simple_tag(takes_context=True)
def secure_page(context: template.Context) -> bool:
    """Whether a browser has passkeys here: with HTTPS, or on this machine under its own name."""
    request: HttpRequest = context["request"]
    host = request.get_host().partition(":")[0]
    return request.is_secure() or host == _OF_THIS_MACHINE or host.endswith(f".{_OF_THIS_MACHINE}")
