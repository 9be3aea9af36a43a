"""Coded values of contracts."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class ItemKind(Labelled):
    """How an item is priced."""

    PER_UNIT = "per_unit_month", "按数量、按月", "Per unit and month"
    PACKAGE = "fixed_month_with_overage", "包月，超量另计", "Fixed a month, overage apart"
    ONE_OFF = "one_off", "一次性", "One-off"


class Feed(Labelled):
    """Where the quantity of a month comes from."""

    AGREED = "agreed", "按约定数量", "As agreed"
    ENTERED = "entered", "录入或导入", "Entered or imported"
    MESSAGES = "messages", "平台短信条数", "Messages counted by the platform"


class PartMonth(Labelled):
    """What a month costs of which the contract covers only a part."""

    WHOLE = "whole", "不足一月按整月", "A part counts as a whole month"
    DAYS = "days", "不足一月按天折算", "By the day"


class Procurement(Labelled):
    """How the supplier was chosen (采购方式)."""

    OPEN_TENDER = "open_tender", "公开招标", "Open tender"
    INVITED_TENDER = "invited_tender", "邀请招标", "Invited tender"
    NEGOTIATION = "negotiation", "竞争性谈判", "Competitive negotiation"
    CONSULTATION = "consultation", "竞争性磋商", "Competitive consultation"
    INQUIRY = "inquiry", "询价", "Inquiry"
    SINGLE_SOURCE = "single_source", "单一来源", "Single source"
    FRAMEWORK = "framework", "框架协议", "Framework agreement"
    BELOW_LIMIT = "below_limit", "限额以下自行采购", "Below the limit, bought directly"
    NOT_TOLD = "not_told", "未载明", "Not told"


class DocumentKind(Labelled):
    """What a document of a contract is."""

    CONTRACT = "contract", "合同文本", "Contract"
    SUPPLEMENT = "supplement", "补充协议", "Supplementary agreement"
    BILL = "bill", "账单或发票", "Bill or invoice"
    PAYMENT = "payment", "付款凭证", "Proof of payment"
    ACCEPTANCE = "acceptance", "验收材料", "Acceptance"
    OTHER = "other", "其他", "Other"


class UsageSource(Labelled):
    """Who said how much was used."""

    ENTERED = "entered", "录入", "Entered"
    IMPORTED = "imported", "导入", "Imported"


class Standing(Labelled):
    """How a contract stands on a day."""

    NOT_BEGUN = "not_begun", "未开始", "Not begun"
    IN_FORCE = "in_force", "有效", "In force", "good"
    ENDS_SOON = "ends_soon", "即将到期", "Ends soon", "due-soon"
    ENDED = "ended", "已到期", "Ended", "overdue"
    RENEWED = "renewed", "已续签", "Renewed"
    STOPPED = "stopped", "提前终止", "Stopped early", "stopped"
    NOT_TOLD = "not_told", "期限未载明", "Term not told", "due-soon"


class BillState(Labelled):
    """How a bill stands on a day."""

    OPEN = "open", "待付", "To be paid"
    DUE_SOON = "due_soon", "一周内到期", "Due within a week", "due-soon"
    OVERDUE = "overdue", "逾期未付", "Overdue", "overdue"
    PAID = "paid", "按期付款", "Paid in time", "good"
    PAID_LATE = "paid_late", "逾期付款", "Paid late", "due-soon"
    VOID = "void", "作废", "Void", "stopped"


class Match(Labelled):
    """What holding a month's bills against the computed cost gave."""

    AGREES = "agrees", "相符", "Agrees", "good"
    DIFFERS = "differs", "不符", "Differs", "overdue"
    NO_BILL = "no_bill", "未收到账单", "No bill", "due-soon"
    NO_USAGE = "no_usage", "缺使用量", "Usage missing", "due-soon"
    NO_TERM = "no_term", "不在合同期内", "Outside the term", "overdue"
    UNDER_WAY = "under_way", "未到月底", "Month not over"


class Verdict(Labelled):
    """What the clerk decided on a month."""

    AGREED = "agreed", "核对无误", "Found right", "good"
    EXPLAINED = "explained", "差额已说明", "Difference explained", "good"
    DISPUTED = "disputed", "向供应商提出异议", "Disputed with the supplier", "overdue"


class Basis(Labelled):
    """What a month's cost in the year's forecast rests on."""

    ACTUAL = "actual", "实际使用量", "Actual use", "good"
    AGREED = "agreed", "约定数量", "As agreed"
    EXPECTED = "expected", "按以往推算", "Expected from the past"
    NO_DATA = "no_data", "没有使用记录", "No record of use", "due-soon"


class ContractVerb(Labelled):
    """What was done to a contract, as its history calls it."""

    ENTER = "enter", "录入合同", "Contract entered"
    CORRECT = "correct", "更正合同", "Contract corrected"
    RENEW = "renew", "续签", "Renewed"
    STOP = "stop", "提前终止", "Stopped early"
    ADD_ITEM = "add_item", "增加项目", "Item added"
    CORRECT_ITEM = "correct_item", "更正项目", "Item corrected"
    REMOVE_ITEM = "remove_item", "删除项目", "Item removed"
    ENTER_USAGE = "enter_usage", "录入使用量", "Usage entered"
    ENTER_BILL = "enter_bill", "录入账单", "Bill entered"
    PAY_BILL = "pay_bill", "登记付款", "Payment noted"
    TAKE_BACK_PAYMENT = "take_back_payment", "撤销付款登记", "Payment taken back"
    VOID_BILL = "void_bill", "账单作废", "Bill made void"
    RECONCILE = "reconcile", "对账", "Reconciled"
    ADD_DOCUMENT = "add_document", "上传文件", "Document added"
    WITHDRAW_DOCUMENT = "withdraw_document", "撤下文件", "Document withdrawn"
    NOTICE_END = "notice_end", "到期提醒", "End noticed"
    SEE_NOTICE = "see_notice", "提醒已知悉", "Notice taken in"
