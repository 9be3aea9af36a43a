"""What a person does with a possible repeat, and with the words that name classes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.cases.actions import move
from chengyun.cases.catalogue_queries import item
from chengyun.cases.models import Case, CaseLink
from chengyun.hotline import policies
from chengyun.hotline.models import ClassWord
from chengyun.hotline.suggestions.classes.suggesting import forget
from chengyun.hotline.suggestions.policies import SUGGESTED_TO, WRITING_CATALOGUE
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing

MERGE, LINK = "merge", "link"


def tie_repeat(case_id: int, number: str, how: str, *, actor: Actor, now: datetime) -> None:
    """Merge an order into another, or link the two. Safe to repeat.

    1. The other is a hotline order that the actor may see, and not the order itself.
    2. ``merge`` takes the verb of the process, by those who may take it; the order ends in the other.
    3. ``link`` notes that the two belong together; both go on.

    Raises ``Invalid``, ``NotAllowed``, ``NotThere`` or ``Refused``; nothing is then written.
    """
    policies.require(actor, SUGGESTED_TO)
    if how not in (MERGE, LINK):
        raise Invalid({"repeat_how": _("请选择并入或关联。")})
    with writing():
        seen = Case.objects.seen_by(actor).filter(kind="hotline")
        case = seen.filter(pk=case_id).first()
        if case is None:
            raise NotThere(_("没有这件工单。"))
        other = seen.filter(number=number.strip()).first()
        if other is None:
            raise Invalid(
                {"repeat_of": _("没有编号为 %(number)s 的工单。") % {"number": number.strip()[:32]}}
            )
        if other.pk == case.pk:
            raise Invalid({"repeat_of": _("不能与自己并单或关联。")})
        if how == LINK:
            _link(case, other, actor, now)
        elif case.merged_into_id != other.pk:
            said = {"into": other.number}
            try:
                move(case.pk, "merge", actor=actor, seen=case.version, now=now, said=said)
            except Invalid as error:
                raise Invalid({"repeat_of": error.message}) from error


def _link(case: Case, other: Case, actor: Actor, now: datetime) -> None:
    if CaseLink.objects.filter(case=other, other=case, kind="related").exists():
        return
    CaseLink.objects.get_or_create(
        case=case, other=other, kind="related", defaults={"made_at": now, "made_by_id": actor.person_id}
    )


def add_word(word: str, catalogue_key: str, *, source: str, actor: Actor, now: datetime) -> ClassWord:
    """Let a word speak for a class; one that was retired speaks again. Raises ``Invalid``."""
    policies.require(actor, WRITING_CATALOGUE)
    word, wrong = word.strip(), {}
    chosen = item(catalogue_key)
    if not 2 <= len(word) <= 20 or "\x00" in word:
        wrong["word"] = _("写 2 到 20 个字。")
    if chosen is None or chosen.kind != "appeals" or not chosen.leaf or not chosen.active:
        wrong["catalogue_text"] = _("请从诉求分类中选一项。")
    if wrong:
        raise Invalid(wrong)
    stamp = {"active": True, "changed_at": now, "changed_by_id": actor.person_id}
    said = {**stamp, "source": source.strip()[:200], "provenance": _("本区维护")}
    with writing():
        row, _fresh = ClassWord.objects.update_or_create(
            word=word, catalogue_key=catalogue_key, defaults=said
        )
    forget()
    return row


def retire_word(word_id: int, *, actor: Actor, now: datetime) -> ClassWord:
    """Let a word speak for its class no longer; the row stays, and no update brings it back."""
    policies.require(actor, WRITING_CATALOGUE)
    with writing():
        row = ClassWord.objects.filter(pk=word_id, active=True).first()
        if row is None:
            raise NotThere(_("没有这个词，或已停用。"))
        row.active, row.changed_at, row.changed_by_id = False, now, actor.person_id
        row.save(update_fields=["active", "changed_at", "changed_by"])
    forget()
    return row
