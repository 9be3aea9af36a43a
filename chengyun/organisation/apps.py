from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "chengyun.organisation"
    label = "organisation"
