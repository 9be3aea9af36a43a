"""短信触发: which happenings are told to callers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.hotline.handling.policies import SETTING
from chengyun.hotline.models import NoticeRule
from chengyun.hotline.notices.actions import end_rule, set_rule
from chengyun.hotline.notices.forms import RuleForm
from chengyun.kernel.clock import local
from chengyun.messaging.models import Template
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@needs(*SETTING)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """Every rule, those out of use last."""
    today = local(request.now).date()
    templates = {one.name: one for one in Template.objects.all()}
    rules = sorted(
        NoticeRule.objects.all(), key=lambda one: one.valid_until is not None and one.valid_until < today
    )
    said = {
        "rules": [
            {
                "rule": rule,
                "channel": Channel(rule.channel).label if rule.channel else _("所有渠道"),
                "appeal": AppealType(rule.appeal_type).label if rule.appeal_type else _("所有类型"),
                "template": templates.get(rule.template),
            }
            for rule in rules
        ],
        "today": today,
    }
    return render(request, "hotline/notices/rules.html", said)


@needs(*SETTING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A rule from a day on; ``?rule=`` begins with the values of another."""
    given = request.GET.get("rule", "")
    row = NoticeRule.objects.filter(pk=int(given)).first() if given.isascii() and given.isdigit() else None
    names = ("notice", "channel", "appeal_type", "template", "sends", "within_hours")
    start = {name: getattr(row, name) for name in names} if row is not None else {"sends": True}
    return verb_page(
        request,
        RuleForm(posted(request), today=local(request.now).date(), initial=start),
        lambda said: set_rule(actor=request.actor, now=request.now, **said),
        title=_("短信触发规则"),
        next_step=_("同一时机、渠道和类型的旧规则到前一天为止。几条都适用时，范围最窄的一条说了算。"),
        back=reverse("hotline:notices"),
        done=_("规则已生效。"),
    )


@needs(*SETTING)
@require_POST
def stop(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Take a rule out of use."""
    end_rule(rule_id, actor=request.actor, now=request.now)
    return redirect("hotline:notices")
