"""Agencies, the people who work for them, and invitations."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from rules.permissions import has_perm as granted

from headstamp.web.roles import Role


class Agency(models.Model):
    """A police department, a federal office, a laboratory, a prosecutor."""

    class Kind(models.TextChoices):
        POLICE = "police", "Police department"
        FEDERAL = "federal", "Federal agency"
        SHERIFF = "sheriff", "Sheriff"
        LABORATORY = "laboratory", "Laboratory"
        PROSECUTOR = "prosecutor", "Prosecutor"
        OVERSIGHT = "oversight", "Oversight body"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("Short name", max_length=20, unique=True)
    name = models.CharField("Name", max_length=200, unique=True)
    kind = models.CharField("Kind", max_length=20, choices=Kind.choices, default=Kind.POLICE)
    ori = models.CharField("ORI", max_length=9, blank=True, help_text="Nine characters, from NCIC.")
    is_host = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people; the email address is the name they sign in with."""

    def create_user(
        self, email: str, password: str | None = None, *, role: str, agency: Agency, **fields: Any
    ) -> User:
        """Make a person; without a password nobody can sign in as them yet."""
        user = self.model(
            email=self.normalize_email(email).lower(), role=role, agency=agency, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by email address, whatever its case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """One person with one role in one agency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("Email address", unique=True)
    name = models.CharField("Name", max_length=150)
    role = models.CharField("Role", max_length=20, choices=Role.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField("May sign in", default=True)
    enabled_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def last_used_at(self) -> Any:
        """The later of the last sign-in and the time the account was enabled."""
        return max(self.last_login or self.enabled_at, self.enabled_at)

    @property
    def is_lapsed(self) -> bool:
        """Whether the account has not been used for so long that it is disabled."""
        from django.conf import settings

        return bool(
            timezone.now() - self.last_used_at > timedelta(days=settings.DISABLE_AFTER_DAYS)
        )

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Whether one of the rules grants a permission."""
        return self.is_active and bool(granted(perm, self, obj))

    def has_module_perms(self, app_label: str) -> bool:
        """Templates may ask for permissions of any app."""
        del app_label
        return self.is_active


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _expiry() -> Any:
    return timezone.now() + timedelta(days=7)


class Invitation(models.Model):
    """A link with which a person sets a password, once and within a week.

    Of the token in the link only the hash is kept: a copy of the database opens no account.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    expires_at = models.DateTimeField(default=_expiry)
    accepted_at = models.DateTimeField(null=True)

    @classmethod
    def issue(cls, user: User, *, by: User | None) -> tuple[Invitation, str]:
        """A new link: the row, and the token, which is known here and never again."""
        token = secrets.token_urlsafe(32)
        return cls.objects.create(user=user, created_by=by, token_hash=_hashed(token)), token

    @classmethod
    def of(cls, token: str) -> Invitation | None:
        """The invitation of a link."""
        found = cls.objects.select_related("user__agency")
        return found.filter(token_hash=_hashed(token)).first()

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        unused = self.accepted_at is None and timezone.now() < self.expires_at
        return unused and self.user.is_active
