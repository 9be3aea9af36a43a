"""流程图: a process as this centre calls it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengyun.cases.drawing.picture import picture
from chengyun.cases.drawing.sheet import asked, who_may
from chengyun.cases.drawing.words import words_here
from chengyun.cases.process import LOOPS, Kind
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest


@staff
@require_safe
def process(request: StaffRequest, kind: str) -> HttpResponse:
    """The drawing, and every verb with who may, what must be filled in and what comes next."""
    loop = LOOPS.get(kind)
    if loop is None:
        raise NotThere(_("没有这个流程。"))
    word = words_here(loop)
    verbs = [
        {
            "name": word("verb", verb.name),
            "from": [word("state", str(one)) for one in loop.states if loop.ways(str(one), verb.name)],
            "who": who_may(verb, word),
            "must": asked(verb, word)[0],
            "may": asked(verb, word)[1],
            "next": word("ask", verb.note),
            "dangerous": verb.dangerous,
        }
        for verb in loop.verbs
    ]
    # Made by our own code; every word in it is escaped there.
    drawing = mark_safe(picture(loop, word))  # noqa: S308
    said = {"kind": Kind(kind), "kinds": list(Kind), "drawing": drawing, "verbs": verbs}
    return render(request, "cases/process.html", said)
