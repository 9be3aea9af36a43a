"""How static files are named once they are collected."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names carry a hash, in the imports of our ES modules too, so that browsers may keep them for ever."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Return the hashed name; the plain one where nothing was collected yet (tests, a first look)."""
        return super().stored_name(name) if self.hashed_files else name
