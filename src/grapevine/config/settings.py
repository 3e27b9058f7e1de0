"""Django's settings, made from the typed environment. Rooms read nothing from here but `settings.GRAPEVINE`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from grapevine.config import database, environment, folders, secret

GRAPEVINE = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = secret.read_or_make(GRAPEVINE.home)
DEBUG = GRAPEVINE.debug
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost", *GRAPEVINE.allowed_hosts]
if GRAPEVINE.public_url:
    ALLOWED_HOSTS.append(urlsplit(GRAPEVINE.public_url).hostname or "")
CSRF_TRUSTED_ORIGINS = [GRAPEVINE.public_url] if GRAPEVINE.public_url else []

ROOMS = ["core", "ui", "people", "sources", "understand", "listen", "converse", "spread", "home"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    *(f"grapevine.{room}" for room in ROOMS),
]
AUTH_USER_MODEL = "core.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "grapevine.core.requests.Watch",
    "grapevine.core.middleware.SecurityHeaders",
    "grapevine.core.middleware.Pieces",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "grapevine.core.middleware.Visitor",
    "grapevine.core.middleware.UserLanguage",
    "django_htmx.middleware.HtmxMiddleware",
    "grapevine.core.middleware.AskOnce",
    "grapevine.core.middleware.Gate",
]
ROOT_URLCONF = "grapevine.config.urls"
WSGI_APPLICATION = "grapevine.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "grapevine.ui.context.frame",
            ],
            "builtins": ["template_partials.templatetags.partials", "grapevine.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database.settings_for(GRAPEVINE)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "grapevine"}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "core:sign-in"
LOGIN_REDIRECT_URL = "home:start"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "grapevine_session"
CSRF_COOKIE_NAME = "grapevine_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = GRAPEVINE.secure_cookies
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if GRAPEVINE.secure_cookies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000

LANGUAGE_CODE = "en"
LANGUAGES = [("sv", _("Swedish")), ("da", _("Danish")), ("nl", _("Dutch")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "grapevine.ui.formats"
TIME_ZONE = GRAPEVINE.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = GRAPEVINE.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = GRAPEVINE.home / "files"
# Big uploads wait here and not where others of this machine may look.
FILE_UPLOAD_TEMP_DIR = folders.private(MEDIA_ROOT / "tmp")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING_CONFIG = "grapevine.config.logs.configure"
LOGGING = {"level": GRAPEVINE.log_level, "form": GRAPEVINE.log_format}
CSRF_FAILURE_VIEW = "grapevine.core.views.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS: list[str] = []
