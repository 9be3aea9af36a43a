"""One page for one verb: a form, what happens next, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused


def posted(request: Any) -> Any:
    """What was sent, for a form; None on GET. An empty POST is one, too."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, run: Callable[[dict[str, Any]], Any]) -> tuple[bool, Any]:
    """Run a verb with the cleaned form; refusals go beside the fields. Returns (done, result)."""
    if not form.is_valid():
        return False, None
    try:
        return True, run(form.cleaned_data)
    except (NotAllowed, NotThere):
        raise
    except Invalid as error:
        for field, said in error.fields.items():
            place = next((name for name in (field, f"{field}_id") if name in form.fields), None)
            form.add_error(place, said)
    except Refused as error:
        form.add_error(None, error.message)
    return False, None


def verb_page(
    request: Any,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    back: str,
    done: str,
    next_step: str = "",
    danger: bool = False,
    then: str = "",
) -> HttpResponse:
    """Show the form; on POST run the verb, say ``done`` and go to ``then`` (or back)."""
    if request.method == "POST" and attempt(form, run)[0]:
        messages.success(request, done)
        return redirect(then or back)
    said = {"form": form, "title": title, "back": back, "next": next_step, "danger": danger}
    return render(request, "organisation/verb.html", said, status=422 if form.errors else 200)
