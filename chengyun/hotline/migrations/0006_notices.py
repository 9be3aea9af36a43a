"""Tables: which happening is told to callers with which template."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0005_suggestions"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeRule",
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
                    "notice",
                    models.CharField(
                        choices=[
                            ("accepted", "工单受理"),
                            ("taken_on", "承办单位签收"),
                            ("answered", "答复审核通过"),
                            ("rating", "请市民评价"),
                            ("call_missed", "回访未接通"),
                            ("handled_again", "不满意重办"),
                        ],
                        max_length=16,
                    ),
                ),
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
                (
                    "appeal_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consultation", "咨询"),
                            ("help", "求助"),
                            ("complaint", "投诉"),
                            ("report", "举报"),
                            ("suggestion", "建议"),
                            ("praise", "表扬"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("template", models.CharField(max_length=40)),
                ("sends", models.BooleanField(default=True)),
                ("within_hours", models.PositiveSmallIntegerField(default=24)),
            ],
            options={
                "ordering": ["notice", "channel", "appeal_type", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("notice", "channel", "appeal_type", "valid_from"), name="notice_rule_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="notice_rule_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
