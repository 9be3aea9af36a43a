"""People: the list, one person, and what the administrator changes on them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.masking import mask_phone
from chengyun.organisation import actions
from chengyun.organisation.access import needs
from chengyun.organisation.forms.staff import AccountForm, PersonForm, ReasonForm, labels, unit_choices
from chengyun.organisation.models import Account, Person, Posting
from chengyun.organisation.posts import Post
from chengyun.organisation.queries.people import substitutions_of
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.units import READERS
from chengyun.organisation.views.verb import attempt, posted, verb_page

_PAGE = 50  # rows


def person_seen(request: StaffRequest, person_id: int) -> Person:
    """The person, if there is one and this reader may see them."""
    found = (
        Person.objects.seen_by(request.actor).select_related("unit", "account").filter(pk=person_id).first()
    )
    if found is None:
        raise NotThere(_("没有这个人员。"))
    return found


def account_of(person: Person) -> Account | None:
    """The person's account, if they have one."""
    return getattr(person, "account", None)


@needs(*READERS)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """All people whom the reader may see, by words, unit and post."""
    asked = request.GET
    found = Person.objects.seen_by(request.actor).select_related("unit", "account").order_by("-active", "pk")
    if words := asked.get("q", "").strip():
        found = found.filter(name__icontains=words) | found.filter(account__username__icontains=words)
    if asked.get("unit", "").isdigit():
        found = found.filter(unit_id=int(asked["unit"]))
    if asked.get("post") in set(Post):
        held = Posting.objects.held_on(local(request.now).date()).filter(post=asked["post"])
        found = found.filter(pk__in=held.values("person_id"))
    page = Paginator(found, _PAGE).get_page(asked.get("page"))
    said = {
        "page": page,
        "rows": [(person, mask_phone(person.phone), account_of(person)) for person in page],
        "units": unit_choices(request.actor),
        "posts": labels(Post),
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "organisation/people.html", said)


@needs(*READERS)
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: StaffRequest, person_id: int) -> HttpResponse:
    """One person; a POST with a reason shows the phone in full, once."""
    found = person_seen(request, person_id)
    form = ReasonForm(posted(request))
    phone = ""
    if request.method == "POST":
        _done, phone = attempt(
            form,
            lambda said: actions.reveal_phone(person_id, actor=request.actor, now=request.now, **said),
        )
    postings = Posting.objects.filter(person=found).select_related("unit").order_by("-valid_from", "-pk")
    today = local(request.now).date()
    current = set(postings.held_on(today).values_list("pk", flat=True))
    said = {
        "person": found,
        "account": account_of(found),
        "masked": mask_phone(found.phone),
        "phone": phone or "",
        "form": form,
        "postings": [(row, row.pk in current, row.valid_from > today) for row in postings],
        "substitutions": substitutions_of(person_id, request.now),
        "may_edit": request.actor.holds(Post.ADMIN),
        "may_secure": request.actor.holds(Post.SECURITY_ADMIN) and request.actor.person_id != person_id,
    }
    return render(request, "organisation/person.html", said, status=422 if form.errors else 200)


@needs(Post.ADMIN)
@require_http_methods(["GET", "POST"])
def new_person(request: StaffRequest) -> HttpResponse:
    """Add a member of staff."""
    initial = {"unit_id": request.GET.get("unit", "")}
    form = PersonForm(posted(request), actor=request.actor, new=True, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.create_person(actor=request.actor, now=request.now, **said),
        title=_("新建人员"),
        next_step=_("建好后可为其开通账号；岗位由安全管理员授予。"),
        back=reverse("organisation:people"),
        done=_("人员已建立。"),
    )


@needs(Post.ADMIN)
@require_http_methods(["GET", "POST"])
def change_person(request: StaffRequest, person_id: int) -> HttpResponse:
    """Change a member of staff; the phone on file is not shown."""
    found = person_seen(request, person_id)
    initial = {"name": found.name, "unit_id": found.unit_id, "active": found.active}
    form = PersonForm(posted(request), actor=request.actor, new=False, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.change_person(
            person_id,
            name=said["name"],
            unit_id=said["unit_id"],
            phone=said["phone"] or None,
            active=said["active"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("修改人员：%(name)s") % {"name": found.name},
        next_step=_("取消“在岗”后，此人立即不能登录和办理。"),
        back=reverse("organisation:person", args=[person_id]),
        done=_("人员已修改。"),
    )


@needs(Post.ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def new_account(request: StaffRequest, person_id: int) -> HttpResponse:
    """Open an account; the first password is shown once."""
    found = person_seen(request, person_id)
    form = AccountForm(posted(request))
    if request.method == "POST":
        done, made = attempt(
            form,
            lambda said: actions.create_account(
                person_id=person_id, username=said["username"], actor=request.actor, now=request.now
            ),
        )
        if done:
            said = {"person": found, "username": made[0].username, "password": made[1]}
            return render(request, "organisation/password_once.html", said)
    said = {
        "form": form,
        "title": _("开通账号：%(name)s") % {"name": found.name},
        "next": _("系统生成初始密码，只显示一次；首次登录必须修改。"),
        "back": reverse("organisation:person", args=[person_id]),
    }
    return render(request, "organisation/verb.html", said, status=422 if form.errors else 200)
