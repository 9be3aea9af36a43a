from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "chengyun.geography"
    label = "geography"
