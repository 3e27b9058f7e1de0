"""What a mapping has to stand: raw items that are none."""

from __future__ import annotations

import random
from typing import Any

import msgspec


def of(raws: list[bytes], rng: random.Random) -> list[bytes]:
    """Raw items cut, bent and swapped about, and things that never were one."""
    made = [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        b"\xff\xfe\x00",
        b"{" * 2_000,
        b"[" * 200_000,
        b'{"id": 1e999}',
    ]
    for raw in raws:
        made.append(raw[: rng.randrange(len(raw))])
        bent = bytearray(raw)
        for _ in range(3):
            bent[rng.randrange(len(bent))] = rng.randrange(256)
        made.append(bytes(bent))
        try:
            item = msgspec.json.decode(raw)
        except msgspec.DecodeError:
            continue
        if isinstance(item, dict):
            odd: tuple[Any, ...] = (
                None,
                5,
                -1.5,
                [],
                {},
                ["x"],
                {"rendered": None},
                "0000-00-00",
                "x" * 5_000_000,
            )
            for key in item:
                made.append(msgspec.json.encode({**item, key: rng.choice(odd)}))
                made.append(msgspec.json.encode({name: item[name] for name in item if name != key}))
    return made
