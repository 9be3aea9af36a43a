from django.apps import AppConfig


class PatrolConfig(AppConfig):
    name = "chengyun.patrol"
    label = "patrol"
