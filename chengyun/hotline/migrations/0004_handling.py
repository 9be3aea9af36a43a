"""Tables: the unit's form, audit, callbacks and ratings."""

import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [
        ("cases", "0002_search"),
        ("hotline", "0003_knowledge"),
        ("organisation", "0002_api_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_to", models.PositiveBigIntegerField(default=0)),
                ("seen_to", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CityImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("file_name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("full", "回访结果全表"),
                            ("unsatisfied", "不满意件"),
                            ("unsolved", "未解决件"),
                            ("uncontacted", "未先行联系件"),
                        ],
                        max_length=12,
                    ),
                ),
                ("read", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("rejects_name", models.CharField(blank=True, max_length=60)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HandlingRow",
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
                            ("checklist", "审核清单"),
                            ("ground", "审核退回原因"),
                            ("script", "回访话术"),
                            ("hint", "审核提示参数"),
                            ("weight", "满意度权重"),
                            ("illegal_structure", "违法建筑专题的分类"),
                            ("group_renting", "群租专题的分类"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("value", models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["kind", "position", "name", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "name", "valid_from"), name="handling_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="handling_row_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_seq", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("contacted", models.CharField(blank=True, max_length=12)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("solved", "实际解决"), ("explained", "解释说明"), ("unsolved", "未解决")],
                        max_length=12,
                    ),
                ),
                ("promised_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="cases.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReplyBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("band", models.BigIntegerField()),
                (
                    "reply",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="hotline.reply",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("catalogue_prefix", models.CharField(blank=True, max_length=60)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("solved", "实际解决"), ("explained", "解释说明"), ("unsolved", "未解决")],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReplyTemplateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="hotline.replytemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["-no"],
            },
        ),
        migrations.CreateModel(
            name="SamplingRule",
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
                ("catalogue_prefix", models.CharField(blank=True, max_length=60)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "12345电话"),
                            ("city", "市平台下派"),
                            ("web", "网站"),
                            ("wechat", "微信"),
                            ("letter", "来信"),
                            ("walk_in", "来访"),
                            ("patrol", "网格巡查"),
                            ("street", "街镇上报"),
                            ("public", "市民上报"),
                            ("video", "视频发现"),
                            ("device", "感知设备"),
                            ("api", "接口接入"),
                            ("import", "批量导入"),
                        ],
                        max_length=12,
                    ),
                ),
                ("share", models.DecimalField(decimal_places=2, max_digits=5)),
                ("seed", models.CharField(max_length=40)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CallbackDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("lot", models.FloatField()),
                ("drawn", models.BooleanField()),
                ("why", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="cases.case",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.samplingrule",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CityResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("full", "回访结果全表"),
                            ("unsatisfied", "不满意件"),
                            ("unsolved", "未解决件"),
                            ("uncontacted", "未先行联系件"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "contacted",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "已先行联系"), ("no", "未先行联系"), ("not_judged", "不考核")],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("solved", "实际解决"), ("explained", "解释说明"), ("unsolved", "未解决")],
                        max_length=12,
                    ),
                ),
                (
                    "satisfaction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very_satisfied", "非常满意"),
                            ("satisfied", "满意"),
                            ("fair", "基本满意"),
                            ("average", "一般"),
                            ("dissatisfied", "不满意"),
                            ("very_dissatisfied", "非常不满意"),
                            ("unreached", "未接通"),
                        ],
                        max_length=20,
                    ),
                ),
                ("called_on", models.DateField(null=True)),
                ("said", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="city_results",
                        to="cases.case",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="hotline.cityimport",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="city_result_at")],
                "constraints": [models.UniqueConstraint(fields=("case", "digest"), name="city_result_once")],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[("phone", "电话回访"), ("sms", "短信评价"), ("web", "网上评价")],
                        max_length=8,
                    ),
                ),
                (
                    "satisfaction",
                    models.CharField(
                        choices=[
                            ("very_satisfied", "非常满意"),
                            ("satisfied", "满意"),
                            ("fair", "基本满意"),
                            ("average", "一般"),
                            ("dissatisfied", "不满意"),
                            ("very_dissatisfied", "非常不满意"),
                            ("unreached", "未接通"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("solved", "实际解决"), ("explained", "解释说明"), ("unsolved", "未解决")],
                        max_length=12,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("event_seq", models.PositiveIntegerField(null=True)),
                ("key", models.CharField(max_length=80, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "round", "way"], name="rating_case"),
                    models.Index(fields=["at"], name="rating_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReopenAsk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=60)),
                ("due_at", models.DateTimeField()),
                ("key", models.CharField(max_length=80, unique=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("grant", "同意"), ("refuse", "不同意")], max_length=8
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopen_asks",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "")), fields=("case",), name="one_open_reopen_ask"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["unit", "at"], name="reply_unit_at"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("case", "event_seq"), name="reply_once"),
        ),
        migrations.AddIndex(
            model_name="replyband",
            index=models.Index(fields=["band", "reply"], name="reply_band"),
        ),
        migrations.AddConstraint(
            model_name="replytemplateversion",
            constraint=models.UniqueConstraint(fields=("template", "no"), name="reply_template_version_once"),
        ),
        migrations.AddConstraint(
            model_name="samplingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gte", 0), ("share__lte", 100)), name="sampling_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="samplingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="sampling_rule_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="callbackdraw",
            constraint=models.UniqueConstraint(fields=("case", "round"), name="draw_once"),
        ),
    ]
