from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "chengyun.workbench"
    label = "workbench"
