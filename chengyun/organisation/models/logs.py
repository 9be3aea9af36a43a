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


class Change(Labelled):
    """What can be done to the organisation, as the change log calls it."""

    CREATE_UNIT = "create_unit", "新建单位", "Unit created"
    CHANGE_UNIT = "change_unit", "修改单位", "Unit changed"
    MOVE_UNIT = "move_unit", "移动单位", "Unit moved"
    CREATE_PERSON = "create_person", "新建人员", "Person created"
    CHANGE_PERSON = "change_person", "修改人员", "Person changed"
    GIVE_POST = "give_post", "授予岗位", "Post given"
    END_POST = "end_post", "停止岗位", "Post ended"
    SUBSTITUTE = "substitute", "设置代岗", "Substitute named"
    CANCEL_SUBSTITUTION = "cancel_substitution", "结束代岗", "Substitution ended"
    CREATE_ACCOUNT = "create_account", "开通账号", "Account opened"
    SWITCH_ACCOUNT = "switch_account", "启停账号", "Account switched on or off"
    RESET_PASSWORD = "reset_password", "重置密码", "Password reset"
    CHANGE_PASSWORD = "change_password", "修改密码", "Password changed"
    UNLOCK = "unlock", "解除锁定", "Unlocked"
    ENROL_SECOND_FACTOR = "enrol_second_factor", "绑定动态码", "Second factor set up"
    RESET_SECOND_FACTOR = "reset_second_factor", "解绑动态码", "Second factor removed"
    NEW_RECOVERY_CODES = "new_recovery_codes", "生成恢复码", "Recovery codes made"
    SET_DUTY = "set_duty", "设置网格职责", "Grid duty set"
    SET_CLASS_DUTY = "set_class_duty", "设置类别职责", "Class duty set"
    SET_POLICY = "set_policy", "更新安全策略", "Security policy set"
    MAKE_TOKEN = "make_token", "发放接口令牌", "Token made"
    REVOKE_TOKEN = "revoke_token", "吊销接口令牌", "Token revoked"
    SET_LOOP_RULE = "set_loop_rule", "修改流程参数", "Rule of the process set"
    SET_LABEL = "set_label", "修改用语", "Word changed"
    CHANGE_CATALOGUE = "change_catalogue", "修改目录", "Catalogue changed"
    SET_TEMPLATE = "set_template", "修改短信模板", "Message template changed"
    SET_MESSAGING_RULE = "set_messaging_rule", "修改短信规则", "Rule of messages set"
    SET_GATEWAY = "set_gateway", "修改短信网关", "Message gateway changed"
    SET_PACKAGE = "set_package", "修改短信套餐", "Message package set"
    OPT_OUT = "opt_out", "登记短信退订", "Opt-out noted"
    END_OPT_OUT = "end_opt_out", "恢复接收短信", "Opt-out ended"
    SET_PUBLIC_PAGES = "set_public_pages", "修改市民网页设置", "Public pages set"
    CLEAR_FOR_PUBLIC = "clear_for_public", "决定公开内容", "Decided what is public"
    SET_DECISION_LINE = "set_decision_line", "修改判定表", "Decision table changed"
    FLAG_CALLER = "flag_caller", "登记来电提示", "Caller flagged"
    END_CALLER_FLAG = "end_caller_flag", "撤销来电提示", "Caller's flag ended"
    LOAD_REFERENCE = "load_reference", "装载参考数据", "Reference data loaded"


class ChangeLog(AppendOnly):
    """Who changed what on units, people, posts, accounts, duties and the security policy."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    verb = models.CharField(max_length=40)  # a Change
    subject = models.CharField(max_length=20)  # unit, person, posting, substitution, account, duty, policy
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=120)
    said = models.JSONField(default=dict)  # the fields that changed: {"name": [before, after]}

    objects = AppendOnlyQuerySet["ChangeLog"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="change_subject")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verb} {self.subject_name}"

    @property
    def verb_label(self) -> str:
        """What was done, in the reader's language."""
        return Change(self.verb).label


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
