"""What the platform's error codes mean and what to do, in Chinese."""

from __future__ import annotations

WORDS = {
    -1: "微信系统繁忙，稍后再试。",
    40001: "公众号的 AppSecret 不对，或者凭证失效，请核对设置。",
    40007: "封面图片的素材编号不对，请在公众平台上传封面后填到设置里。",
    40013: "公众号的 AppID 不对，请核对设置。",
    40014: "凭证不对，已重新取得。",
    40125: "公众号的 AppSecret 不对，请在公众平台核对。",
    40164: "本机的 IP 不在公众平台的白名单里，请在“开发接口管理”里添加。",
    42001: "凭证过期，已重新取得。",
    45002: "正文太长，公众号不超过 2 万字符，请删减或者只发摘要。",
    45003: "标题太长，请缩短后再发。",
    45004: "摘要太长，请缩短后再发。",
    45009: "今天调用的次数用完了，明天再试。",
    45011: "调用太频繁，稍后再试。",
    48001: "公众号没有这个接口的权限，请确认已经认证。",
    53503: "草稿没有通过发布检查，请到公众平台修改。",
    53504: "这份草稿要到公众平台的网页上发布。",
    53505: "请先在公众平台的网页上保存草稿，再发布。",
}
STALE_TOKEN = frozenset({40001, 40014, 42001})
WORTH_ANOTHER_TRY = frozenset({-1, 45009, 45011}) | STALE_TOKEN
PUBLISHING = 1
FAILED = {
    2: "原创声明失败",
    3: "常规失败",
    4: "平台审核不通过",
    5: "发布后被用户删除",
    6: "发布后被平台封禁",
}


def words_of(code: int, message: str = "") -> str:
    """The sentence of a code, with the code for whoever asks the platform."""
    known = WORDS.get(code, f"微信拒绝：{message[:120] or '没有说明原因'}。")
    return f"{known}（错误码 {code}）"
