from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    name = "chengyun.config"
    label = "config"

    def ready(self) -> None:
        """Hang the rooms' lines into the rail, and tell the shell how posts are called."""
        from chengyun.organisation.posts import Post
        from chengyun.ui import menu

        menu.register_posts(Post)
        rooms = [app.name for app in apps.get_app_configs() if app.name.startswith("chengyun.")]
        for room in rooms:
            if room != "chengyun.ui" and find_spec(f"{room}.menu"):
                menu.register(import_module(f"{room}.menu").ENTRIES)
