"""Tables: learnt models, words that name a class, and the dispatch catalogue 派单目录."""

import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [
        ("geography", "0001_initial"),
        ("hotline", "0004_handling"),
        ("organisation", "0002_api_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearntModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("file_digest", models.CharField(max_length=64)),
                ("data_digest", models.CharField(max_length=64)),
                ("data_source", models.CharField(max_length=200)),
                ("texts", models.PositiveIntegerField()),
                ("labels", models.PositiveIntegerField()),
                ("folds", models.PositiveSmallIntegerField()),
                ("macro_f1", models.FloatField()),
                ("accuracy", models.FloatField()),
                ("scores", models.JSONField(default=dict)),
                ("learnt_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["name", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("name"), models.F("version"), name="learnt_model_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=20)),
                ("catalogue_key", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=200)),
                ("provenance", models.CharField(max_length=300)),
                ("active", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
            ],
            options={
                "ordering": ["catalogue_key", "word"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("word"), models.F("catalogue_key"), name="class_word_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("branch", models.CharField(blank=True, max_length=60)),
                ("own_duty", models.BooleanField(default=False)),
                ("legal_basis", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(max_length=200)),
                ("provenance", models.CharField(max_length=300)),
                ("rehearsal", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="geography.area",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                ("helpers", models.ManyToManyField(blank=True, related_name="+", to="organisation.unit")),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["branch", "area_id", "valid_from", "id"],
                "indexes": [models.Index(fields=["branch"], name="dispatch_rule_branch")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="dispatch_rule_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
