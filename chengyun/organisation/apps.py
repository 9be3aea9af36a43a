from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "chengyun.organisation"
    label = "organisation"

    def ready(self) -> None:
        from chengyun.organisation import log_ins

        log_ins.connect()
