"""Words that name classes, and the models that were learnt."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.catalogue_queries import item, search_items
from chengyun.cases.vocabulary import CatalogueKind
from chengyun.hotline.models import ClassWord, LearntModel
from chengyun.hotline.suggestions.actions import add_word, retire_word
from chengyun.hotline.suggestions.classes.suggesting import DESK_MODEL, suggest_classes
from chengyun.hotline.suggestions.dispatch.forms import WordForm
from chengyun.hotline.suggestions.policies import READING_CATALOGUE, WRITING_CATALOGUE
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_PAGE, _MOST, _MODELS = 50, 60, 20


@needs(*READING_CATALOGUE)
@require_safe
def words(request: StaffRequest) -> HttpResponse:
    """The words in use, a box to try a text, and the learnt models with their scores."""
    asked = request.GET.get("q", "").strip()[:_MOST]
    text = request.GET.get("text", "").strip()[:1000]
    rows = ClassWord.objects.filter(active=True)
    if asked:
        keys = [one.key for one in search_items(asked, (CatalogueKind.APPEALS.value,), 200)]
        rows = rows.filter(Q(word__icontains=asked) | Q(catalogue_key__in=keys))
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    said = {
        "page": page,
        "rows": [(row, item(row.catalogue_key)) for row in page.object_list],
        "words": asked,
        "text": text,
        "found": suggest_classes(text, on=local(request.now).date()) if text else [],
        "models": LearntModel.objects.order_by("-learnt_at")[:_MODELS],
        "desk_model": DESK_MODEL,
        "may_edit": request.actor.holds(*WRITING_CATALOGUE),
    }
    return render(request, "hotline/suggestions/words.html", said)


@needs(*WRITING_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Let a word speak for a class."""
    form = WordForm(posted(request), today=local(request.now).date())

    def run(said: dict[str, str]) -> ClassWord:
        try:
            return add_word(
                said["word"], said["branch"], source=said["source"], actor=request.actor, now=request.now
            )
        except Invalid as error:
            fields = dict(error.fields)
            if "catalogue_text" in fields:
                fields["branch"] = fields.pop("catalogue_text")
            raise Invalid(fields) from None

    return verb_page(
        request,
        form,
        run,
        title=_("添加同义词"),
        next_step=_("来电文字里出现这个词，就建议这一类。"),
        back=reverse("hotline:class-words"),
        done=_("同义词已添加。"),
    )


@needs(*WRITING_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: StaffRequest, word_id: int) -> HttpResponse:
    """Let a word speak for its class no longer."""
    row = ClassWord.objects.filter(pk=word_id, active=True).first()
    if row is None:
        raise NotThere(_("没有这个词，或已停用。"))
    return verb_page(
        request,
        forms.Form(posted(request)),
        lambda _said: retire_word(word_id, actor=request.actor, now=request.now),
        title=_("停用同义词：%(word)s") % {"word": row.word},
        next_step=_("不再据此建议类别；记录保留，升级也不会恢复。"),
        back=reverse("hotline:class-words"),
        done=_("同义词已停用。"),
        danger=True,
    )
