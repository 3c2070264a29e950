"""The calls, over HTTPS, with the token kept until shortly before it ends."""

from __future__ import annotations

import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache

from gongkai.integrations.channels import DeliveryFailed
from gongkai.integrations.wechat.errors import STALE_TOKEN, WORTH_ANOTHER_TRY, words_of

TIMEOUT_SECONDS = 20
RENEW_BEFORE_SECONDS = 300
MAX_ANSWER_BYTES = 2 * 1024 * 1024


class WechatClient:
    """One account. Every method raises ``DeliveryFailed`` with a Chinese sentence."""

    def __init__(self) -> None:
        self.base = settings.WECHAT_API.rstrip("/")
        self.app_id, self.secret = settings.WECHAT_APP_ID, settings.WECHAT_SECRET
        if not (self.app_id and self.secret):
            raise DeliveryFailed("没有填公众号的 AppID 和 AppSecret，请联系系统管理员设置。", is_final=True)

    def add_draft(self, article: Mapping[str, Any]) -> str:
        """Keep an article as a draft; gives its media_id."""
        return str(self._call("draft/add", {"articles": [dict(article)]}, wants="media_id"))

    def submit(self, media_id: str) -> str:
        """Ask for a draft to be published; gives the publish_id. Whether it is shows later (``status``)."""
        return str(self._call("freepublish/submit", {"media_id": media_id}, wants="publish_id"))

    def status(self, publish_id: str) -> tuple[int, str]:
        """The state of a publication (0 done, 1 under way, more: failed) and the article's address."""
        answer = self._answered("freepublish/get", {"publish_id": publish_id})
        try:
            state = int(answer["publish_status"])
            items = answer.get("article_detail", {}).get("item", [])
            url = str(items[0].get("article_url", "")) if items else ""
        except (KeyError, TypeError, ValueError, AttributeError):
            raise DeliveryFailed("看不懂微信的答复，稍后再试。") from None
        return state, url

    def _call(self, path: str, body: Mapping[str, Any], *, wants: str) -> Any:
        answer = self._answered(path, body)
        if not answer.get(wants):
            raise DeliveryFailed("看不懂微信的答复，稍后再试。")
        return answer[wants]

    def _answered(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Call with the kept token; with a fresh one where the platform says the kept one is stale."""
        answer = self._post(path, body, self.token())
        if _code(answer) in STALE_TOKEN:
            answer = self._post(path, body, self.token(fresh=True))
        self._check(answer)
        return answer

    def token(self, *, fresh: bool = False) -> str:
        """The access token, kept in the cache under the account and a digest of its secret."""
        key = "wechat:" + hashlib.sha256(f"{self.app_id}\0{self.secret}".encode()).hexdigest()[:32]
        kept = None if fresh else cache.get(key)
        if kept:
            return str(kept)
        body = {
            "grant_type": "client_credential", "appid": self.app_id, "secret": self.secret, "force_refresh": fresh,
        }  # fmt: skip
        answer = self._post("stable_token", body)
        self._check(answer)
        token, seconds = str(answer.get("access_token", "")), answer.get("expires_in", 0)
        if not token:
            raise DeliveryFailed("微信没有给出凭证，稍后再试。")
        cache.set(key, token, timeout=max(1, int(seconds) - RENEW_BEFORE_SECONDS))
        return token

    def _post(self, path: str, body: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        query = f"?{urllib.parse.urlencode({'access_token': token})}" if token else ""
        # The platform shows \uXXXX as typed, so characters are sent as they are.
        request = urllib.request.Request(  # noqa: S310 - the base is the operator's setting
            f"{self.base}/cgi-bin/{path}{query}",
            data=json.dumps(body, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - as above
                answer = json.loads(response.read(MAX_ANSWER_BYTES))
        except urllib.error.HTTPError as error:
            error.close()
            raise DeliveryFailed(f"微信服务器答复 {error.code}，稍后再试。") from None
        except OSError as error:
            raise DeliveryFailed(f"连不上微信服务器（{type(error).__name__}），稍后再试。") from None
        except ValueError:
            raise DeliveryFailed("看不懂微信的答复，稍后再试。") from None
        if not isinstance(answer, dict):
            raise DeliveryFailed("看不懂微信的答复，稍后再试。")
        return answer

    def _check(self, answer: Mapping[str, Any]) -> None:
        code = _code(answer)
        if code:
            is_final = code not in WORTH_ANOTHER_TRY
            raise DeliveryFailed(words_of(code, str(answer.get("errmsg", ""))), is_final=is_final)


def _code(answer: Mapping[str, Any]) -> int:
    value = answer.get("errcode", 0)
    return value if isinstance(value, int) else -1
