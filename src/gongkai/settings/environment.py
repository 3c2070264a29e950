"""The one place where the environment is read, typed.

Every variable that an operator may set is a field here; ``docs/operations.md`` lists them in Chinese.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Settings by environment, prefix ``GONGKAI_`` unless the field names another.

    Attributes:
        data_dir: folder of the embedded database, uploads and collected static files.
        database_url: PostgreSQL or SQLite address; empty means SQLite in ``data_dir``.
        secret_key: Django's secret; production has no default.
        hosts: names the site answers to, comma separated; production has no default.
        public_url: address printed in mails and feeds, with scheme.
        mail_url: ``smtp://user:password@host:port``; empty writes mails to ``data_dir/mail``.
        field_keys_file: keys that seal personal data; empty means ``data_dir/secrets/field-keys.json``.
        field_keys_algorithm: of keys made from now on, ``AES-256-GCM`` or ``SM4-GCM``.
        wechat_app_id, wechat_secret: of the official account; empty means no account.
        wechat_cover: media_id of the picture that heads its articles.
        search_url: ``https://user:password@host:9200/alias`` of an OpenSearch server; empty means the embedded index.
        browser: program that takes pictures for inspections; empty looks for one, ``none`` takes no pictures.
        behind_proxy: whether the web server in front sets X-Forwarded-Proto.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", extra="ignore")

    data_dir: Path = Path("var")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    secret_key: SecretStr = SecretStr("")
    hosts: str = ""
    public_url: str = ""
    mail_url: SecretStr = SecretStr("")
    mail_from: str = ""
    field_keys_file: str = ""
    field_keys_algorithm: str = "AES-256-GCM"
    wechat_app_id: str = ""
    wechat_secret: SecretStr = SecretStr("")
    wechat_cover: str = ""
    search_url: SecretStr = Field(default=SecretStr(""), validation_alias="SEARCH_URL")
    browser: str = ""
    behind_proxy: bool = True
    debug: bool = False

    @property
    def host_list(self) -> list[str]:
        return [host.strip() for host in self.hosts.split(",") if host.strip()]


@cache
def environment() -> Environment:
    """Read the environment once per process."""
    return Environment()
