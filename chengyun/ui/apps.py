from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "chengyun.ui"
    label = "ui"
