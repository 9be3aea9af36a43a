"""Addresses: codes of the year, budgets, lines, calculations, projects."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.budget.ledger.views import (
    charts,
    codes,
    execution,
    history,
    importing,
    ledger,
    lines,
    projects,
    texts,
)

_ONE = "budget/<int:budget_id>/"
_PROJECT = f"{_ONE}projects/<int:project_id>/"

urlpatterns: list[URLPattern] = [
    path("budget/", ledger.budgets_page, name="budgets"),
    path("budget/new/", ledger.new_budget, name="new-budget"),
    path("budget/codes/", codes.codes_page, name="codes"),
    path("budget/codes/new/", codes.new_code, name="new-code"),
    path(_ONE, ledger.ledger_page, name="ledger"),
    path(f"{_ONE}next/", ledger.next_budget, name="next-budget"),
    path(f"{_ONE}amounts/", ledger.save_amounts, name="save-amounts"),
    path(f"{_ONE}undo/", history.take_back, name="undo"),
    path(f"{_ONE}lines/new/", lines.new_line, name="new-line"),
    path(f"{_ONE}lines/<int:line_id>/", lines.line_page, name="line"),
    path(f"{_ONE}lines/<int:line_id>/calculate/<slug:formula>/", lines.calculate_line, name="calculate-line"),
    path(f"{_ONE}lines/<int:line_id>/remove/", lines.remove, name="remove-line"),
    path(f"{_ONE}import/", importing.import_page, name="import-lines"),
    path(f"{_ONE}import/<uuid:key>/", importing.rejected, name="import-rejects"),
    path(f"{_ONE}lines.xlsx", importing.lines_file, name="lines-file"),
    path(f"{_ONE}changes/", texts.changes_page, name="changes"),
    path(f"{_ONE}prior/<slug:figure>/", texts.prior, name="prior-figure"),
    path(f"{_ONE}profile/", texts.profile_page, name="profile"),
    path(f"{_ONE}projects/", projects.projects_page, name="projects"),
    path(f"{_ONE}projects/new/", projects.new_project, name="new-project"),
    path(_PROJECT, projects.project_page, name="project"),
    path(f"{_PROJECT}edit/", projects.edit_project, name="edit-project"),
    path(f"{_PROJECT}bases/new/", projects.new_basis, name="new-basis"),
    path(f"{_PROJECT}leave-out/", projects.leave_out, name="leave-out-project"),
    path(f"{_ONE}charts/", charts.charts_page, name="charts"),
    path(f"{_ONE}execution/", execution.execution_page, name="execution"),
    path(f"{_ONE}execution/import/", execution.import_page, name="import-execution"),
    path(f"{_ONE}history/", history.history_page, name="history"),
    path(f"{_ONE}history/comment/", history.remark, name="comment"),
    path(f"{_ONE}history/sign/", history.sign, name="sign-off"),
    path(f"{_ONE}stage/", history.stage_page, name="stage"),
]
