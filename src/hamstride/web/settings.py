"""Django's settings: all from the environment, and safe where nothing is set.

`HAMSTRIDE_DATA` is the folder of database and files; without it the user's own folder for data.
`HAMSTRIDE_DATABASE_URL` names a PostgreSQL database; without it SQLite lies in the folder.
`HAMSTRIDE_HOSTS` are the names, parted by commas, under which the app is reached; without it
this machine alone. `HAMSTRIDE_HTTPS=1` where a proxy in front speaks HTTPS.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from hamstride.web.folder import data_folder, secret

HERE = Path(__file__).parent

DATA = data_folder()
DATABASE_URL = os.environ.get("HAMSTRIDE_DATABASE_URL", "")

SQLITE_NAME = "hamstride.sqlite3"
WAIT_S = 5
"""How long a writer waits for another one."""

# What decides whether a commit survives: all of it is read back by `start`.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": WAIT_S * 1000,
}


def database(data: Path, url: str) -> dict[str, Any]:
    """The settings of the database: PostgreSQL by its URL, else SQLite in the data folder."""
    if url:
        return {**dj_database_url.parse(url), "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / SQLITE_NAME),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads first and then writes fails at once where another one has
            # written; begun as a writer it waits.
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_S,
            "init_command": "; ".join(
                f"PRAGMA {name} = {value}" for name, value in PRAGMAS.items()
            ),
        },
    }


SECRET_KEY = secret(DATA)
DEBUG = False
HTTPS = os.environ.get("HAMSTRIDE_HTTPS") == "1"
_HOSTS = [name for name in os.environ.get("HAMSTRIDE_HOSTS", "").split(",") if name]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in _HOSTS]

DATABASES = {"default": database(DATA, DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_q",
    "hamstride.web.apps.WebConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks for an account, but for those that say that they do not.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
ROOT_URLCONF = "hamstride.web.urls"
WSGI_APPLICATION = "hamstride.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Accounts

AUTH_USER_MODEL = "web.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "hamstride.web.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Nothing is sent anywhere: a machine at home has no mail server.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "20/h/ip",
    "login_failed": "10/h/key,20/d/key",
    "reauthenticate": "10/h/user",
    "change_password": "10/h/user",
}
# A proxy in front tells whose address it is; without one nobody is believed about that.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# No address is ever verified, as nothing is sent.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Hamstride"
MFA_FORMS = {"add_webauthn": "hamstride.web.account_forms.AddPasskeyForm"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A write at every page would be the price of "last seen a minute ago".
USERSESSIONS_TRACK_ACTIVITY = False

# Rate limits hold across workers: they are counted in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"},
    "queue": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SAMESITE = "Lax"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# A link that was printed on a terminal lets in once, and not for long.
PASSWORD_RESET_TIMEOUT = 60 * 60

# Background work

TASK_S = int(os.environ.get("HAMSTRIDE_TASK_S", "120"))
"""How long a task may take; a slice of an import ends long before."""

Q_CLUSTER = {
    "name": "hamstride",
    "orm": "default",
    "workers": 2 if DATABASE_URL else 1,
    # An import reads in processes of its own, which a daemon may not have.
    "daemonize_workers": False,
    "timeout": TASK_S,
    # Counted from when a task is claimed, also while it waits for the one before it.
    "retry": TASK_S * 10 // 3,
    "bulk": 1,
    "queue_limit": 1,
    "poll": 1,
    "guard_cycle": 1,
    "ack_failures": True,
    "max_attempts": 3,
    "recycle": 100,
    "save_limit": 250,
    "catch_up": False,
    "scheduler": False,
    "log_level": "ERROR",
    # The cluster tells how it is every second; nobody reads it, and it would write to the disk.
    "cache": "queue",
}

# Language, time, files

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5000
KEEP_FREE_BYTES = 500 * 1024 * 1024
"""How much of the disk uploads leave alone, so that the database can go on."""

# What browsers are told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Whether a whole domain is to be on the list of browsers is its owner's to say.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # Addresses and answers stay out of logs: only faults are told.
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
