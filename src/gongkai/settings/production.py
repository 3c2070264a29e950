"""Production: refuses to start unsafe, and says in Chinese what is missing."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.settings.base import *  # noqa: F403
from gongkai.settings.base import DATA_DIR, ENV, FIELD_KEYS_FILE

MIN_SECRET_CHARACTERS = 40
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}


def problems() -> list[str]:
    """Every reason not to start, in Chinese; empty when it is safe to."""
    found = []
    secret = ENV.secret_key.get_secret_value()
    if len(secret) < MIN_SECRET_CHARACTERS:
        found.append(
            f"GONGKAI_SECRET_KEY 未设置或不足 {MIN_SECRET_CHARACTERS} 个字符，请用 `gongkai secret` 生成一个。"
        )
    if ENV.debug:
        found.append("GONGKAI_DEBUG 已打开：正式运行必须关闭调试模式，请删除该变量。")
    if not ENV.host_list:
        found.append("GONGKAI_HOSTS 未设置，请填写网站域名，多个用逗号隔开，例如 www.example.gov.cn。")
    for host in ENV.host_list:
        if "*" in host or host.startswith("."):
            found.append(f"GONGKAI_HOSTS 中的“{host}”含通配符，任何来源都会被接受，请逐个写明域名。")
    public = urlsplit(ENV.public_url)
    if public.scheme != "https" or not public.hostname:
        found.append("GONGKAI_PUBLIC_URL 须以 https:// 开头，例如 https://www.example.gov.cn。")
    elif public.hostname not in ENV.host_list:
        found.append(f"GONGKAI_PUBLIC_URL 的域名“{public.hostname}”不在 GONGKAI_HOSTS 中，请补上。")
    if not Path(FIELD_KEYS_FILE).is_file():
        found.append(
            f"没有个人信息加密密钥 {FIELD_KEYS_FILE}：新装系统请运行 `gongkai keys make` 生成并另行备份，"
            "已有数据的系统请恢复备份。"
        )
    return found


if _problems := problems():
    raise ImproperlyConfigured("不能启动正式环境：\n" + "\n".join(f"  · {line}" for line in _problems))

FIELD_KEYS_MAY_BE_MADE = False  # a lost file must be restored, not replaced by keys that open nothing
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENV.host_list]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the office may not own its siblings under the domain
if ENV.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_IPWARE_PROXY_COUNT = 1
    CLIENT_ADDRESS_PROXIES = 1

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if _mail := ENV.mail_url.get_secret_value():
    _parts = urlsplit(_mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _parts.hostname or ""
    EMAIL_PORT = _parts.port or 465
    EMAIL_HOST_USER = unquote(_parts.username or "")
    EMAIL_HOST_PASSWORD = unquote(_parts.password or "")
    EMAIL_USE_SSL = _parts.scheme == "smtps"
    EMAIL_USE_TLS = _parts.scheme == "smtp"

for _folder in (DATA_DIR, DATA_DIR / "static", DATA_DIR / "media"):
    _folder.mkdir(parents=True, exist_ok=True)
