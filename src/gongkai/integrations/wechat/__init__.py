"""The WeChat official account (微信公众号): articles as drafts, published through its documented interface.

No maintained client was found (wechatpy's last release is of 2021), so the five calls that are needed are made here over
the standard library. The token comes from ``stable_token``: several processes get the same one.

Source: developers.weixin.qq.com, interfaces stable_token, draft/add, freepublish/submit, freepublish/get.
"""
