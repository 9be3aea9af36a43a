"""What the surroundings may set, typed: a bad value stops the start with a clear sentence."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Read from variables named ``CHENGYUN_…``; see docs/handbook/administrator.md for the list."""

    model_config = SettingsConfigDict(env_prefix="CHENGYUN_", extra="ignore")

    data: Path = Path("var")
    database_url: str = ""
    secret_key: str = Field(default="", repr=False)
    hosts: str = "127.0.0.1,localhost,[::1]"
    bind: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    https: bool = False  # a proxy before us speaks TLS
    trusted_proxies: str = "127.0.0.1,::1"
    debug: bool = False
    demo: bool = False  # the log-in page offers the rehearsal accounts
    language: Literal["zh-hans", "en"] = "zh-hans"
    district: str = Field(default="310113", pattern=r"^\d{6}$")
    tile_url: str = ""
    tile_attribution: str = ""
    session_minutes: int = Field(default=30, ge=5, le=24 * 60)
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=2, ge=1, le=64)

    @field_validator("tile_url")
    @classmethod
    def tile_address_has_places(cls, value: str) -> str:
        if value and not all(part in value for part in ("{x}", "{y}", "{z}")):
            raise ValueError("CHENGYUN_TILE_URL must hold {x}, {y} and {z}")
        return value

    def folder(self, name: str) -> Path:
        """A folder under the data folder, made if it is not there; only its owner may read it."""
        path = self.data.resolve() / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def secret(self) -> str:
        """The signing key: from the surroundings, else made once and kept in the data folder."""
        if self.secret_key:
            return self.secret_key
        path = self.folder("") / "secret_key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        return path.read_text(encoding="ascii").strip()


environment = Environment()
