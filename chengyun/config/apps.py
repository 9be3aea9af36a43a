from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "chengyun.config"
    label = "config"
