"""The log-ins of the rehearsal district, as they are printed at the start: one for each post."""

from __future__ import annotations

from chengyun.config.prepared import Login
from chengyun.organisation.actions.rehearsal import written_logins
from chengyun.organisation.models import Account
from chengyun.organisation.posts import Post

# What a newcomer can try in each post.
DUTIES: dict[Post, str] = {
    Post.INTAKE: "登记市民诉求",
    Post.SHIFT_LEADER: "受理把关、审核答复、协调退单",
    Post.DISPATCHER: "把案件派给承办单位",
    Post.UNIT: "签收、先行联系、答复、退单、申请延期",
    Post.HANDLER: "现场处置并报结果",
    Post.INSPECTOR: "上报问题、核实与核查",
    Post.CALLBACK: "回访市民、结案或重办",
    Post.SUPERVISION: "督办临期和超期案件",
    Post.ASSESSOR: "查看考核所用的案件",
    Post.DUTY: "值班期间查看全区案件",
    Post.LEADER: "查看全区情况",
    Post.BUDGET: "编制部门预算",
    Post.ADMIN: "管理单位、人员和基础数据",
    Post.SECURITY_ADMIN: "管理账号、岗位和安全策略",
    Post.AUDITOR: "查看登录和查阅记录",
}


def rehearsal_logins() -> tuple[Login, ...]:
    """The first log-in of each post, of those that are really there."""
    known = set(Account.objects.values_list("username", flat=True))
    chosen: dict[Post, Login] = {}
    for login in written_logins():
        post = Post(login.post)
        if login.username in known and post not in chosen:
            chosen[post] = Login(post.zh, login.username, login.password, DUTIES[post])
    return tuple(chosen[post] for post in Post if post in chosen)
