from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chengyun.cases"
    label = "cases"

    def ready(self) -> None:
        from chengyun.cases.actions.recompute import recompute_open_deadlines
        from chengyun.cases.catalogue_queries import item
        from chengyun.cases.vocabulary import AppealType, Urgency
        from chengyun.worktime.listeners import on_calendar_change
        from chengyun.worktime.vocabulary import register_terms

        def name_of(key: str) -> str:
            found = item(key)
            return found.name if found else key

        on_calendar_change(recompute_open_deadlines)
        register_terms(appeal_types=AppealType, urgencies=Urgency, catalogue_name=name_of)
