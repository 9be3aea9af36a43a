"""Units, people, posts, accounts, and who answers for what. Everything dated; nothing is deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from chengyun.geography.models import Area, Grid
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.posts import Post


class UnitKind(Labelled):
    """What a unit is."""

    CENTRE = "centre", "城运中心", "Centre"
    SECTION = "section", "科室", "Section"
    BUREAU = "bureau", "委办局", "Bureau"
    STREET = "street", "街镇", "Street or town"
    COMMUNITY = "community", "居村委", "Community"
    TEAM = "team", "处置队伍", "Handling team"


class Unit(models.Model):
    """A unit in the tree. ``path`` is the ids from the root, as in ``/1/7/30/``."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=UnitKind.choices())
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=200, blank=True, db_index=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    active = models.BooleanField(default=True)
    rehearsal = models.BooleanField(default=False)  # 演练数据

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A member of staff."""

    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    phone = models.CharField(max_length=20, blank=True)
    active = models.BooleanField(default=True)
    rehearsal = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """A person holds a post in a unit for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    post = models.CharField(max_length=20, choices=Post.choices())
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)


class Substitution(models.Model):
    """While ``absent`` is away, ``substitute`` may do what they may do; history names both."""

    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the password is hashed by Django."""

    def create_user(self, username: str, password: str, **said: Any) -> Account:
        account = self.model(username=username, **said)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What a person logs in with."""

    username = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.username


class GridDuty(models.Model):
    """Who answers for a grid: the unit that handles, and the inspector who walks it."""

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    inspector = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)


class ClassDuty(models.Model):
    """Which unit answers for a branch of a catalogue (a code or its beginning), optionally in one area."""

    catalogue = models.CharField(max_length=40)
    branch = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)  # 依据
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
