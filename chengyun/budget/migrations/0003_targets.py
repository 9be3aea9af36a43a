"""Tables: schemes, forms, targets, measurements, monitoring, self-evaluation."""

import chengyun.budget.performance.words
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("budget", "0002_agreements")]

    operations = [
        migrations.CreateModel(
            name="Scheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
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
                ("note", models.CharField(blank=True, max_length=200)),
                ("key", models.CharField(max_length=12, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("execution_weight", models.DecimalField(decimal_places=2, max_digits=5)),
            ],
            options={
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("project", "项目支出"), ("department", "部门整体支出")], max_length=12
                    ),
                ),
                (
                    "variant",
                    models.CharField(
                        choices=[("published", "公开稿"), ("working", "执行稿")],
                        default=chengyun.budget.performance.words.Variant["WORKING"],
                        max_length=12,
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("category", models.CharField(blank=True, max_length=60)),
                ("department", models.CharField(max_length=80)),
                ("unit", models.CharField(max_length=80)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("total", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18)),
                ("total_fiscal", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18)),
                ("grant", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18)),
                ("carried_over", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18)),
                ("other", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18)),
                ("goal", models.TextField(max_length=1000)),
                ("goal_of_year", models.TextField(max_length=1000)),
                ("execution_weight", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "编制中"), ("declared", "已申报")],
                        default=chengyun.budget.performance.words.FormState["DRAFT"],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "budget",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="budget.budget",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="budget.project",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget.scheme"
                    ),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "-level", "code", "variant"],
            },
        ),
        migrations.CreateModel(
            name="DeclarationEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("create", "建立申报表"),
                            ("change", "修改申报表"),
                            ("add_target", "增加指标"),
                            ("change_target", "修改指标"),
                            ("drop_target", "删除指标"),
                            ("declare", "申报"),
                            ("reopen", "退回修改"),
                            ("evaluate", "开始自评"),
                            ("finish", "完成自评"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("said", models.JSONField(default=dict)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="budget.declaration",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "填报中"), ("finished", "已完成")],
                        default=chengyun.budget.performance.words.EvaluationState["DRAFT"],
                        max_length=12,
                    ),
                ),
                ("initial_budget", models.DecimalField(decimal_places=2, max_digits=18)),
                ("year_budget", models.DecimalField(decimal_places=2, max_digits=18)),
                ("spent", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("execution_weight", models.DecimalField(decimal_places=2, max_digits=5)),
                ("execution_score", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("execution_why", models.CharField(blank=True, max_length=500)),
                ("score", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("scored_weight", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("grade", models.CharField(blank=True, max_length=40)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                ("version", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.CharField(max_length=60)),
                ("finished_at", models.DateTimeField(null=True)),
                ("finished_by", models.CharField(blank=True, max_length=60)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="budget.declaration",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="PerformanceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
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
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grade", "评价等次"),
                            ("band", "定性档次"),
                            ("monitoring", "监控阈值"),
                            ("rule", "其他规则"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=200)),
                ("value", models.DecimalField(decimal_places=2, max_digits=8)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["kind", "position", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "name", "valid_from"), name="performance_row_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="performance_row_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("level1", models.CharField(max_length=40)),
                ("level2", models.CharField(max_length=40)),
                ("weight", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=5)),
                ("required", models.BooleanField(default=False)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="budget.scheme",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "position"],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                ("time_share", models.DecimalField(decimal_places=4, max_digits=5)),
                ("budgeted", models.DecimalField(decimal_places=2, max_digits=18)),
                ("spent", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("execution", models.DecimalField(decimal_places=4, max_digits=9, null=True)),
                ("attainment", models.DecimalField(decimal_places=4, max_digits=9, null=True)),
                ("measured_weight", models.DecimalField(decimal_places=2, max_digits=6)),
                ("whole_weight", models.DecimalField(decimal_places=2, max_digits=6)),
                (
                    "execution_light",
                    models.CharField(
                        choices=[
                            ("green", "正常"),
                            ("yellow", "关注"),
                            ("red", "预警"),
                            ("none", "无法评判"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "attainment_light",
                    models.CharField(
                        choices=[
                            ("green", "正常"),
                            ("yellow", "关注"),
                            ("red", "预警"),
                            ("none", "无法评判"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("parts", models.JSONField(default=list)),
                ("thresholds", models.JSONField(default=dict)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="budget.declaration",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=80)),
                ("definition", models.CharField(blank=True, max_length=400)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("number", "数值"),
                            ("rate", "比率"),
                            ("moment", "时点"),
                            ("qualitative", "定性"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at_least", "不低于"),
                            ("at_most", "不高于"),
                            ("equal", "等于"),
                            ("between", "介于"),
                        ],
                        max_length=12,
                    ),
                ),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("upper", models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ("moment", models.DateField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=20)),
                (
                    "every",
                    models.CharField(
                        blank=True,
                        choices=[("month", "每月"), ("quarter", "每季"), ("year", "全年")],
                        max_length=8,
                    ),
                ),
                (
                    "gathering",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sum", "全年累计"),
                            ("ratio", "分子与分母之比"),
                            ("mean", "各期平均"),
                            ("last", "期末数"),
                        ],
                        max_length=8,
                    ),
                ),
                ("weight", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("baseline", models.CharField(blank=True, max_length=60)),
                ("money", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("evidence_rule", models.CharField(blank=True, max_length=200)),
                ("published", models.CharField(blank=True, max_length=80)),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("lag_days", models.PositiveSmallIntegerField(default=0)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="budget.declaration",
                    ),
                ),
                (
                    "scheme_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget.schemeclass"
                    ),
                ),
            ],
            options={
                "ordering": ["scheme_class__position", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begin", models.DateTimeField()),
                ("end", models.DateTimeField()),
                (
                    "how",
                    models.CharField(choices=[("live", "平台实测"), ("entered", "人工填报")], max_length=8),
                ),
                ("measure", models.CharField(blank=True, max_length=60)),
                ("formula", models.CharField(max_length=400)),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("coverage", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ("value", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("moment", models.DateField(null=True)),
                ("data_version", models.CharField(blank=True, max_length=80)),
                ("rows", models.CharField(blank=True, max_length=400)),
                ("method", models.CharField(max_length=64)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("computed_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                (
                    "sameness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "复算一致"),
                            ("grown", "数据有增补，数值未变"),
                            ("changed", "数据有增补，数值已变"),
                            ("contradiction", "数据未变，数值不同"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "again_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="budget.measurement",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="budget.target",
                    ),
                ),
            ],
            options={
                "ordering": ["-end", "-id"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("degree", models.DecimalField(decimal_places=4, max_digits=6, null=True)),
                ("score", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("actual", models.CharField(blank=True, max_length=200)),
                ("over", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="budget.evaluation",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget.measurement",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget.target"
                    ),
                ),
            ],
            options={
                "ordering": ["target__scheme_class__position", "target__position", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(fields=("declaration", "number"), name="evaluation_in_turn"),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", chengyun.budget.performance.words.EvaluationState["DRAFT"])),
                fields=("declaration",),
                name="one_evaluation_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                fields=("level", "code", "fiscal_year", "variant"), name="declaration_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gte", models.F("start"))), name="declaration_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeclass",
            constraint=models.UniqueConstraint(fields=("scheme", "level1", "level2"), name="class_once"),
        ),
        migrations.AddIndex(
            model_name="measurement",
            index=models.Index(fields=["target", "end"], name="measurement_target_end"),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("begin"))), name="measurement_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationline",
            constraint=models.UniqueConstraint(fields=("evaluation", "target"), name="line_once"),
        ),
    ]
