"""Django settings; every deployment difference is an environment variable, listed in docs/deploy.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from gongkai.web.config import environment

WEB_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir()

SECRET_KEY = environment.secret_key(DATA_DIR)
# What seals applicants' data, the newest first; see agencies/sealing.py.
SEALING_KEYS = environment.items("GONGKAI_SEALING_KEYS") or [environment.kept_key(DATA_DIR, "sealing.key")]
DEBUG = environment.flag("GONGKAI_DEBUG")
DEMO = environment.flag("GONGKAI_DEMO")
ALLOWED_HOSTS = environment.items("GONGKAI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.items("GONGKAI_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "gongkai.web.oversight",
    "gongkai.web.inforequests",
    "gongkai.web.participation",
    "gongkai.web.publishing",
    "gongkai.web.agencies",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "gongkai.web.agencies.apps.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "gongkai.web.agencies.apps.BackOfficeConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.config.middleware.security_headers",
    "gongkai.web.config.middleware.refuse_implausible",
    "gongkai.web.publishing.api.sharing.shared",
    "gongkai.web.publishing.caching.revalidated",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "gongkai.web.config.middleware.KeepWhatIsReferredTo",
    "gongkai.web.publishing.views.kiosk.keep_to_kiosk",
]

ROOT_URLCONF = "gongkai.web.config.urls"
WSGI_APPLICATION = "gongkai.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.web.publishing.context.portal",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        environment.value("DATABASE_URL", f"sqlite:///{DATA_DIR / 'gongkai.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured with two workers and jobs: these three keep writers waiting instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [WEB_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = environment.subdirectory(DATA_DIR, "static")
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns at every start where it is missing.
STATICFILES_DIRS = [WEB_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Static files are served from the packages themselves: no collecting step before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Originals of reports not yet published: handed out by views that ask who is asking, never by path.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": None},
    },
    # Files of requests, identity documents among them: the same, and unreadable on the disk.
    "sealed": {
        "BACKEND": "gongkai.web.agencies.sealing.SealedStorage",
        "OPTIONS": {"location": DATA_DIR / "sealed", "base_url": None},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
# host:port of a ClamAV daemon that looks at every upload; without it uploads are kept unscanned and say so.
CLAMAV = environment.value("GONGKAI_CLAMAV", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# More than any form takes, so that the form says how many; what is beyond is refused without a page.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

HTTPS = environment.flag("GONGKAI_HTTPS")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("GONGKAI_BEHIND_PROXY") else None
)
# "Remember me" lasts a working day; without it, a session ends with the browser.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

globals().update(environment.mail("GONGKAI_SMTP_URL", DATA_DIR / "mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.value("GONGKAI_MAIL_FROM", "noreply@localhost")
CACHES = {
    "default": environment.cache("GONGKAI_CACHE_URL"),
    # What long lists count and hold: publishing/models/lists.py. A search may find a megabyte of numbers.
    "lists": environment.own_cache("lists", 3000),
    "answers": environment.own_cache("answers", 60),
    # Reports set as PDF and XLSX, a third of a megabyte each; charts, some fifteen kilobytes each.
    "files": environment.own_cache("files", 40),
    "charts": environment.own_cache("charts", 600),
}

# Wagtail's own tasks, small ones that keep its indexes, are done at once; our jobs are rows of the database,
# enqueued in the transaction of the act they belong to (agencies/services/jobs.py).
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Notifications outside the back office: docs/notifications.md.
QUIET_HOURS = environment.hours("GONGKAI_QUIET_HOURS", "21:00-08:00")
WEBHOOK_URL = environment.web_address("GONGKAI_WEBHOOK_URL")
WEBHOOK_SECRET = environment.value("GONGKAI_WEBHOOK_SECRET", "")
if WEBHOOK_URL and not WEBHOOK_SECRET:
    raise ImproperlyConfigured("GONGKAI_WEBHOOK_URL is of no use without GONGKAI_WEBHOOK_SECRET")

WAGTAIL_SITE_NAME = "政府信息公开管理平台"
WAGTAILADMIN_BASE_URL = environment.value("GONGKAI_BASE_URL", "http://localhost:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_USER_LOGIN_FORM = "gongkai.web.agencies.forms.StaffLoginForm"
# The administrator, who knows the person, sets a forgotten password anew.
WAGTAIL_PASSWORD_RESET_ENABLED = False
# A decision holds for the version it was made on; after changes every step decides anew.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
# In the back office parts of titles are looked for: what cuts words at spaces finds no Chinese.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}
WAGTAILDOCS_EXTENSIONS = [
    "doc",
    "docx",
    "mp4",
    "ofd",
    "pdf",
    "rtf",
    "txt",
    "webm",
    "wps",
    "xls",
    "xlsx",
    "zip",
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": ["h2", "h3", "bold", "ol", "ul", "hr", "link", "document-link"],
        },
    },
}
