"""The commands ``chengyun first-accounts`` and ``chengyun api-token``."""

from __future__ import annotations

import click


@click.command("first-accounts")
def first_accounts() -> None:
    """Make the first accounts of a new system: the three administrators (三员).

    Prints a log-in name and a random password for the administrator, the security administrator and the
    auditor. Each must be changed at the first log-in, where a second factor is set up, too. Run it once,
    after `chengyun load-reference`; with three different people standing by.
    """
    import django

    django.setup()
    from chengyun.kernel import clock
    from chengyun.kernel.errors import Refused
    from chengyun.organisation.actions import first_administrators

    try:
        made = first_administrators(now=clock.now())
    except Refused as error:
        raise click.ClickException(error.message) from None
    for login in made:
        click.echo(f"{login.post:<16} {login.username:<16} {login.password}")


@click.command("api-token")
@click.option("--post", required=True, help="The post that the programme holds, such as intake.")
@click.option("--note", required=True, help="What the token is for; administrators see it in the list.")
def api_token(post: str, note: str) -> None:
    """Make a token for a programme that uses the JSON interface (/api/v1).

    The programme gets an account of its own with one post at the centre. The token is printed on the last
    line, once; it is not kept and cannot be shown again.
    """
    import django

    django.setup()
    from chengyun.kernel import clock
    from chengyun.kernel.actor import SYSTEM
    from chengyun.kernel.errors import Refused
    from chengyun.organisation.actions import programme_token
    from chengyun.organisation.posts import Post

    if post not in set(Post):
        raise click.BadParameter(f"{post}; one of: {', '.join(Post)}", param_hint="--post")
    try:
        click.echo(programme_token(Post(post), note, actor=SYSTEM, now=clock.now()))
    except Refused as error:
        raise click.ClickException(error.message) from None
