"""Addresses: indicators, bindings, measurements, self-evaluation."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.budget.performance.views import declarations, evaluations, figures, leaders

urlpatterns: list[URLPattern] = [
    path("budget/performance/", declarations.listing, name="performance"),
    path("budget/performance/new/", declarations.new, name="performance-new"),
    path("budget/performance/bought/", leaders.bought, name="performance-bought"),
    path("budget/performance/rows/", leaders.rows, name="performance-rows"),
    path("budget/performance/rows/<int:row_id>/", leaders.row, name="performance-row"),
    path("budget/performance/<int:declaration_id>/", declarations.page, name="performance-form"),
    path("budget/performance/<int:declaration_id>/edit/", declarations.edit, name="performance-edit"),
    path(
        "budget/performance/<int:declaration_id>/declare/", declarations.declare, name="performance-declare"
    ),
    path("budget/performance/<int:declaration_id>/reopen/", declarations.reopen, name="performance-reopen"),
    path("budget/performance/<int:declaration_id>/targets/new/", declarations.new_target, name="target-new"),
    path("budget/performance/<int:declaration_id>/measure/", figures.measure_all, name="performance-measure"),
    path("budget/performance/<int:declaration_id>/monitor/", figures.monitor, name="performance-monitor"),
    path("budget/performance/<int:declaration_id>/evaluate/", evaluations.begin, name="performance-evaluate"),
    path(
        "budget/performance/<int:declaration_id>/form.<slug:ending>",
        evaluations.declaration_file,
        name="performance-file",
    ),
    path("budget/performance/targets/<int:target_id>/", figures.target, name="performance-target"),
    path("budget/performance/targets/<int:target_id>/edit/", declarations.edit_target, name="target-edit"),
    path("budget/performance/targets/<int:target_id>/drop/", declarations.drop_target, name="target-drop"),
    path("budget/performance/targets/<int:target_id>/enter/", figures.enter, name="target-enter"),
    path(
        "budget/performance/measurements/<int:measurement_id>/again/", figures.again, name="measurement-again"
    ),
    path("budget/performance/evaluations/<int:evaluation_id>/", evaluations.page, name="evaluation"),
    path(
        "budget/performance/evaluations/<int:evaluation_id>/head/", evaluations.head, name="evaluation-head"
    ),
    path(
        "budget/performance/evaluations/<int:evaluation_id>/finish/",
        evaluations.finish,
        name="evaluation-finish",
    ),
    path("budget/performance/evaluations/lines/<int:line_id>/", evaluations.line, name="evaluation-line"),
    path(
        "budget/performance/evaluations/<int:evaluation_id>/form.<slug:ending>",
        evaluations.evaluation_file,
        name="evaluation-file",
    ),
]
