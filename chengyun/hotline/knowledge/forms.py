"""Shapes of the forms of the knowledge base."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.hotline.knowledge.actions import Said
from chengyun.hotline.models import ArticleVersion, KnowledgeCategory
from chengyun.kernel.actor import Actor
from chengyun.organisation.queries.tree import unit_tree

MOST_BYTES = 10 * 1024 * 1024
_MUST = {"required": _("请填写此项。"), "invalid_choice": _("请从列表中选。")}
_DAY = {"required": _("请填写此项。"), "invalid": _("请写成 2026-09-30 的样子。")}


def _text(label: Any, rows: int, hint: Any = "", required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": str(rows), "data-autosize": True})
    return forms.CharField(label=label, required=required, help_text=hint, widget=area, error_messages=_MUST)


def _date(label: Any, hint: Any = "", required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget, error_messages=_DAY)


class ArticleForm(forms.Form):
    """A version of an article."""

    title = forms.CharField(label=_("标题"), error_messages=_MUST, help_text=_("市民会怎么问就怎么写"))
    category = forms.ChoiceField(label=_("分类"), error_messages=_MUST)
    owner_unit = forms.ChoiceField(
        label=_("责任单位"), error_messages=_MUST, help_text=_("对内容负责，到期由它复核")
    )
    answer = _text(_("答复口径"), 5, _("可以直接念给或发给市民的话"), required=True)
    questions = _text(_("常见问法"), 3, _("一行一种问法，检索时用"))
    details = _text(_("详细说明"), 5, _("给受理员看：要问清什么、怎么分情况"))
    basis = forms.CharField(label=_("依据"), required=False, help_text=_("文件名和文号；没有就写来源"))
    keywords = forms.CharField(label=_("关键词"), required=False, help_text=_("用空格隔开"))
    valid_from = _date(_("生效日期"), required=True)
    valid_until = _date(_("失效日期"), _("留空为长期有效"))
    why = forms.CharField(label=_("修改理由"), required=False)

    def __init__(self, *args: Any, first: bool, actor: Actor, **said: Any) -> None:
        super().__init__(*args, **said)
        shelves = KnowledgeCategory.objects.filter(active=True)
        choose = [("", _now("请选择"))]
        self.fields["category"].choices = [*choose, *((str(c.pk), c.name) for c in shelves)]  # type: ignore[attr-defined]
        units = ((str(one.id), "　" * one.depth + one.name) for one in unit_tree(actor) if one.active)
        self.fields["owner_unit"].choices = [*choose, *units]  # type: ignore[attr-defined]
        if first:
            del self.fields["why"]
        else:
            self.fields["why"].required = True
            self.fields["why"].error_messages["required"] = _now("请写明为什么修改")

    def words(self) -> Said:
        """What the form says, after it was found valid."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "why"}
        facts["category_id"] = int(facts.pop("category"))
        facts["owner_unit_id"] = int(facts.pop("owner_unit"))
        return Said(**facts)


def initial_of(version: ArticleVersion | None, today: date) -> dict[str, Any]:
    """What the form begins with: the version that is followed, or an empty article of today."""
    if version is None:
        return {"valid_from": today}
    names = ("title", "answer", "questions", "details", "basis", "keywords", "valid_from", "valid_until")
    facts = {name: getattr(version, name) for name in names}
    return facts | {"category": str(version.category_id), "owner_unit": str(version.owner_unit_id)}


class WhyForm(forms.Form):
    """A reason."""

    why = _text(_("理由"), 3, required=True)


class SettleForm(forms.Form):
    """How a gap was closed."""

    article = forms.IntegerField(
        label=_("现在由哪篇知识回答（编号）"),
        required=False,
        min_value=1,
        help_text=_("留空表示不需要写知识"),
        error_messages={"invalid": _("请填知识的编号，如 12。"), "min_value": _("请填知识的编号，如 12。")},
    )


class ImportArticlesForm(forms.Form):
    """A file of articles."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV（UTF-8 或 GB 18030）或 XLSX，第一行是表头，最大 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xlsm"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """A CSV or XLSX by its name, and not too large; its content is judged when it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() not in {".csv", ".xlsx", ".xlsm"}:
            raise forms.ValidationError(_now("只能导入 CSV 或 XLSX 文件，请另存为这两种格式。"))
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_now("文件超过 10 MB，请拆成几个文件分次导入。"))
        return file
