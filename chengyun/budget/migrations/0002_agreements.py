"""Tables: contracts, usage, bills."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models
from chengyun.kernel.new_tables import NewTables


class Migration(NewTables):
    dependencies = [
        ("budget", "0001_budgets"),
        ("cases", "0002_search"),
        ("organisation", "0002_api_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("service", models.CharField(max_length=60)),
                ("project", models.CharField(blank=True, max_length=80)),
                ("supplier", models.CharField(max_length=120)),
                (
                    "procurement",
                    models.CharField(
                        choices=[
                            ("open_tender", "公开招标"),
                            ("invited_tender", "邀请招标"),
                            ("negotiation", "竞争性谈判"),
                            ("consultation", "竞争性磋商"),
                            ("inquiry", "询价"),
                            ("single_source", "单一来源"),
                            ("framework", "框架协议"),
                            ("below_limit", "限额以下自行采购"),
                            ("not_told", "未载明"),
                        ],
                        default="not_told",
                        max_length=20,
                    ),
                ),
                ("signed_on", models.DateField(null=True)),
                ("begins_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("stopped_on", models.DateField(null=True)),
                ("pay_within_days", models.PositiveSmallIntegerField(null=True)),
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
                ("note", models.CharField(blank=True, max_length=300)),
                ("example", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                (
                    "renews",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="budget.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["service", "begins_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Bill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("number", models.CharField(max_length=60)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("paid_on", models.DateField(null=True)),
                ("voucher", models.CharField(blank=True, max_length=60)),
                ("void", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bills",
                        to="budget.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["-due_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ContractDocument",
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
                            ("contract", "合同文本"),
                            ("supplement", "补充协议"),
                            ("bill", "账单或发票"),
                            ("payment", "付款凭证"),
                            ("acceptance", "验收材料"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("original_name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "bill",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="budget.bill",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="budget.contract",
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ContractEvent",
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
                    "verb",
                    models.CharField(
                        choices=[
                            ("enter", "录入合同"),
                            ("correct", "更正合同"),
                            ("renew", "续签"),
                            ("stop", "提前终止"),
                            ("add_item", "增加项目"),
                            ("correct_item", "更正项目"),
                            ("remove_item", "删除项目"),
                            ("enter_usage", "录入使用量"),
                            ("enter_bill", "录入账单"),
                            ("pay_bill", "登记付款"),
                            ("take_back_payment", "撤销付款登记"),
                            ("void_bill", "账单作废"),
                            ("reconcile", "对账"),
                            ("add_document", "上传文件"),
                            ("withdraw_document", "撤下文件"),
                            ("notice_end", "到期提醒"),
                            ("see_notice", "提醒已知悉"),
                        ],
                        max_length=24,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=120)),
                ("said", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=300)),
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="budget.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ContractItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("per_unit_month", "按数量、按月"),
                            ("fixed_month_with_overage", "包月，超量另计"),
                            ("one_off", "一次性"),
                        ],
                        max_length=24,
                    ),
                ),
                ("unit", models.CharField(max_length=10)),
                ("quantity", models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=12)),
                ("unit_price", models.DecimalField(decimal_places=4, max_digits=14)),
                ("included", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                ("price_above", models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=14)),
                ("cap", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                (
                    "part_month",
                    models.CharField(
                        choices=[("whole", "不足一月按整月"), ("days", "不足一月按天折算")],
                        default="whole",
                        max_length=8,
                    ),
                ),
                ("due_month", models.DateField(null=True)),
                (
                    "feed",
                    models.CharField(
                        choices=[
                            ("agreed", "按约定数量"),
                            ("entered", "录入或导入"),
                            ("messages", "平台短信条数"),
                        ],
                        default="agreed",
                        max_length=10,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="budget.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ContractWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("ends_on", models.DateField()),
                ("noticed_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by_name", models.CharField(blank=True, max_length=60)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="budget.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["ends_on", "days"],
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("computed", models.DecimalField(decimal_places=2, max_digits=18)),
                ("billed", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("agrees", "相符"),
                            ("differs", "不符"),
                            ("no_bill", "未收到账单"),
                            ("no_usage", "缺使用量"),
                            ("no_term", "不在合同期内"),
                            ("under_way", "未到月底"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("agreed", "核对无误"),
                            ("explained", "差额已说明"),
                            ("disputed", "向供应商提出异议"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("formulas", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="budget.contract",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="UsageImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("file_name", models.CharField(max_length=200)),
                ("read", models.PositiveIntegerField()),
                ("taken", models.PositiveIntegerField()),
                ("known", models.PositiveIntegerField()),
                ("rejects", models.JSONField(default=list)),
                (
                    "by",
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
            name="UsageRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "source",
                    models.CharField(choices=[("entered", "录入"), ("imported", "导入")], max_length=10),
                ),
                ("reference", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="usage",
                        to="budget.contractitem",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="budget.usageimport",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="YearAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("project", models.CharField(max_length=80)),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
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
                ("example", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="year_amount_not_negative"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("begins_on", None),
                    ("ends_on", None),
                    ("ends_on__gte", models.F("begins_on")),
                    _connector="OR",
                ),
                name="contract_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("renews", None), models.Q(("renews", models.F("id")), _negated=True), _connector="OR"
                ),
                name="contract_renews_another",
            ),
        ),
        migrations.AddIndex(
            model_name="bill",
            index=models.Index(fields=["due_on"], name="bill_due_on"),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void", False)), fields=("contract", "number"), name="bill_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="bill_has_an_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="contractitem",
            constraint=models.UniqueConstraint(fields=("contract", "name"), name="item_once_in_a_contract"),
        ),
        migrations.AddConstraint(
            model_name="contractitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("included__gte", 0),
                    ("price_above__gte", 0),
                    ("quantity__gte", 0),
                    ("unit_price__gte", 0),
                ),
                name="item_has_no_negative_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractwarning",
            constraint=models.UniqueConstraint(
                fields=("contract", "days", "ends_on"), name="contract_warning_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reconciliation",
            index=models.Index(fields=["contract", "month"], name="reconciliation_month"),
        ),
        migrations.AddIndex(
            model_name="usagerecord",
            index=models.Index(fields=["item", "month"], name="usage_item_month"),
        ),
    ]
