from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "chengyun.worktime"
    label = "worktime"
