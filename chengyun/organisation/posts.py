"""Posts (岗位): what a person is at work as. Pure, so that process tables may name them."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class Post(Labelled):
    """The posts of a centre, its streets and its bureaus."""

    INTAKE = "intake", "受理员", "Intake operator"
    SHIFT_LEADER = "shift_leader", "值班长", "Shift leader"
    DISPATCHER = "dispatcher", "派遣员", "Dispatcher"
    UNIT = "unit", "承办单位联络员", "Unit liaison"
    HANDLER = "handler", "处置人员", "Handler"
    INSPECTOR = "inspector", "监督员", "Patrol inspector"
    CALLBACK = "callback", "回访员", "Callback clerk"
    SUPERVISION = "supervision", "督办员", "Supervision clerk"
    ASSESSOR = "assessor", "考核员", "Assessor"
    DUTY = "duty", "值班员", "Duty officer"
    LEADER = "leader", "领导", "Leader"
    BUDGET = "budget", "预算员", "Budget clerk"
    ADMIN = "admin", "系统管理员", "Administrator"
    SECURITY_ADMIN = "security_admin", "安全管理员", "Security administrator"
    AUDITOR = "auditor", "审计员", "Auditor"


# 三员分立: one person never holds two of these.
SEPARATED = frozenset({Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})

# Posts of the centre that work on every case of the district.
CENTRE = frozenset(
    {
        Post.INTAKE,
        Post.SHIFT_LEADER,
        Post.DISPATCHER,
        Post.CALLBACK,
        Post.SUPERVISION,
        Post.ASSESSOR,
        Post.DUTY,
        Post.LEADER,
    }
)
