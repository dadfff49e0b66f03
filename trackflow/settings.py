"""Settings: one file, fed by the environment alone. `.env.example` names every variable."""

import os
import sys
from pathlib import Path

import django_stubs_ext
import environ

from accounts import sign_in_table
from kit.outages import keep_trying
from kit.rates import changed
from trackflow import (
    content_security,
    limit_table,
    listener_table,
    log_lines,
    middleware_table,
    source_settings,
    template_engines,
)

django_stubs_ext.monkeypatch()  # lets ModelAdmin[User] and the like be written

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    sys.stderr.write("SECRET_KEY is not set. It takes 50 random characters; README.md lists all settings.\n")
    sys.exit(3)  # gunicorn would start its workers again after any other number
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
MAINTENANCE = env.bool("MAINTENANCE", False)
# Folders of recordings on this machine, in the order of their numbers; without any, their pages are not there
SHELVES = [Path(folder) for folder in env("SHELVES", default="").split(os.pathsep) if folder]
# Pages of music in the making; off: none of them is there
STUDIO = env.bool("STUDIO", True)
# The command of another measuring process than ours, which speaks the same lines (docs/recordings.md)
MEASURE_COMMAND = env("MEASURE_COMMAND", default="")
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8001").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "trackflow.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *("django.contrib.humanize", "django.contrib.postgres", "django.forms"),
    *("csp", "django_htmx", "procrastinate.contrib.django"),
    *("allauth", "allauth.account", "allauth.mfa"),
    "hijack",
    "kit",
    "accounts",
    "steps",
    "sources",
    "catalog",
    "labels",
    "submissions",
    "recordings",
    "studio",
    "notifications",
    "activity",
    "desk",
    "workspace",
    "releases",
    *("insights", "privacy"),
    "trackflow",
    "demo",
]

MIDDLEWARE = middleware_table.MIDDLEWARE

ROOT_URLCONF = "trackflow.urls"
WSGI_APPLICATION = "trackflow.wsgi.application"
FORM_RENDERER = "kit.forms.Renderer"

TEMPLATES = template_engines.TEMPLATES

# Database: the runtime role serves; the owner role migrates (alias "owner", used by `deploy` alone).
DATABASE_URL = env("DATABASE_URL", default="postgresql://runtime@/trackflow")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
# A page is answered within 2 seconds, whatever becomes of the database, and is whole again once the database answers:
# connections are checked before they are used, and an attempt to connect that fails is soon followed by a fresh one.
DATABASE_OPTIONS = {
    "connect_timeout": 2,
    "prepares": env.bool("DATABASE_PREPARED_STATEMENTS", True),
    "pool": {
        "min_size": 0,
        "max_size": env.int("DATABASE_POOL_SIZE", 8),
        "timeout": env.float("DATABASE_POOL_TIMEOUT", 1.25),
        "reconnect_timeout": 0.25,
        "reconnect_failed": keep_trying,
    },
}
# How long a statement of a page waits for a lock (`trackflow.wsgi`); the worker waits as long as it takes
DATABASE_LOCK_TIMEOUT = env.float("DATABASE_LOCK_TIMEOUT", 1.25)
if replica_url := env("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = env.db_url_config(replica_url)
for database in DATABASES.values():
    if database["ENGINE"] == "django.db.backends.postgresql":
        database["ENGINE"] = "kit.postgresql"
    database["OPTIONS"] = {**database.get("OPTIONS", {}), **DATABASE_OPTIONS}
if owner_url := env("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = env.db_url_config(owner_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://cache")}
CACHES["default"]["OPTIONS"] = {**CACHES["default"].get("OPTIONS", {}), "MAX_ENTRIES": 50_000}
# A process's own: HTML of 1 to 200 KB each (`insights.page`, `kit.markdown`)
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "TIMEOUT": 3600,
    "OPTIONS": {"MAX_ENTRIES": 100},
}

# Who signs in, and how
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "accounts.sessions"
AUTHENTICATION_BACKENDS = ["accounts.backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "landing"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "accounts.passwords.StrengthValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = sign_in_table.ACCOUNT_FORMS
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SIGNUP_REDIRECT_URL = "accounts:welcome"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED, ACCOUNT_REAUTHENTICATION_TIMEOUT = True, 15 * 60
ACCOUNT_RATE_LIMITS = sign_in_table.ACCOUNT_RATE_LIMITS
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = sign_in_table.MFA_FORMS
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_TOTP_ISSUER = "Trackflow"
MFA_TOTP_TOLERANCE = 1  # codes just before and after: clocks of phones go wrong, and people type slowly
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs in before their first address is confirmed
ADMINS_NEED_TWO_FACTORS = not DEMO

# Who acts as somebody else looks, and no more, unless this is on
HIJACK_PERMISSION_CHECK = "trackflow.impersonation.rules.may_impersonate"
IMPERSONATORS_MAY_ACT = env.bool("IMPERSONATORS_MAY_ACT", False)

# Mail leaves through the worker alone
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Trackflow <trackflow@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SUPPORT_EMAIL = env("SUPPORT_EMAIL", default=DEFAULT_FROM_EMAIL.rpartition("<")[2].strip(">"))
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
EMAIL_TIMEOUT = 20
# What mail services post to /mail-events/<service>/ of bounces and complaints; without a secret there is no such page
ANYMAIL = {"WEBHOOK_SECRET": env("MAIL_WEBHOOK_SECRET", default="")}
if mailgun_key := env("MAILGUN_WEBHOOK_SIGNING_KEY", default=""):
    ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"] = mailgun_key
MAIL_DIR = BASE_DIR / "var" / "mail"
if DEMO:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", str(MAIL_DIR)
MAIL_BACKEND, EMAIL_BACKEND = EMAIL_BACKEND, "trackflow.mail_lines.Backend"

# Pages that whoever runs the site writes in Markdown; the footer shows those that have a file
SITE_PAGES = {
    "privacy": env("PRIVACY_FILE", default=""),
    "terms": env("TERMS_FILE", default=""),
    "imprint": env("IMPRINT_FILE", default=""),
    "contact": env("CONTACT_FILE", default=""),
}

SOURCES = source_settings.sources_from(env)
LINK_CHECKS = not DEMO  # the demo's links are made up: their hosts are not to be asked

# A label that lets so many demos expire in thirty days takes no new ones until fewer than this wait
EXPIRED_LIMIT, REOPEN_BELOW = env.int("EXPIRED_LIMIT", 20), env.int("REOPEN_BELOW", 1 if DEMO else 10)

LISTENERS, SUBMISSION_DOORS = listener_table.LISTENERS, listener_table.SUBMISSION_DOORS
HISTORY_CHECKS = listener_table.HISTORY_CHECKS
if LINK_CHECKS:
    LISTENERS["event"].append("submissions.check_links")

# How often things may be done
LIMITS = changed(limit_table.LIMITS, env("LIMITS", default=""))

# Where one goes on once a label is set up
LABEL_CREATED_URL = "workspace:setup"

LANGUAGE_CODE, TIME_ZONE = "en", "UTC"
USE_I18N, USE_TZ = False, True
FORMAT_MODULE_PATH = "trackflow.formats"

STATIC_URL, STATIC_ROOT = "/static/", BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is ever uploaded to disk
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "trackflow.storage.StaticFiles"
    },
}

# Safe by default
HTTPS = env.bool("HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
X_FRAME_OPTIONS = "DENY"
# Names that browsers take from https alone, and the first two from this host and path alone (`kit.cookies`)
COOKIE_PREFIX = "__Secure-" if HTTPS else ""
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
MESSAGE_STORAGE = "kit.cookie_messages.Messages"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "trackflow.views.csrf_failure"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_security.DIRECTIVES}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # a tracklist of 300 lines with five fields each
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_HANDLERS = ["accounts.uploads.SmallUploads"]

# What the product says of itself (docs/operations.md)
LOGGING = log_lines.logging_from(
    env("LOG_LEVEL", default="WARNING" if DEMO else "INFO"),
    env("LOG_FORMAT", default="text" if DEBUG or DEMO else "json"),
)
DEFAULT_EXCEPTION_REPORTER = "trackflow.exception_reports.Reporter"
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
METRICS_TOKEN = env("METRICS_TOKEN", default="")
SENTRY_DSN = env("SENTRY_DSN", default="")
OTEL_EXPORTER_OTLP_ENDPOINT = env("OTEL_EXPORTER_OTLP_ENDPOINT", default="")
PROCRASTINATE_ON_APP_READY = "trackflow.job_lines.prepare"
