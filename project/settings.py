"""Every setting comes from the environment (docs/settings.md) and a mistake in one stops the start with a sentence."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from project import secrets
from project.environment import (
    parse_address,
    parse_email_url,
    parse_inbox_url,
    parse_limits,
    parse_networks,
    parse_rates,
    parse_webhook_secret,
    read_choice,
    read_flag,
    read_number,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where we are

MODE = read_choice("MODE", "production", ("local", "production"))
LOCAL = MODE == "local"
DEBUG = False
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
PORT = read_number("PORT", 8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in ("http", "https") or not _public.hostname or _public.path:
    raise ImproperlyConfigured(f"PUBLIC_URL is {PUBLIC_URL!r}; it is like https://contact.example.com, without a path.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_public.hostname] + (["127.0.0.1", "localhost", "[::1]"] if LOCAL else []))
CSRF_FAILURE_VIEW = "leads.capture.error_pages.csrf_failed"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TRUSTED_PROXIES = parse_networks("TRUSTED_PROXIES", env.list("TRUSTED_PROXIES", default=[]))
METRICS_ALLOW = parse_networks("METRICS_ALLOW", env.list("METRICS_ALLOW", default=["127.0.0.0/8", "::1/128"]))

# Secrets

_kept_in = DATA_DIR if LOCAL else None
SECRET_KEY = secrets.read_or_make("SECRET_KEY", _kept_in, secrets.new_secret_key())
FIELD_KEYS = secrets.parse_field_keys(secrets.read_or_make("FIELD_KEYS", _kept_in, secrets.new_field_keys()))

# The application

INSTALLED_APPS = [
    "project",
    "leads",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "heroicons",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "leads.middleware.trust_a_busy_connection",
    # Headers before all that answers, so that they stand on every answer: static files and errors, too.
    "django.middleware.security.SecurityMiddleware",
    "leads.middleware.content_security_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "leads.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leads.middleware.sign_out_when_idle",
    "django.middleware.locale.LocaleMiddleware",
    "leads.middleware.speak_the_chosen_language",
    "leads.middleware.help_on_wrong_method",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leads.middleware.ask_for_second_factor",
    "leads.middleware.HideNames",
]
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": dict.fromkeys(("i18n", "static"), "leads.templatetags.constant"),
        },
    }
]

# Data

DATABASES = {"default": env.db_url_config(secrets.read("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'leadwell.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A write lock is taken at BEGIN, so two writers queue instead of failing half-way; FULL keeps a commit through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # In memory, threads would share one cache and lock each other out.
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 5  # only raw cursors prepare: models/statements.py
REDIS_URL = secrets.read("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        # A frozen Redis must not hold the few threads that visitors need, too.
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "leads_cache"}
}

REMEMBER_SECONDS = 2  # for which a process may remember the clinic's settings

# Celery (project/celery.py holds every schedule; guarantees in docs/decisions/0002-mail-leaves-through-an-outbox.md)

CELERY_BROKER_URL = secrets.read("CELERY_BROKER_URL") or REDIS_URL or "filesystem://localhost"

# Mail

EMAIL_TIMEOUT = read_number("EMAIL_TIMEOUT", 60)
MAIL_LEASE = read_number("MAIL_LEASE", 3 * EMAIL_TIMEOUT)
if MAIL_LEASE < 3 * EMAIL_TIMEOUT:
    raise ImproperlyConfigured(f"MAIL_LEASE is {MAIL_LEASE} s; it must be at least 3 × EMAIL_TIMEOUT ({3 * EMAIL_TIMEOUT} s).")
MAIL_CONNECTIONS = read_number("MAIL_CONNECTIONS", 16)
MAIL_RATES = parse_rates(env.str("MAIL_RATE", default=""))
MAIL_WEBHOOK_SECRET = parse_webhook_secret(secrets.read("MAIL_WEBHOOK_SECRET") or "")
EMAIL_BACKEND = "leads.followup.eml.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if _email_url := secrets.read("EMAIL_URL"):
    globals().update(parse_email_url(_email_url))
_domain = _public.hostname if re.search(r"\.[a-z]+$", _public.hostname) else "example.com"  # relays refuse numbers
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default=f"hello@{_domain}")
REPLY_ADDRESS = parse_address("REPLY_ADDRESS", env.str("REPLY_ADDRESS", default=""))
INBOX = parse_inbox_url(_inbox_url) if (_inbox_url := secrets.read("INBOX_URL")) else None

# Capture

CAPTURE_LIMITS = parse_limits(env.str("CAPTURE_LIMITS", default="5/10m,20/d"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
IMPORT_MAX_BYTES = read_number("IMPORT_MAX_MB", 50) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "leads.capture.importing.store.ToDataDir"]

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "leads" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # The clinic's own time zone is a setting of the clinic.

# Static files

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Signing in

AUTH_USER_MODEL = "leads.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
REQUIRE_MFA = read_flag("REQUIRE_MFA", not LOCAL)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_MIN_LENGTH = 8 if REQUIRE_MFA else 15
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "leads.clinic.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "leads.clinic.signin_forms.LoginForm",
    "reauthenticate": "leads.clinic.signin_forms.ReauthenticateForm",
    "change_password": "leads.clinic.signin_forms.ChangePasswordForm",  # nosec B105: the name of a class
    "set_password": "leads.clinic.signin_forms.SetPasswordForm",  # nosec B105: the name of a class
}
MFA_ADAPTER = "leads.clinic.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "leads.clinic.signin_forms.AuthenticateForm",
    "reauthenticate": "leads.clinic.signin_forms.ReauthenticateByCodeForm",
    "activate_totp": "leads.clinic.signin_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Leadwell"
SESSION_COOKIE_AGE = 12 * 3600
IDLE_SECONDS = 15 * 60

# Browsers

_https = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
_host_only = "__Host-" if _https else ""  # browsers let no other subdomain set such a cookie
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host_only}sessionid", f"{_host_only}csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie of their own
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_SSL_REDIRECT = False  # The proxy in front ends TLS (docs/running.md).
# The proxy redirects to https; what the clinic's other subdomains do, and browsers' preload lists, are not ours to decide. The last: our
# tags stand in the place of Django's on purpose (TEMPLATES).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021", "templates.W003"]
SECURE_REFERRER_POLICY = "same-origin"  # With no-referrer, Chromium sends `Origin: null` and the CSRF check fails.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["leads.api.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["leads.api.permissions.HasScope"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "leads.api.negotiation.OneLanguage",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["leads.api.parsers.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "leads.api.errors.problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Leadwell",
    "DESCRIPTION": "Enquiries in, leads and their mail out. Errors are application/problem+json (RFC 9457).",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    # Both are fields named "kind", of one object each.
    "ENUM_NAME_OVERRIDES": {"BookingKind": "leads.models.booking.BookingKind", "MessageKind": "leads.models.message.MessageKind"},
}

# Logs: events and ids, never what people wrote, their names or their addresses.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": read_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # a 404 would log its path, and a path may hold a token
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # any scanner can make these, with a traceback each
    },
}
