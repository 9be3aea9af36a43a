"""Django's settings, from the typed surroundings. The only settings file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from chengyun.config.environment import environment

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret()
DEBUG = environment.debug
ALLOWED_HOSTS = [host.strip() for host in environment.hosts.split(",") if host.strip()]
ROOT_URLCONF = "chengyun.config.urls"
WSGI_APPLICATION = "chengyun.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.Account"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "chengyun.ui",
    "chengyun.geography",
    "chengyun.worktime",
    "chengyun.organisation",
    "chengyun.cases",
    "chengyun.messaging",
    "chengyun.hotline",
    "chengyun.patrol",
    "chengyun.budget",
    "chengyun.workbench",
    "chengyun.citizen",
    "chengyun.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chengyun.ui.locale.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chengyun.organisation.middleware.StaffMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,  # each room's jinja2/ folder
        "OPTIONS": {"environment": "chengyun.ui.jinja.environment"},
    },
    # Django's own form widgets and the templates of third-party apps.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]


def _database() -> dict[str, Any]:
    if environment.database_url:
        database: dict[str, Any] = dict(dj_database_url.parse(environment.database_url))
        if "postgresql" in database["ENGINE"]:
            database["OPTIONS"] = {
                **database.get("OPTIONS", {}),
                "pool": {"min_size": 1, "max_size": environment.threads + 2, "timeout": 10},
            }
            return database
    else:
        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.folder("") / "chengyun.sqlite3",
        }
    database["CONN_MAX_AGE"] = None
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
        ),
    }
    return database


DATABASES = {"default": _database()}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {"NAME": "chengyun.organisation.passwords.LengthByPolicy"},
    {"NAME": "chengyun.organisation.passwords.SeveralKindsOfCharacters"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "organisation:log-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "organisation:log-in"
CSRF_FAILURE_VIEW = "chengyun.config.wrong_pages.csrf_failed"
# Views and namespaces that answer strangers, besides those marked open_to_all: they check for themselves.
OPEN_VIEWS: frozenset[str] = frozenset({"api", "healthz", "ui:language", "ui:offline"})
DEMO = environment.demo
DATA_FOLDER = environment.folder("")

AXES_FAILURE_LIMIT = "chengyun.organisation.lock_out.failures"  # the security policy's numbers
AXES_COOLOFF_TIME = "chengyun.organisation.lock_out.cool_off"
AXES_LOCKOUT_CALLABLE = "chengyun.organisation.lock_out.locked_out_page"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "chengyun"

SESSION_COOKIE_AGE = environment.session_minutes * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.https
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if environment.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.https else None

_tile_hosts = (
    ["/".join(environment.tile_url.replace("{s}", "*").split("/")[:3])] if environment.tile_url else []
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tile_hosts],
        "style-src": [SELF],
        "script-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = environment.language
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = environment.folder("static")
MEDIA_ROOT = environment.folder("files")  # outside the web root: served only by views that ask who may see it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "chengyun.ui.storage.StaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a folder of a hundred budgets with what else lies in it
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

DISTRICT_CODE = environment.district
TILE_URL = environment.tile_url
TILE_ATTRIBUTION = environment.tile_attribution

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
