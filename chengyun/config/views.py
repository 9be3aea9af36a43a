"""The one page that belongs to no room: is the product alive?"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chengyun import __version__
from chengyun.organisation.access import open_to_all


@open_to_all
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503. For load balancers; says nothing private."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        database = True
    except DatabaseError:
        database = False
    return JsonResponse({"database": database, "version": __version__}, status=200 if database else 503)
