"""Tables: articles of the knowledge base, and what came from other platforms."""

import chengyun.hotline.models.knowledge
import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [
        ("cases", "0002_search"),
        ("hotline", "0002_desk"),
        ("organisation", "0002_api_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnowledgeCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("catalogue_key", models.CharField(blank=True, max_length=60)),
                ("place", models.PositiveSmallIntegerField(default=100)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["place", "id"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("review_due", models.DateField(null=True)),
                ("rehearsal", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("import_key", models.CharField(max_length=60, null=True, unique=True)),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=100)),
                ("questions", models.TextField(blank=True)),
                ("answer", models.TextField()),
                ("details", models.TextField(blank=True)),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("keywords", models.CharField(blank=True, max_length=200)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审"),
                            ("refused", "退回修改"),
                            ("published", "已发布"),
                            ("replaced", "已被新版替代"),
                            ("withdrawn", "已撤下"),
                        ],
                        default=chengyun.hotline.models.knowledge.VersionState["DRAFT"],
                        max_length=12,
                    ),
                ),
                ("written_by_name", models.CharField(max_length=60)),
                ("written_at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="hotline.article",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.knowledgecategory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArticleStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("write", "写稿"),
                            ("submit", "送审"),
                            ("publish", "发布"),
                            ("refuse", "退回修改"),
                            ("withdraw", "撤下"),
                            ("review", "复核"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="hotline.article",
                    ),
                ),
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
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.articleversion",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="current",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hotline.articleversion",
            ),
        ),
        migrations.CreateModel(
            name="CityAnswer",
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
                            ("dispatched", "已派遣"),
                            ("signed", "已签收"),
                            ("interim", "阶段性汇报"),
                            ("answered", "已答复"),
                            ("rehandling", "重办"),
                            ("closed", "已结案"),
                            ("merged", "已并单"),
                            ("void", "已作废"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="city_answers",
                        to="cases.case",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.caseevent"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.knowledgecategory"
            ),
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("city", "市平台"), ("street", "街镇平台"), ("wechat", "微信公众号")],
                        max_length=10,
                    ),
                ),
                ("key_no", models.PositiveIntegerField(default=1)),
                ("signed", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
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
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="Exchange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("path", models.CharField(max_length=100)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("taken", "已收"),
                            ("repeated", "重复，未再登记"),
                            ("refused", "内容有误"),
                            ("denied", "身份不符"),
                            ("given", "已交出"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("payload", models.TextField(blank=True)),
                ("address", models.CharField(blank=True, max_length=45)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="cases.case",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="hotline.partner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnansweredSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, unique=True)),
                ("times", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.article",
                    ),
                ),
                (
                    "settled_by",
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
            name="WechatTalk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("open_id", models.CharField(max_length=64)),
                ("begun_after", models.PositiveBigIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.partner"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WechatMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=64, null=True)),
                ("incoming", models.BooleanField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
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
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="hotline.wechattalk",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArticleToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=40)),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="hotline.article"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("token", "article"), name="article_token_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleUse",
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
                        choices=[("used", "用于答复"), ("helped", "有帮助"), ("not_helped", "没帮上")],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
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
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_uses",
                        to="cases.case",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="hotline.articleversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("case__isnull", False)),
                        fields=("version", "kind", "case"),
                        name="article_use_once_a_case",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="articleversion",
            index=models.Index(
                condition=models.Q(("state", "submitted")), fields=["id"], name="article_version_submitted"
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.UniqueConstraint(fields=("article", "no"), name="article_version_once"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["review_due"], name="article_review_due"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["category", "title"], name="article_category"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["partner", "-id"], name="exchange_partner"),
        ),
        migrations.AddIndex(
            model_name="unansweredsearch",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)), fields=["-times"], name="unanswered_open"
            ),
        ),
        migrations.AddIndex(
            model_name="wechattalk",
            index=models.Index(fields=["-last_at"], name="wechat_talk_last"),
        ),
        migrations.AddConstraint(
            model_name="wechattalk",
            constraint=models.UniqueConstraint(fields=("partner", "open_id"), name="wechat_talk_once"),
        ),
        migrations.AddConstraint(
            model_name="wechatmessage",
            constraint=models.UniqueConstraint(fields=("talk", "message_id"), name="wechat_message_once"),
        ),
    ]
