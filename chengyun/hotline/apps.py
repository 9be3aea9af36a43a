from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "chengyun.hotline"
    label = "hotline"
