"""模板 and 规则: what is written to people, and by which rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages as said_to_user
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.messaging import policies
from chengyun.messaging.actions.contract import set_rule
from chengyun.messaging.actions.templates import fault_of_words, find_template, set_words, switch_template
from chengyun.messaging.forms import RuleForm, WordsForm
from chengyun.messaging.models import Rule, Template, TemplateVersion
from chengyun.messaging.rule_names import BOUNDS, RuleName
from chengyun.messaging.rules import rules_on
from chengyun.messaging.text import split, units
from chengyun.messaging.wording import longest, sample, variables_of
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page
from chengyun.worktime.limits import Provenance


@needs(*policies.READERS)
@require_safe
def templates_page(request: StaffRequest) -> HttpResponse:
    """Every template with the words of today, as they look with the examples."""
    today = local(request.now).date()
    signature = rules_on(today).signature
    rows = []
    for template in Template.objects.seen_by(request.actor).prefetch_related("versions"):
        version = next((one for one in template.versions.all() if one.holds_on(today)), None)
        rows.append((template, version, preview_of(template, version.text if version else "", signature)))
    said = {"rows": rows, "provenances": Provenance, "may_edit": request.actor.holds(Post.ADMIN)}
    return render(request, "messaging/templates.html", said)


def preview_of(template: Template, words: str, signature: str) -> dict[str, Any]:
    """The message with its examples, cut into segments, and the count at its longest."""
    variables = variables_of(template.variables)
    text = signature + sample(words, variables)
    parts = split(text)
    return {
        "text": text,
        "parts": [(part, units(part)) for part in parts],
        "segments": len(parts),
        "units": units(text),
        "most": len(split(signature + longest(words, variables))),
    }


@needs(*policies.READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def template_page(request: StaffRequest, name: str) -> HttpResponse:
    """One template: its words, preview, versions; an administrator gives it new words."""
    template = find_template(name)
    today = local(request.now).date()
    versions = list(template.versions.order_by("-number"))
    now = next((one for one in versions if one.holds_on(today)), None)
    may_edit = request.actor.holds(Post.ADMIN)
    start = {"words": now.text if now else "", "valid_from": today, "provenance": Provenance.PRIMARY}
    form = WordsForm(posted(request) if may_edit else None, initial=start)

    def save(said: dict[str, Any]) -> TemplateVersion:
        return set_words(name, actor=request.actor, now=request.now, **said)

    if request.method == "POST" and may_edit and attempt(form, save)[0]:
        said_to_user.success(request, _("模板已修改。"))
        return redirect("messaging:template", name)
    words = str(form.data.get("words", "") if form.is_bound else start["words"])
    said = {
        "template": template,
        "variables": variables_of(template.variables),
        "version": now,
        "versions": versions,
        "form": form,
        "preview": preview_of(template, words, rules_on(today).signature),
        "fault": "",
        "provenances": Provenance,
        "may_edit": may_edit,
    }
    return render(request, "messaging/template.html", said, status=422 if form.errors else 200)


@needs(Post.ADMIN)
@require_POST
def preview(request: StaffRequest, name: str) -> HttpResponse:
    """The fragment that shows a draft as it would be sent, while it is typed."""
    template = find_template(name)
    words = request.POST.get("words", "")[:2000]
    today = local(request.now).date()
    said = {
        "preview": preview_of(template, words, rules_on(today).signature),
        "fault": fault_of_words(template, words, today) if words.strip() else "",
    }
    return render(request, "messaging/_preview.html", said)


@needs(Post.ADMIN)
@require_POST
def switch(request: StaffRequest, name: str) -> HttpResponse:
    """Switch a template on or off."""
    active = request.POST.get("active") == "1"
    switch_template(name, active=active, actor=request.actor, now=request.now)
    said_to_user.success(request, _("模板已启用。") if active else _("模板已停用，触发时只记录不发送。"))
    return redirect("messaging:template", name)


@needs(*policies.READERS)
@require_safe
def rules_page(request: StaffRequest) -> HttpResponse:
    """Every rule with the row in force, what comes after it, and what was before."""
    today = local(request.now).date()
    rows = list(Rule.objects.order_by("name", "-valid_from"))
    said = {
        "rules": [_rule(name, [row for row in rows if row.name == name], today) for name in RuleName],
        "provenances": Provenance,
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "messaging/rules.html", said)


def _rule(name: RuleName, rows: list[Rule], today: date) -> dict[str, Any]:
    now = next((row for row in rows if row.valid_from <= today), None)
    return {
        "name": name,
        "now": now,
        "later": [row for row in rows if row.valid_from > today],
        "before": [row for row in rows if now is not None and row.valid_from < now.valid_from],
    }


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: StaffRequest, name: str) -> HttpResponse:
    """Let a rule have another value from a day on."""
    if name not in BOUNDS:
        raise NotThere(_("没有这项规则。"))
    today = local(request.now).date()
    now = Rule.objects.filter(name=name, valid_from__lte=today).order_by("-valid_from").first()
    start = {
        "value": now.value if now else "",
        "valid_from": today,
        "provenance": Provenance.PRIMARY,
        "note": now.note if now else "",
    }
    return verb_page(
        request,
        RuleForm(posted(request), initial=start),
        lambda said: set_rule(name, actor=request.actor, now=request.now, **said),
        title=_("修改规则：%(name)s") % {"name": RuleName(name).label},
        next_step=_("原值留作历史；此后写的短信按新值。"),
        back=reverse("messaging:rules"),
        done=_("规则已修改。"),
    )
