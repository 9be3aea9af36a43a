from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "chengyun.hotline"
    label = "hotline"

    def ready(self) -> None:
        from chengyun.hotline.exchange import answers
        from chengyun.hotline.handling import measures as handled
        from chengyun.hotline.handling import reactions as handling
        from chengyun.hotline.notices import measures as told
        from chengyun.hotline.notices import reactions as notices

        handling.register()
        notices.register()
        answers.register()
        handled.offer_measures()
        told.offer_measures()
