"""Tables: publications and their differences."""

import chengyun.budget.publishing.words
import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("budget", "0003_targets"), ("organisation", "0002_api_token")]

    operations = [
        migrations.CreateModel(
            name="PublishingTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(unique=True)),
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
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("ledger_version", models.PositiveIntegerField()),
                ("ledger_revision", models.PositiveIntegerField()),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("org_name", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=160)),
                ("content", models.JSONField()),
                ("findings", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "待公开"), ("released", "已公开"), ("dropped", "已作废")],
                        default=chengyun.budget.publishing.words.PublicationState["PREPARED"],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("correction_note", models.CharField(blank=True, max_length=500)),
                ("approved_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("prepared_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("late_reason", models.CharField(blank=True, max_length=500)),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="budget.budget",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="budget.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicationEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("prepared", "生成发布件"),
                            ("explained", "说明错误"),
                            ("released", "公开"),
                            ("dropped", "作废"),
                        ],
                        max_length=10,
                    ),
                ),
                ("finding", models.CharField(blank=True, max_length=16)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by_name", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
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
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="budget.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicationFile",
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
                            ("html", "网页"),
                            ("pdf", "PDF"),
                            ("docx", "DOCX"),
                            ("xlsx", "XLSX"),
                            ("txt", "纯文本"),
                            ("package", "财政数据包"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="budget.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", chengyun.budget.publishing.words.PublicationState["RELEASED"])),
                fields=("budget", "number"),
                name="publication_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", chengyun.budget.publishing.words.PublicationState["PREPARED"])),
                fields=("budget",),
                name="publication_one_prepared",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicationfile",
            constraint=models.UniqueConstraint(fields=("publication", "kind"), name="publication_file_once"),
        ),
    ]
