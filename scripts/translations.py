"""Keep the catalogues in step with the source: texts are written in Chinese, English is a catalogue.

python scripts/translations.py            gather texts, update the English catalogue, compile
python scripts/translations.py --check    change nothing; fail when anything is missing or stale
python scripts/translations.py --missing  list the texts that have no English yet
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "chengyun"
LOCALE = SOURCE / "config" / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
# The source's own language has a catalogue, too, of each text onto itself: without it, Django would
# answer a Chinese reader in English wherever English is the default language.
CHINESE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.mo"

METHODS = [
    ("**/tests/**", "ignore"),
    ("**/testing/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/jinja2/**.*", "jinja2.ext:babel_extract"),
]
OPTIONS = {
    "**/jinja2/**.*": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "silent": "false", "trimmed": "true"}
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "N_": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


# No dates and names in the files: they would differ after every run.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def fresh(locale: str | None) -> Catalog:
    """An empty catalogue whose header says nothing that changes."""
    return Catalog(
        locale=locale,
        project="chengyun",
        version="1",
        charset="utf-8",
        header_comment="# The texts of chengyun. Kept by scripts/translations.py.",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        creation_date=EPOCH,
        revision_date=EPOCH,
        fuzzy=False,
    )


def gathered() -> Catalog:
    """Every text of the source, with the files that say it."""
    template = fresh(None)
    found = extract_from_dir(
        SOURCE, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for file, _line, text, comments, context in found:
        # Without line numbers: the catalogue changes when a text does, not when code moves.
        template.add(text, locations=[(f"chengyun/{file}", 0)], auto_comments=comments, context=context)
    return template


def english() -> Catalog:
    """The English catalogue as it is on disk; an empty one if there is none."""
    if not ENGLISH.exists():
        return fresh("en")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def texts(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    said = message.string
    return bool(said) if isinstance(said, str) else bool(said and all(said))


def compiled(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def onto_itself(template: Catalog) -> Catalog:
    """The Chinese catalogue: each text is its own translation."""
    catalog = fresh("zh_Hans")
    for message in texts(template):
        string = message.id if isinstance(message.id, str) else (message.id[0],)
        catalog.add(message.id, string, context=message.context)
    return catalog


def update() -> None:
    """Bring the English catalogue up to date with the source and compile both."""
    template, catalog = gathered(), english()
    # No guessing: a text that merely looks like an old one is not given its English.
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    for path in (ENGLISH, CHINESE):
        path.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    ENGLISH.with_suffix(".mo").write_bytes(compiled(english()))
    CHINESE.write_bytes(compiled(onto_itself(template)))
    without = sum(not is_translated(message) for message in texts(catalog))
    print(f"{len(texts(catalog))} texts, {without} without English")


def faults() -> list[str]:
    """What is not in step, one line each; empty when all is well."""
    template, catalog = gathered(), english()
    said, known = {key(m) for m in texts(template)}, {key(m) for m in texts(catalog)}
    found = [f"not in the catalogue: {text}" for _, text in sorted(said - known, key=str)]
    found += [f"in the catalogue but no longer said: {text}" for _, text in sorted(known - said, key=str)]
    found += [f"no English: {key(m)[1]}" for m in texts(catalog) if key(m) in said and not is_translated(m)]
    for path, wanted in ((ENGLISH.with_suffix(".mo"), catalog), (CHINESE, onto_itself(template))):
        if not path.exists() or path.read_bytes() != compiled(wanted):
            found.append(f"stale: {path.relative_to(ROOT)}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is amiss")
    parser.add_argument("--missing", action="store_true", help="list the texts without English")
    said = parser.parse_args()
    if said.missing:
        print("\n".join(key(message)[1] for message in texts(english()) if not is_translated(message)))
        return 0
    if not said.check:
        update()
        return 0
    found = faults()
    if found:
        print("\n".join([*found[:40], f"{len(found)} faults; run: python scripts/translations.py"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
