"""What the auditor reads: log-ins, changes to the organisation, and looks at personal data."""

from __future__ import annotations

from django.db import models

from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models.accounts import Account
from chengyun.organisation.models.append_only import AppendOnly, AppendOnlyQuerySet
from chengyun.organisation.models.people import Person


class Outcome(Labelled):
    """How an attempt to log in, or a session, ended."""

    SUCCESS = "success", "登录成功", "Logged in", "good"
    WRONG_PASSWORD = "wrong_password", "账号或密码错误", "Wrong name or password", "due-soon"
    LOCKED = "locked", "已锁定", "Locked out", "overdue"
    SECOND_FACTOR_FAILED = "second_factor_failed", "动态码错误", "Second factor failed", "due-soon"
    SECOND_FACTOR_PASSED = "second_factor_passed", "动态码通过", "Second factor passed", "good"
    LOGGED_OUT = "logged_out", "退出登录", "Logged out"
    EXPIRED = "expired", "会话超时", "Session expired", "stopped"


class LogIn(AppendOnly):
    """One attempt to log in, or one end of a session. The name tried is kept even if no account has it."""

    at = models.DateTimeField(db_index=True)
    username = models.CharField(max_length=150)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="log_ins"
    )
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=24, choices=Outcome.choices())

    objects = AppendOnlyQuerySet["LogIn"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["username", "at"], name="log_in_username_at")]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome}"

    @property
    def outcome_seen(self) -> Outcome:
        """The outcome with its label and meaning."""
        return Outcome(self.outcome)


class ChangeLog(AppendOnly):
    """Who changed what on units, people, posts, accounts, duties and the security policy."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=20)  # unit, person, posting, substitution, account, duty, policy
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=120)
    said = models.JSONField(default=dict)  # the fields that changed: {"name": [before, after]}

    objects = AppendOnlyQuerySet["ChangeLog"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="change_subject")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verb} {self.subject_name}"


class AccessLog(AppendOnly):
    """Somebody looked at masked personal data in full: who, which field, of what, why, when."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    subject = models.CharField(max_length=20)  # person, case, …
    subject_ref = models.CharField(max_length=60)  # the number or id a reader can find it by
    field = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)

    objects = AppendOnlyQuerySet["AccessLog"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_ref"], name="access_subject")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.subject_ref} {self.field}"
