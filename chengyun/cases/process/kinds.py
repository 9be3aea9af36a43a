"""Kinds of case and the small vocabularies that verbs ask for."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class Kind(Labelled):
    """What a case is; each kind has its own process."""

    HOTLINE = "hotline", "热线工单", "Hotline order"
    GRID = "grid", "网格案件", "Grid case"


class Outcome(Labelled):
    """What came of it (处理结果)."""

    SOLVED = "solved", "实际解决", "Solved"
    EXPLAINED = "explained", "解释说明", "Explained"
    UNSOLVED = "unsolved", "未解决", "Not solved"


class Finding(Labelled):
    """Whether the facts are as told (事实认定)."""

    TRUE = "true", "属实", "True"
    PARTLY = "partly", "部分属实", "Partly true"
    FALSE = "false", "不属实", "Not true"


class Demand(Labelled):
    """Whether the demand is reasonable (诉求认定)."""

    REASONABLE = "reasonable", "合理", "Reasonable"
    UNREASONABLE = "unreasonable", "不合理", "Unreasonable"
    UNLAWFUL = "unlawful", "不合法", "Unlawful"


class Reached(Labelled):
    """Whether the caller was reached."""

    YES = "yes", "已联系", "Reached"
    NO = "no", "未联系上", "Not reached"
    NOT_NEEDED = "not_needed", "无需联系", "Not needed"


class Satisfaction(Labelled):
    """Grades of the callback (好差评), and what is said when nobody answers."""

    VERY_SATISFIED = "very_satisfied", "非常满意", "Very satisfied"
    SATISFIED = "satisfied", "满意", "Satisfied"
    FAIR = "fair", "基本满意", "Fairly satisfied"
    AVERAGE = "average", "一般", "Average"
    DISSATISFIED = "dissatisfied", "不满意", "Dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意", "Very dissatisfied"
    UNREACHED = "unreached", "未接通", "Not reached"


DISSATISFIED = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)
GRADES = tuple(one for one in Satisfaction if one is not Satisfaction.UNREACHED)


class Way(Labelled):
    """How the citizen said what they think of it."""

    PHONE = "phone", "电话回访", "Telephone"
    SMS = "sms", "短信评价", "Text message"
    WEB = "web", "网上评价", "Web page"


class NoAnswer(Labelled):
    """Why a call came to nothing."""

    RANG_OUT = "rang_out", "无人接听", "Nobody answered"
    BUSY = "busy", "占线", "Busy"
    SWITCHED_OFF = "switched_off", "关机或不在服务区", "Switched off"
    WRONG_NUMBER = "wrong_number", "空号或错号", "Wrong number"
    HUNG_UP = "hung_up", "接通后挂断", "Hung up"


class Standing(Labelled):
    """What the unit says of the citizen's mood when it answers (市民满意度)."""

    SATISFIED = "satisfied", "满意", "Satisfied"
    FAIR = "fair", "基本满意", "Fairly satisfied"
    AVERAGE = "average", "一般", "Average"
    DISSATISFIED = "dissatisfied", "不满意", "Dissatisfied"
    UNKNOWN = "unknown", "未表态", "Did not say"


class Complaint(Labelled):
    """Why the citizen is not satisfied (不满意原因)."""

    RESULT = "result", "结果不满意", "The result"
    SLOW = "slow", "办理太慢", "Too slow"
    MANNER = "manner", "态度问题", "Manner"
    UNCLEAR = "unclear", "答复不清楚", "Unclear reply"
    BEYOND = "beyond", "诉求超出政策", "Beyond the rules"
    OTHER = "other", "其他", "Other"


class Responsibility(Labelled):
    """Whose duty it turned out to be (责任判断)."""

    OURS = "ours", "本单位职责", "This unit's"
    SHARED = "shared", "多部门共同职责", "Shared"
    OTHERS = "others", "其他单位职责", "Another unit's"
    PRIVATE = "private", "当事人自行解决", "The parties' own"
    UNCLEAR = "unclear", "职责不清，建议明确", "Unclear"


class ReplyMethod(Labelled):
    """How the citizen was told (答复方式)."""

    PHONE = "phone", "电话", "Telephone"
    VISIT = "visit", "上门或面谈", "In person"
    SMS = "sms", "短信", "Text message"
    LETTER = "letter", "书面", "In writing"
    ONLINE = "online", "网上", "Online"


class IllegalStructure(Labelled):
    """Kinds of illegal structure (违法建筑类型)."""

    BUILDING_NOW = "building_now", "正在搭建", "Being built"
    ROOF = "roof", "屋顶、露台搭建", "On a roof or terrace"
    YARD = "yard", "天井、院落搭建", "In a yard"
    BEARING_WALL = "bearing_wall", "破坏承重结构", "Bearing wall damaged"
    DOOR_IN_WALL = "door_in_wall", "破墙开门窗", "Door or window broken through"
    STANDING = "standing", "存量违建", "Built earlier"


class GroupRenting(Labelled):
    """Kinds of group renting (群租类型)."""

    PARTITIONED = "partitioned", "改变房屋结构分隔出租", "Partitioned"
    BY_BED = "by_bed", "按床位出租", "Let by the bed"
    CROWDED = "crowded", "人均面积低于规定", "Too crowded"
    LIVING_IN_OTHER = "living_in_other", "厨卫阳台等出租居住", "Kitchens or balconies let"


class Decision(Labelled):
    """An answer to a request."""

    GRANT = "grant", "同意", "Grant"
    REFUSE = "refuse", "不同意", "Refuse"


class Presence(Labelled):
    """What a verification on the spot found (核实)."""

    FOUND = "found", "问题存在", "The problem is there"
    NOT_FOUND = "not_found", "未发现问题", "The problem is not there"


class EmergencyLine(Labelled):
    """Lines outside the hotline that answer emergencies (国办发〔2020〕53号)."""

    POLICE = "110", "110 公安报警", "110 police"
    FIRE = "119", "119 消防救援", "119 fire and rescue"
    AMBULANCE = "120", "120 医疗急救", "120 ambulance"
    TRAFFIC = "122", "122 交通事故", "122 traffic accidents"
