from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "chengyun.cases"
    label = "cases"
