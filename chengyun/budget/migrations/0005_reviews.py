"""Tables: documents that were checked, findings and what became of them."""

import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("budget", "0004_publications"), ("organisation", "0002_api_token")]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "核对中"),
                            ("done", "已核对"),
                            ("stopped", "已停止"),
                            ("failed", "无法核对"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("stop_asked", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("total", models.PositiveIntegerField()),
                ("passed", models.PositiveIntegerField(default=0)),
                ("prior_name", models.CharField(blank=True, max_length=200)),
                ("prior_stored", models.CharField(blank=True, max_length=60)),
                ("skipped", models.JSONField(default=list)),
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
        ),
        migrations.CreateModel(
            name="ReviewedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("stored_name", models.CharField(max_length=60)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "核对中"),
                            ("done", "已核对"),
                            ("stopped", "已停止"),
                            ("failed", "无法核对"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("seconds", models.FloatField(null=True)),
                ("heading", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(blank=True, max_length=4)),
                ("fiscal_year", models.PositiveSmallIntegerField(null=True)),
                ("fatal", models.PositiveIntegerField(default=0)),
                ("errors", models.PositiveIntegerField(default=0)),
                ("warnings", models.PositiveIntegerField(default=0)),
                ("infos", models.PositiveIntegerField(default=0)),
                ("to_settle", models.PositiveIntegerField(default=0)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="budget.review",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CorrectedCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("findings", models.JSONField()),
                ("changes", models.JSONField()),
                ("stored_name", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="budget.revieweddocument",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said", models.JSONField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="budget.revieweddocument",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disposition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "采纳"),
                            ("explained", "已说明"),
                            ("rejected", "不采纳"),
                            ("reopened", "重新处理"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispositions",
                        to="budget.revieweddocument",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "finding", "number"), name="disposition_in_turn"
                    )
                ]
            },
        ),
    ]
