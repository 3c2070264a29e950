"""Settings of the site that every page prints (政府网站发展指引 §页面要素)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

OPEN_DATA_TERMS = "可以免费复制、传播、加工和再利用；请注明数据来源和数据日期，不得歪曲数据的原意。"


@register_setting(icon="site")
class PortalSettings(BaseSiteSetting):
    """Names and numbers of the header and footer; the site prints them exactly as typed."""

    organ = models.ForeignKey(
        "agencies.Organ", models.PROTECT, null=True, blank=True, verbose_name="主办机关", related_name="+"
    )
    site_name = models.CharField(
        "网站名称", max_length=60, help_text="机关的规范名称，用于网页标签 SiteName。"
    )
    domain = models.CharField("网站域名", max_length=100, help_text="只填主机名，例如 www.example.gov.cn。")
    site_code = models.CharField(
        "网站标识码",
        max_length=10,
        validators=[
            RegexValidator(r"^([0-9]{10}|bm[0-9]{8}|N[0-9]{9})$", "网站标识码应为 10 位，例如 6400000001。")
        ],
    )
    icp_number = models.CharField(
        "ICP备案号",
        max_length=30,
        validators=[
            RegexValidator(rf"^[{PROVINCES}]ICP备\d{{8,10}}号(-\d+)?$", "备案号格式如“宁ICP备12345678号-1”。")
        ],
    )
    police_number = models.CharField(
        "公安备案号",
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                rf"^[{PROVINCES}]公网安备\s?\d{{14}}号$", "备案号格式如“宁公网安备 64000000000001号”。"
            )
        ],
    )
    sponsor = models.CharField("主办单位", max_length=60)
    undertaker = models.CharField("承办单位", max_length=60)
    telephone = models.CharField("联系电话", max_length=40, help_text="固定电话。")
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("地址", max_length=120)
    postcode = models.CharField("邮编", max_length=6, blank=True)
    office_hours = models.CharField("办公时间", max_length=80, blank=True)
    emblem = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="网站标志",
    )
    emblem_registry_url = models.URLField(
        "党政机关网站标识链接", default="https://bszs.conac.cn/", help_text="标识管理机构核发的查询地址。"
    )
    find_fault_url = models.URLField(
        "我为政府网站找错链接", default="https://zfwzgl.www.gov.cn/exposure/jiucuo.html", blank=True
    )
    linked_hosts = models.TextField(
        "经批准链接的外部网站",
        blank=True,
        help_text="一行一个主机名，例如 www.gov.cn。信息里的外部链接不用填在这里。",
    )
    open_data_terms = models.TextField(
        "开放数据的使用条件",
        default=OPEN_DATA_TERMS,
        help_text="写在“数据开放”页和每个数据文件里。请按本地公共数据开放的规定核对。",
    )
    is_demo = models.BooleanField("演示站点", default=False, help_text="打开后每页顶部标明“演示数据”。")

    panels = [
        MultiFieldPanel(
            [FieldPanel("organ"), FieldPanel("site_name"), FieldPanel("domain"), FieldPanel("emblem")], "网站"
        ),
        MultiFieldPanel(
            [
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("emblem_registry_url"),
                FieldPanel("find_fault_url"),
            ],
            "标识与备案",
        ),
        MultiFieldPanel(
            [
                FieldPanel("sponsor"),
                FieldPanel("undertaker"),
                FieldPanel("telephone"),
                FieldPanel("email"),
                FieldPanel("address"),
                FieldPanel("postcode"),
                FieldPanel("office_hours"),
            ],
            "单位与联系方式",
        ),
        FieldPanel("linked_hosts"),
        FieldPanel("open_data_terms"),
        FieldPanel("is_demo"),
    ]

    class Meta:
        verbose_name = "网站信息"

    @property
    def find_fault_link(self) -> str:
        """The 找错 entry with the site code it must carry."""
        if not self.find_fault_url:
            return ""
        separator = "&" if "?" in self.find_fault_url else "?"
        return f"{self.find_fault_url}{separator}site_code={self.site_code}"


class SearchChange(models.Model):
    """An item whose place in the search index has to be written anew; gone once it is."""

    item = models.PositiveIntegerField("信息")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待更新的检索"

    def __str__(self) -> str:
        return f"信息 {self.item}"


class FileText(models.Model):
    """The words of an attached file, by the digest of its content; can be thrown away, it is read again."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    text = models.TextField("文字", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件文字"

    def __str__(self) -> str:
        return self.digest


class Listing(models.Model):
    """That a live item stands in the list of a column: its own, each one above, and 0 for the whole site.

    Read from the items and rebuilt from them at any time (``portal.listing``). It is there because "the newest of a
    column and of those below it" would else sort every item of the site for each page.
    """

    column = models.PositiveIntegerField("栏目")
    item = models.PositiveIntegerField("信息", db_index=True)
    year = models.PositiveSmallIntegerField("年份")
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = verbose_name_plural = "栏目列表"
        constraints = [models.UniqueConstraint(fields=["column", "item"], name="once_in_a_column")]
        indexes = [models.Index(fields=["column", "year", "published_at", "item"], name="list_of_column")]

    def __str__(self) -> str:
        return f"栏目 {self.column} 信息 {self.item}"


class OutsideLink(models.Model):
    """That a live item holds an outside address; read from the items and rebuilt from them at any time."""

    item = models.PositiveIntegerField("信息", db_index=True)
    digest = models.CharField("网址的摘要", max_length=64, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "外部链接"
        constraints = [models.UniqueConstraint(fields=["item", "digest"], name="once_in_an_item")]

    def __str__(self) -> str:
        return f"信息 {self.item}"


class SharedStamp(models.Model):
    """One row, written anew whenever columns or settings change (``portal.shared``)."""

    value = models.CharField("标记", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "公共部分的标记"

    def __str__(self) -> str:
        return self.value


from gongkai.portal.baking.models import BakeChange, BakedFile, BakeRecord  # noqa: E402 - Django looks here
from gongkai.portal.subscribing.models import SubscribedColumn, Subscriber  # noqa: E402 - as above

__all__ = [
    "BakeChange",
    "BakeRecord",
    "BakedFile",
    "FileText",
    "Listing",
    "OutsideLink",
    "PortalSettings",
    "SearchChange",
    "SharedStamp",
    "SubscribedColumn",
    "Subscriber",
]


class FormerAddress(models.Model):
    """An address of the tree that a page left; whoever asks for it is led to where the page stands now."""

    digest = models.CharField("摘要", max_length=64, unique=True, help_text="原地址的 SM3，供查找。")
    url_path = models.TextField("原地址")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name="页面")
    left_at = models.DateTimeField("移走的时间")

    class Meta:
        verbose_name = verbose_name_plural = "原地址"

    def __str__(self) -> str:
        return self.url_path
