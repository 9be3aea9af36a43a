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
        for room in apps.get_app_configs():
            if room.name.startswith("chengyun.") and room.name != "chengyun.ui" and find_spec(f"{room.name}.menu"):
                menu.register(import_module(f"{room.name}.menu").ENTRIES)
