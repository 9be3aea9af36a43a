"""What the security administrator does: posts, substitutes, passwords, locks, the policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation import actions
from chengyun.organisation.access import needs, staff
from chengyun.organisation.forms.staff import EndPostForm, PolicyForm, PostForm, SubstituteForm
from chengyun.organisation.models import Account, Posting, SecurityPolicy, Substitution
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import current_policy
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.people import account_of, person_seen
from chengyun.organisation.views.verb import posted, verb_page


@needs(Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def give_post(request: StaffRequest, person_id: int) -> HttpResponse:
    """Grant a post."""
    found = person_seen(request, person_id)
    initial = {"unit_id": found.unit_id, "valid_from": local(request.now).date()}
    form = PostForm(posted(request), actor=request.actor, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.give_post(person_id=person_id, actor=request.actor, now=request.now, **said),
        title=_("授予岗位：%(name)s") % {"name": found.name},
        next_step=_("一秒内生效。系统管理员、安全管理员、审计员三者不能由一人兼任（三员分立）。"),
        back=reverse("organisation:person", args=[person_id]),
        done=_("岗位已授予。"),
    )


@needs(Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def end_post(request: StaffRequest, posting_id: int) -> HttpResponse:
    """Take a post back."""
    posting = Posting.objects.select_related("person", "unit").filter(pk=posting_id).first()
    if posting is None:
        raise NotThere(_("没有这个任岗。"))
    return verb_page(
        request,
        EndPostForm(posted(request)),
        lambda said: actions.end_post(posting_id, on=said["on"], actor=request.actor, now=request.now),
        title=_("停止岗位：%(name)s · %(post)s · %(unit)s")
        % {"name": posting.person.name, "post": posting.post_label, "unit": posting.unit.name},
        next_step=_("立即停止时，此人打开的页面在一秒后也不能再办理。"),
        back=reverse("organisation:person", args=[posting.person_id]),
        done=_("岗位已停止。"),
        danger=True,
    )


@needs(Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def substitute(request: StaffRequest, person_id: int) -> HttpResponse:
    """Name a substitute for somebody who cannot do it themselves."""
    found = person_seen(request, person_id)
    form = SubstituteForm(posted(request), actor=request.actor, absent=found, now=request.now)
    return verb_page(
        request,
        form,
        lambda said: actions.substitute(absent_id=person_id, actor=request.actor, now=request.now, **said),
        title=_("设置代岗：%(name)s") % {"name": found.name},
        next_step=_("在这段时间内，代岗人可以办理此人岗位上的事项；记录中会写明代谁办理。"),
        back=reverse("organisation:person", args=[person_id]),
        done=_("代岗已设置。"),
    )


@staff
@require_POST
def cancel_substitution(request: StaffRequest, substitution_id: int) -> HttpResponse:
    """End a substitution; one's own, or anybody's for the security administrator (the action checks)."""
    row: Substitution = actions.cancel_substitution(substitution_id, actor=request.actor, now=request.now)
    messages.success(request, _("代岗已结束。"))
    if row.absent_id == request.actor.person_id:
        return redirect("organisation:me")
    return redirect("organisation:person", person_id=row.absent_id)


def _account(request: StaffRequest, person_id: int) -> Account:
    account = account_of(person_seen(request, person_id))
    if account is None:
        raise NotThere(_("此人还没有账号。"))
    return account


@needs(Post.SECURITY_ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def reset_password(request: StaffRequest, person_id: int) -> HttpResponse:
    """A new random password, shown once."""
    account = _account(request, person_id)
    if request.method == "POST":
        password = actions.reset_password(account.pk, actor=request.actor, now=request.now)
        said = {"person": account.person, "username": account.username, "password": password}
        return render(request, "organisation/password_once.html", said)
    said = {
        "form": forms.Form(),
        "title": _("重置密码：%(name)s") % {"name": account.person.name},
        "next": _("系统生成新密码，只显示一次；此人现有的登录立即失效，下次登录必须修改。"),
        "back": reverse("organisation:person", args=[person_id]),
        "danger": True,
    }
    return render(request, "organisation/verb.html", said)


def _simple(
    request: StaffRequest,
    person_id: int,
    run: Callable[[Account], Any],
    title: str,
    next_step: str,
    done: str,
) -> HttpResponse:
    account = _account(request, person_id)
    return verb_page(
        request,
        forms.Form(posted(request)),
        lambda said: run(account),
        title=_("%(label)s：%(value)s") % {"label": title, "value": account.person.name},
        next_step=next_step,
        back=reverse("organisation:person", args=[person_id]),
        done=done,
        danger=True,
    )


@needs(Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def unlock(request: StaffRequest, person_id: int) -> HttpResponse:
    """Forget the failed log-ins."""
    return _simple(
        request,
        person_id,
        lambda account: actions.unlock(account.pk, actor=request.actor, now=request.now),
        _("解除锁定"),
        _("清除此账号的登录失败次数，可以立即再试。"),
        _("已解除锁定。"),
    )


@needs(Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def reset_second_factor(request: StaffRequest, person_id: int) -> HttpResponse:
    """Unbind a lost authenticator."""
    return _simple(
        request,
        person_id,
        lambda account: actions.reset_second_factor(account.pk, actor=request.actor, now=request.now),
        _("解绑动态码"),
        _("请先当面核实身份。解绑后此人下次登录要重新绑定。"),
        _("已解绑动态码。"),
    )


@needs(Post.ADMIN, Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def switch_account(request: StaffRequest, person_id: int) -> HttpResponse:
    """Switch an account off, or on again."""
    active = not _account(request, person_id).is_active
    return _simple(
        request,
        person_id,
        lambda account: actions.switch_account(
            account.pk, active=active, actor=request.actor, now=request.now
        ),
        _("启用账号") if active else _("停用账号"),
        _("启用后可以登录。") if active else _("停用后此人立即退出，不能再登录。"),
        _("账号已启用。") if active else _("账号已停用。"),
    )


@needs(Post.SECURITY_ADMIN, Post.AUDITOR)
@require_http_methods(["GET", "POST"])
def policy(request: StaffRequest) -> HttpResponse:
    """The policy in force, its earlier rows, and a form for the next one."""
    holds = current_policy(request.now)
    names = ("session_minutes", "password_days", "password_length", "failures", "lock_minutes")
    initial = {name: getattr(holds, name) for name in names}
    initial["second_factor_posts"] = sorted(holds.second_factor_posts)
    form = PolicyForm(posted(request), initial=initial)
    if request.method == "POST":
        return verb_page(
            request,
            form,
            lambda said: actions.set_policy(actor=request.actor, now=request.now, **said),
            title=_("安全策略"),
            back=reverse("organisation:policy"),
            done=_("安全策略已更新，立即生效。"),
        )
    said = {
        "form": form,
        "holds": holds,
        "posts": [Post(post).label for post in sorted(holds.second_factor_posts)],
        "rows": SecurityPolicy.objects.select_related("set_by").order_by("-valid_from")[:50],
        "may_edit": request.actor.holds(Post.SECURITY_ADMIN),
    }
    return render(request, "organisation/policy.html", said)
