"""The one Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Hamstride's models, and later its pages."""

    name = "hamstride.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
