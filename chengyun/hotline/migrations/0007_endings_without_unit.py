"""Notices for orders that end in the call, without a unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0006_notices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="noticerule",
            name="notice",
            field=models.CharField(
                choices=[
                    ("accepted", "工单受理"),
                    ("resolved", "当场答复办结"),
                    ("explained", "解释办结"),
                    ("handed_over", "移交紧急线路"),
                    ("taken_on", "承办单位签收"),
                    ("answered", "答复审核通过"),
                    ("rating", "请市民评价"),
                    ("call_missed", "回访未接通"),
                    ("handled_again", "不满意重办"),
                ],
                max_length=16,
            ),
        ),
    ]
