"""The octets of CMPP: how one field is written and read. Big-endian throughout; pure Python.

A field has a size for each version, because 3.0 widened numbers of phones and results.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Malformed(ValueError):
    """Octets that are no CMPP packet. The text names the packet and the field."""


class Version(IntEnum):
    """The protocol's version, as CONNECT carries it."""

    V2 = 0x20
    V3 = 0x30

    @classmethod
    def spoken(cls, octet: int) -> Version | None:
        """The version of a CONNECT's octet; None if we do not speak it. 0x21 counts as 2.0: clients send both."""
        return {2: cls.V2, 3: cls.V3}.get(octet >> 4)


class Cursor:
    """Reads a body from left to right and refuses to read past its end."""

    def __init__(self, octets: bytes, packet: str) -> None:
        self._octets, self._at, self.packet = octets, 0, packet

    def take(self, count: int, field: str) -> bytes:
        left = len(self._octets) - self._at
        if count > left:
            raise Malformed(f"{self.packet}: {field} needs {count} octets, {left} are left")
        self._at += count
        return self._octets[self._at - count : self._at]

    def done(self) -> None:
        """Refuse octets after the last field."""
        left = len(self._octets) - self._at
        if left:
            raise Malformed(f"{self.packet}: {left} octets after the last field")


@dataclass(frozen=True, slots=True)
class Size:
    """Octets in version 2.0 and in 3.0; 0 where the version has no such field."""

    v2: int
    v3: int

    def of(self, version: Version) -> int:
        return self.v3 if version is Version.V3 else self.v2


def _size(v2: int, v3: int | None) -> Size:
    return Size(v2, v2 if v3 is None else v3)


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a packet: the attribute it fills and how its octets are made."""

    name: str
    size: Size

    def write(self, value: Any, version: Version) -> bytes:
        raise NotImplementedError

    def read(self, cursor: Cursor, version: Version) -> Any:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Number(Field):
    def write(self, value: Any, version: Version) -> bytes:
        size = self.size.of(version)
        if not 0 <= value < 1 << (8 * size):
            raise Malformed(f"{self.name}: {value} does not fit in {size} octets")
        return int(value).to_bytes(size, "big")

    def read(self, cursor: Cursor, version: Version) -> int:
        return int.from_bytes(cursor.take(self.size.of(version), self.name), "big")


@dataclass(frozen=True, slots=True)
class _Text(Field):
    def write(self, value: Any, version: Version) -> bytes:
        size = self.size.of(version)
        octets = _ascii(value, self.name)
        if len(octets) > size:
            raise Malformed(f"{self.name}: {value!r} is longer than {size} characters")
        return octets.ljust(size, b"\0")

    def read(self, cursor: Cursor, version: Version) -> str:
        # Some gateways leave rubbish behind the closing zero; only what stands before it counts.
        octets = cursor.take(self.size.of(version), self.name).split(b"\0", 1)[0]
        try:
            return octets.decode("ascii")
        except UnicodeDecodeError:
            raise Malformed(f"{cursor.packet}: {self.name} is not ASCII: {octets.hex()}") from None


@dataclass(frozen=True, slots=True)
class _Octets(Field):
    def write(self, value: Any, version: Version) -> bytes:
        size = self.size.of(version)
        if len(value) > size:
            raise Malformed(f"{self.name}: {len(value)} octets, {size} at most")
        return bytes(value).ljust(size, b"\0")

    def read(self, cursor: Cursor, version: Version) -> bytes:
        return cursor.take(self.size.of(version), self.name)


@dataclass(frozen=True, slots=True)
class _Phones(Field):
    """A count in one octet, then that many phones of the field's size."""

    def write(self, value: Any, version: Version) -> bytes:
        if not 1 <= len(value) <= 100:
            raise Malformed(f"{self.name}: {len(value)} receivers, 1 to 100 are allowed")
        one = _Text(self.name, self.size)
        return bytes([len(value)]) + b"".join(one.write(phone, version) for phone in value)

    def read(self, cursor: Cursor, version: Version) -> tuple[str, ...]:
        count = cursor.take(1, self.name)[0]
        if not 1 <= count <= 100:
            raise Malformed(f"{cursor.packet}: {self.name} has {count} receivers, 1 to 100 are allowed")
        one = _Text(self.name, self.size)
        return tuple(one.read(cursor, version) for _ in range(count))


@dataclass(frozen=True, slots=True)
class _Content(Field):
    """A length in one octet, then that many octets."""

    def write(self, value: Any, version: Version) -> bytes:
        if len(value) > 255:
            raise Malformed(f"{self.name}: {len(value)} octets, 255 at most")
        return bytes([len(value)]) + bytes(value)

    def read(self, cursor: Cursor, version: Version) -> bytes:
        return cursor.take(cursor.take(1, self.name)[0], self.name)


def number(name: str, v2: int = 1, v3: int | None = None) -> Field:
    """An unsigned number of so many octets."""
    return _Number(name, _size(v2, v3))


def text(name: str, v2: int, v3: int | None = None) -> Field:
    """ASCII, filled up with zeros."""
    return _Text(name, _size(v2, v3))


def octets(name: str, v2: int, v3: int | None = None) -> Field:
    """Octets as they are, filled up with zeros."""
    return _Octets(name, _size(v2, v3))


def phones(name: str, v2: int, v3: int) -> Field:
    """Receivers, their count before them."""
    return _Phones(name, _size(v2, v3))


def content(name: str) -> Field:
    """The message, its length before it."""
    return _Content(name, _size(0, 0))


def _ascii(value: str, name: str) -> bytes:
    try:
        octets_ = value.encode("ascii")
    except UnicodeEncodeError:
        raise Malformed(f"{name}: {value!r} is not ASCII") from None
    if b"\0" in octets_:
        raise Malformed(f"{name}: {value!r} holds a zero")
    return octets_
