"""Tables of this part: articles of the knowledge base with everything that was ever written and done to them."""

from __future__ import annotations

from django.db import models

from chengyun.cases.models import Case
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import Person, Unit


class VersionState(Labelled):
    """Where a version of an article stands."""

    DRAFT = "draft", "草稿", "Draft"
    SUBMITTED = "submitted", "待审", "Submitted", "due-soon"
    REFUSED = "refused", "退回修改", "Sent back", "due-soon"
    PUBLISHED = "published", "已发布", "Published", "good"
    REPLACED = "replaced", "已被新版替代", "Replaced", "stopped"
    WITHDRAWN = "withdrawn", "已撤下", "Withdrawn", "stopped"


class ArticleVerb(Labelled):
    """What was done to an article."""

    WRITE = "write", "写稿", "Wrote"
    SUBMIT = "submit", "送审", "Submitted"
    PUBLISH = "publish", "发布", "Published", "good"
    REFUSE = "refuse", "退回修改", "Sent back", "due-soon"
    WITHDRAW = "withdraw", "撤下", "Withdrew", "stopped"
    REVIEW = "review", "复核", "Reviewed"


class UseKind(Labelled):
    """What an article was good for."""

    USED = "used", "用于答复", "Used in an answer", "good"
    HELPED = "helped", "有帮助", "Helped", "good"
    NOT_HELPED = "not_helped", "没帮上", "Did not help", "due-soon"


class KnowledgeCategory(models.Model):
    """A shelf of the knowledge base. ``catalogue_key`` is the class of appeals that belongs to it."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=40)
    catalogue_key = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """An article: what is in force of it. Its words are in its versions.

    ``current`` is the published version, None before the first and after a withdrawal; title, category, owner and
    dates repeat that version (or the newest draft, while there is none), so that lists need no join.
    """

    title = models.CharField(max_length=100)
    category = models.ForeignKey(KnowledgeCategory, on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    current = models.ForeignKey("ArticleVersion", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    review_due = models.DateField(null=True)
    rehearsal = models.BooleanField(default=False)  # 演练数据
    made_at = models.DateTimeField()
    import_key = models.CharField(max_length=60, null=True, unique=True)  # 编号 in the file it came from

    class Meta:
        indexes = [
            models.Index(fields=["review_due"], name="article_review_due"),
            models.Index(fields=["category", "title"], name="article_category"),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(models.Model):
    """What an article said at one time. Its words never change; a correction is another version."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions", db_index=False)
    no = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    questions = models.TextField(blank=True)  # 常见问法, one a line
    answer = models.TextField()  # 答复口径: can be read out or sent as it is
    details = models.TextField(blank=True)  # 详细说明, for the operator
    basis = models.CharField(max_length=300, blank=True)  # 依据
    keywords = models.CharField(max_length=200, blank=True)
    category = models.ForeignKey(KnowledgeCategory, on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=VersionState.choices(), default=VersionState.DRAFT)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=60)
    written_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "no"], name="article_version_once")]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(state="submitted"), name="article_version_submitted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.no}"

    @property
    def state_seen(self) -> VersionState:
        """The state with its label and meaning."""
        return VersionState(self.state)


class ArticleStep(models.Model):
    """Who did what to an article, when and why. Rows are appended only."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="steps")
    version = models.ForeignKey(ArticleVersion, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12, choices=ArticleVerb.choices())
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    why = models.CharField(max_length=300, blank=True)

    @property
    def verb_seen(self) -> ArticleVerb:
        """The verb with its label."""
        return ArticleVerb(self.verb)


class ArticleToken(models.Model):
    """The search index: a pair of characters, word or number of a published article, and how much it weighs."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "article"], name="article_token_once")]


class ArticleUse(models.Model):
    """A version answered somebody, or was said to help or not. Rows are appended only."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField(max_length=12, choices=UseKind.choices())
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="article_uses")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField(null=True, unique=True)  # a repeated click makes no second row

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "case"],
                condition=models.Q(case__isnull=False),
                name="article_use_once_a_case",
            )
        ]


class UnansweredSearch(models.Model):
    """Words for which nothing helpful was found, masked: where editors see what is missing."""

    text = models.CharField(max_length=200, unique=True)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["-times"], condition=models.Q(settled_at__isnull=True), name="unanswered_open"
            )
        ]
