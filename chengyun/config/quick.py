"""Opening a case over the JSON interface by a short way: the call that comes most often, and in bursts.

The way through the whole interface costs as much as the case. A body that is right in every type is read
here, by a reader made from the interface's own description; anything else takes the long way, which names
each wrong field. Both give the same answers.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from chengyun.cases.api import CaseIn, open_from
from chengyun.config.api import api, refused
from chengyun.kernel.errors import Refused
from chengyun.organisation.tokens import actor_of_token


def _struct_of(model: type[BaseModel]) -> type[msgspec.Struct]:
    """The same fields, types and defaults for msgspec."""
    fields: list[Any] = []
    for name, said in model.model_fields.items():
        if isinstance(said.annotation, type) and issubclass(said.annotation, BaseModel):
            kind = _struct_of(said.annotation)
            fields.append((name, kind, msgspec.field(default_factory=kind)))
        elif said.is_required():
            fields.append((name, said.annotation))
        else:
            fields.append((name, said.annotation, said.default))
    return msgspec.defstruct(model.__name__, fields, kw_only=True)


_read = msgspec.json.Decoder(_struct_of(CaseIn)).decode


def open_quickly(request: HttpRequest) -> HttpResponse | None:
    """The answer, or None if the request is to take the long way."""
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if request.method != "POST" or scheme != "Bearer":
        return None
    try:
        body = _read(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    actor = actor_of_token(token, request)
    if actor is None:
        return None
    said = msgspec.structs.asdict(body)
    said["caller"] = msgspec.structs.asdict(said["caller"])
    try:
        fresh, opened = open_from(said, actor=actor, now=request.now)  # type: ignore[attr-defined]
    except Refused as error:
        return refused(request, error)
    return HttpResponse(
        msgspec.json.encode(opened),
        status=201 if fresh else 200,
        content_type=f"{api.renderer.media_type}; charset={api.renderer.charset}",
    )
