"""What a web server runs."""

import gc
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# Pages and rules are loaded before the first request and stay as long as the process. To look
# through them for what can be thrown away takes 100 ms, so that it is not done in the midst of a
# page; nor is the little that a page makes looked through a hundred times.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(20_000)
