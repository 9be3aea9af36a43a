"""Addresses: articles of the knowledge base, and what came from other platforms."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.hotline.exchange import doors, views, wechat_door
from chengyun.hotline.knowledge.views import articles, files, lists

urlpatterns: list[URLPattern] = [
    path("hotline/knowledge/", lists.knowledge, name="knowledge"),
    path("hotline/knowledge/answers/", lists.answers, name="knowledge-answers"),
    path("hotline/knowledge/unanswered/", lists.unanswered, name="knowledge-unanswered"),
    path("hotline/knowledge/gaps/<int:search_id>/", lists.settle, name="knowledge-settle"),
    path("hotline/knowledge/publish/", lists.publish_many, name="knowledge-publish-many"),
    path("hotline/knowledge/new/", articles.write, name="knowledge-new"),
    path("hotline/knowledge/import/", files.import_page, name="knowledge-import"),
    path("hotline/knowledge/import/rejects.csv", files.rejects, name="knowledge-rejects"),
    path("hotline/knowledge/<int:article_id>/", articles.article, name="knowledge-article"),
    path("hotline/knowledge/<int:article_id>/write/", articles.write, name="knowledge-write"),
    path("hotline/knowledge/<int:article_id>/compare/", articles.compare, name="knowledge-compare"),
    path("hotline/knowledge/<int:article_id>/withdraw/", articles.withdraw, name="knowledge-withdraw"),
    path("hotline/knowledge/<int:article_id>/review/", articles.review, name="knowledge-review"),
    path("hotline/knowledge/versions/<int:version_id>/refuse/", articles.refuse, name="knowledge-refuse"),
    path("hotline/knowledge/versions/<int:version_id>/mark/", articles.mark, name="knowledge-mark"),
    path("hotline/knowledge/versions/<int:version_id>/<slug:verb>/", articles.step, name="knowledge-step"),
    path("api/exchange/city/orders", doors.city_orders, name="exchange-city-orders"),
    path("api/exchange/city/answers", doors.city_answers, name="exchange-city-answers"),
    path("api/exchange/streets/<slug:code>/orders", doors.street_orders, name="exchange-street-orders"),
    path("api/exchange/wechat/messages", wechat_door.messages, name="exchange-wechat"),
    path("hotline/exchange/", views.exchange, name="exchange"),
    path("hotline/exchange/new/", views.new_partner, name="exchange-new"),
    path("hotline/exchange/<int:partner_id>/key/", views.new_key, name="exchange-key"),
    path("hotline/exchange/<int:partner_id>/switch/", views.switch, name="exchange-switch"),
    path("hotline/wechat/", views.wechat, name="wechat"),
    path("hotline/first-call/", files.first_call, name="first-call"),
]
