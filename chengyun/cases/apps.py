from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chengyun.cases"
    label = "cases"

    def ready(self) -> None:
        from chengyun.cases.actions.recompute import recompute_open_deadlines
        from chengyun.worktime.listeners import on_calendar_change

        on_calendar_change(recompute_open_deadlines)
