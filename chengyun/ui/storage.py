"""How static files are named once they are collected."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# Django can follow imports of ES modules itself, but its patterns trip over comments in other people's files.
# Ours name the file with its ending, as a browser needs it.
_MODULE_IMPORTS = (
    "*.js",
    (
        (
            r"""(?P<matched>(?m:^)import(?P<import>[^"';]*)from\s*["'](?P<url>\.[^"']*\.js)["'];)""",
            'import%(import)sfrom "%(url)s";',
        ),
        (r"""(?P<matched>\bimport\(["'](?P<url>\.[^"']*\.js)["']\))""", 'import("%(url)s")'),
    ),
)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names carry a hash, in the imports of our ES modules too, so that browsers may keep them for ever."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, _MODULE_IMPORTS)

    def stored_name(self, name: str) -> str:
        """Return the hashed name; the plain one where nothing was collected yet (tests, a first look)."""
        return str(super().stored_name(name)) if self.hashed_files else name
