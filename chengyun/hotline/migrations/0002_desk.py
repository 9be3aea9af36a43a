"""Tables: calls, drafts of orders, and which line of the decision table was used."""

import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [
        ("cases", "0002_search"),
        ("hotline", "0001_initial"),
        ("organisation", "0002_api_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderElements",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="elements",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=200)),
                ("when", models.CharField(blank=True, max_length=100)),
                ("where", models.CharField(blank=True, max_length=300)),
                ("cause", models.TextField(blank=True)),
                ("course", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.CharField(max_length=80, unique=True)),
                ("number", models.CharField(blank=True, db_index=True, max_length=20)),
                ("called_number", models.CharField(blank=True, max_length=20)),
                ("extension", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待接听"),
                            ("talking", "通话中"),
                            ("ended", "已结束"),
                            ("missed", "漏接"),
                            ("dropped", "掉线"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("recording", models.CharField(blank=True, max_length=200)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="cases.case",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("lost_calls", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_call", "待回拨"),
                            ("tried", "已拨未通"),
                            ("reached", "已联系上"),
                            ("closed", "已关闭"),
                        ],
                        default="to_call",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "first_call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.call"
                    ),
                ),
                (
                    "last_call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.call"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallBackNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_call", "待回拨"),
                            ("tried", "已拨未通"),
                            ("reached", "已联系上"),
                            ("closed", "已关闭"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("client_id", models.UUIDField(null=True, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "call_back",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="hotline.callback",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallerFlag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(db_index=True, max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[("secret", "要求保密"), ("harassing", "恶意骚扰")], max_length=12
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("ringing", "振铃"),
                            ("answered", "接听"),
                            ("missed", "漏接"),
                            ("dropped", "掉线"),
                            ("ended", "挂机"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("extension", models.CharField(blank=True, max_length=20)),
                (
                    "call",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="hotline.call",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("order", models.PositiveSmallIntegerField(default=100)),
                ("situation", models.CharField(max_length=100)),
                ("recognised", models.TextField(blank=True)),
                ("keywords", models.JSONField(default=list)),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("accept", "受理转办"),
                            ("emergency", "立即转紧急线路"),
                            ("explain_route", "解释并告知法定渠道"),
                            ("explain_only", "解释，不予办理"),
                            ("warn", "劝止，必要时报警"),
                            ("coordinate", "先定责再派"),
                            ("department", "派主管部门，不派街镇"),
                            ("merge", "并入已有工单"),
                            ("call_back", "回拨"),
                        ],
                        max_length=16,
                    ),
                ),
                ("required", models.CharField(max_length=300)),
                ("say", models.TextField(blank=True)),
                ("routes", models.JSONField(default=list)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("source", models.CharField(max_length=200)),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("primary", "原始文件"),
                            ("secondary", "二手资料，未经证实"),
                            ("unsourced", "无出处，未经证实"),
                            ("derived", "推算，未经证实"),
                        ],
                        max_length=12,
                    ),
                ),
                ("confirmed", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="decision_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_seq", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("route", models.CharField(blank=True, max_length=100)),
                ("told", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="cases.case"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.decisionline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.UUIDField(unique=True)),
                ("typed", models.JSONField(default=dict)),
                ("title", models.CharField(blank=True, max_length=100)),
                ("saved_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="hotline.call",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "talking"])),
                fields=["started_at"],
                name="call_live",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["-started_at"], name="call_started"),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(fields=["state", "since"], name="call_back_state"),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["to_call", "tried"])),
                fields=("number",),
                name="call_back_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="callerflag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("number", "kind"),
                name="caller_flag_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="callevent",
            constraint=models.UniqueConstraint(fields=("call", "event"), name="call_event_once"),
        ),
        migrations.AddConstraint(
            model_name="decisionuse",
            constraint=models.UniqueConstraint(fields=("case", "event_seq"), name="decision_use_once"),
        ),
        migrations.AddIndex(
            model_name="orderdraft",
            index=models.Index(fields=["owner", "-saved_at"], name="draft_owner"),
        ),
    ]
