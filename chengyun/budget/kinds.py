"""The words of a budget: what a line, a source, a stage is called (预算法; 政府收支分类科目)."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class OrgKind(Labelled):
    """Kind of the unit; only the first two publish 机关运行经费."""

    ADMINISTRATIVE = "administrative", "行政单位", "Administrative unit"
    CIVIL_SERVICE_RULES = (
        "civil_service_rules",
        "参照公务员法管理的事业单位",
        "Institution under civil-service rules",
    )
    INSTITUTION = "institution", "事业单位", "Public institution"
    OTHER = "other", "其他单位", "Other unit"


class Edition(Labelled):
    """Whether a department or a single unit publishes."""

    DEPARTMENT = "department", "部门预算", "Department budget"
    UNIT = "unit", "单位预算", "Unit budget"


class LineKind(Labelled):
    """What the money keeps going."""

    BASIC = "basic", "基本支出", "Basic expenditure"
    PROJECT = "project", "项目支出", "Project expenditure"


class Source(Labelled):
    """Where the money comes from: the columns of table 2."""

    GRANT = "grant", "财政拨款收入", "Fiscal grant"
    OPERATIONS = "operations", "事业收入", "Operating income"
    BUSINESS = "business", "事业单位经营收入", "Business income"
    OTHER = "other", "其他收入", "Other income"


class Fund(Labelled):
    """Which of the three budgets a fiscal grant belongs to; ``NONE`` for money that is no grant."""

    GENERAL = "general", "一般公共预算", "General public budget"
    GOVERNMENT = "government_fund", "政府性基金", "Government funds"
    STATE_CAPITAL = "state_capital", "国有资本经营预算", "State capital operations"
    NONE = "none", "非财政拨款", "No fiscal grant"


class Stage(Labelled):
    """The rounds of a budget, in order (两上两下)."""

    DRAFT = "draft", "草案", "Draft"
    FIRST_UP = "first_up", "一上", "First submission"
    FIRST_DOWN = "first_down", "一下", "First ceiling", "due-soon"
    SECOND_UP = "second_up", "二上", "Second submission"
    APPROVED = "approved", "批复", "Approved", "good"
    ADJUSTED = "adjusted", "调整", "Adjusted", "due-soon"
    FINAL = "final", "决算", "Final accounts", "stopped"


class Figure(Labelled):
    """A figure that the text repeats and compares with last year; the value is its key."""

    INCOME = "income", "收入预算", "Income"
    INCOME_GRANT = "income_grant", "财政拨款收入", "Fiscal grant income"
    INCOME_OPERATIONS = "income_operations", "事业收入", "Operating income"
    INCOME_BUSINESS = "income_business", "事业单位经营收入", "Business income"
    INCOME_OTHER = "income_other", "其他收入", "Other income"
    SPENDING = "spending", "支出预算", "Expenditure"
    SPENDING_GRANT = "spending_grant", "财政拨款支出预算", "Expenditure from fiscal grant"
    GENERAL = "general", "一般公共预算拨款支出预算", "Expenditure from the general budget"
    GOVERNMENT = "government_fund", "政府性基金拨款支出预算", "Expenditure from government funds"
    STATE_CAPITAL = "state_capital", "国有资本经营预算拨款支出预算", "Expenditure from state capital"
    BASIC = "basic", "基本支出", "Basic expenditure"
    PROJECT = "project", "项目支出", "Project expenditure"
    THREE_PUBLIC = "three_public", "“三公”经费", "Three public costs"
    ABROAD = "abroad", "因公出国（境）费", "Travel abroad"
    VEHICLES = "vehicles", "公务用车购置及运行费", "Official vehicles"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费", "Purchase of vehicles"
    VEHICLE_RUNNING = "vehicle_running", "公务用车运行费", "Running of vehicles"
    RECEPTION = "reception", "公务接待费", "Receptions"
    OPERATING_COST = "operating_cost", "机关运行经费", "Operating cost of the administration"
