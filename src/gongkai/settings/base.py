"""Settings shared by every environment."""

from pathlib import Path
from typing import Any

import dj_database_url

from gongkai.settings.environment import environment

ENV = environment()
PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = ENV.data_dir.resolve()

SECRET_KEY = ENV.secret_key.get_secret_value()
DEBUG = False
ALLOWED_HOSTS = ENV.host_list

INSTALLED_APPS = [
    "gongkai.audit",
    "gongkai.privacy",
    "gongkai.agencies",
    "gongkai.proofing",
    "gongkai.integrations",
    "gongkai.publishing",
    "gongkai.inforequests",
    "gongkai.services",
    "gongkai.reporting",
    "gongkai.supervision",
    "gongkai.portal",
    "gongkai.demo",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.portal.baking.middleware.BakedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "gongkai.portal.context.portal",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's database entry; SQLite is made durable and writes take their lock at once.

    ``synchronous=FULL``: NORMAL may lose the last acknowledged act when the power fails (measured).
    IMMEDIATE: a transaction that reads before it writes cannot fail half-way for want of the lock.
    """
    entry = dict(dj_database_url.parse(url or f"sqlite:///{(DATA_DIR / 'gongkai.sqlite3').as_posix()}"))
    if entry["ENGINE"].endswith("sqlite3"):
        entry["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        entry["CONN_MAX_AGE"] = 60
        entry["CONN_HEALTH_CHECKS"] = True
    return entry


DATABASES = {"default": database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20000},  # the default of 300 was measured 27 times slower
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "portal/locked_out.html"
AXES_VERBOSE = False

# Applications for information on the public pages. Limits: (most, within seconds), see inforequests/limits.py.
APPLICATION_DRAFT_DAYS = 7
CLIENT_ADDRESS_PROXIES = 0  # how many proxies of our own stand before the server
SEARCH_FOLDER = DATA_DIR / "search"
SEARCH_URL = ENV.search_url.get_secret_value()
IMPORTS_FOLDER = DATA_DIR / "imports"  # files to import from; no address leads there

# Public pages as files (portal/baking): written at publication, served before anything is computed.
BAKE_FOLDER = DATA_DIR / "baked"
BAKE_AT_PUBLICATION = True
BAKE_SERVED = True
BAKE_PROCESSES = 2  # of a full bake
PUBLIC_LIMITS = {
    "draft": (200, 600),  # forms begun from one address
    "filing": (30, 600),  # applications sent from one address: a service hall behind one address stays free
    "subscribe": (20, 600),  # subscriptions asked for from one address
    "subscribe_address": (3, 86400),  # questions mailed to one mailbox
    "message": (30, 600),  # messages (留言) from one address
    "opinion": (60, 600),  # opinions on drafts from one address
    "fault": (30, 600),  # faults of the site told from one address
    "upload": (120, 600),  # files uploaded from one address
    "lookup": (150, 600),  # look-ups from one address
    "wrong_code": (8, 900),  # wrong codes for one application from one address
    "wrong_code_anywhere": (200, 3600),  # and from anywhere
    "wrong_identity": (5, 900),  # wrong identity numbers when an application is taken back
    "wrong_link": (60, 600),  # unknown one-time links opened from one address
}

# Publication: what was published in haste has all its reviews within so many hours.
URGENT_REVIEW_HOURS = 24
REASSESS_MONTHS = 12  # information not disclosed is looked at again (条例 Art. 18 sets no rhythm; ours)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y年n月j日"
LOCALE_PATHS = [PACKAGE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# Personal data is sealed with keys that lie outside the database; one PC makes its own at the first use.
FIELD_KEYS_FILE = ENV.field_keys_file or str(DATA_DIR / "secrets" / "field-keys.json")
FIELD_KEYS_ALGORITHM = ENV.field_keys_algorithm
FIELD_KEYS_MAY_BE_MADE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "公开"
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_BASE_URL = ENV.public_url or "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_EXTENSIONS = ["docx", "pdf", "txt", "xlsx", "csv", "zip", "mp4", "webm"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "gongkai.publishing.uploads.ScreenedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "gongkai.publishing.uploads.MeasuredImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp"]  # no SVG: it can carry programs
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_DATE_FORMAT = "%Y-%m-%d"

# The public pages load nothing from elsewhere. Wagtail's own screens still need inline scripts.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/houtai/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600  # one working day
CSRF_FAILURE_VIEW = "gongkai.portal.views.csrf_failure"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = ENV.mail_from or "gongkai@localhost"

BROWSER_PROGRAM = ENV.browser  # takes pictures of pages that an inspection finds fault with
WECHAT_API = "https://api.weixin.qq.com"
WECHAT_APP_ID = ENV.wechat_app_id
WECHAT_SECRET = ENV.wechat_secret.get_secret_value()
WECHAT_COVER = ENV.wechat_cover

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
