"""Tables of this room, one file for each part of its work."""

from chengyun.hotline.models.exchange import (
    AnswerKind,
    CityAnswer,
    Exchange,
    ExchangeResult,
    Partner,
    PartnerKind,
    WechatMessage,
    WechatTalk,
)
from chengyun.hotline.models.imports import ImportRun, RunState, folder
from chengyun.hotline.models.knowledge import (
    Article,
    ArticleStep,
    ArticleToken,
    ArticleUse,
    ArticleVerb,
    ArticleVersion,
    KnowledgeCategory,
    UnansweredSearch,
    UseKind,
    VersionState,
)

__all__ = [
    "AnswerKind",
    "Article",
    "ArticleStep",
    "ArticleToken",
    "ArticleUse",
    "ArticleVerb",
    "ArticleVersion",
    "CityAnswer",
    "Exchange",
    "ExchangeResult",
    "ImportRun",
    "KnowledgeCategory",
    "Partner",
    "PartnerKind",
    "RunState",
    "UnansweredSearch",
    "UseKind",
    "VersionState",
    "WechatMessage",
    "WechatTalk",
    "folder",
]
