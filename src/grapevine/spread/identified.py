"""Who is meant by what a file calls somebody: a handle, an e-mail address, a number, with the platform where it is told."""

from __future__ import annotations

from collections.abc import Iterable

from grapevine.people.selectors import every, names
from grapevine.spread import finding, tie_lines

Called = tuple[str, str]
"""A name, and the platform; empty where none is told."""


def people(called: Iterable[Called]) -> dict[Called, dict[int, int]]:
    """The people meant: for the identity that stands for each, the one of theirs that is called so; several where the name alone doesn't tell.
    `mastodon/hamlet` tells the platform in the name. The same few statements however many names."""
    wanted = {one: _forms(*one) for one in called}
    plain = {name for forms in wanted.values() for name, _platform in forms}
    ids = every.by_handles(name for name in plain if not tie_lines.is_address(name))
    ids |= every.by_emails(name for name in plain if tie_lines.is_address(name))
    ids |= {name: [number] for name in plain if (number := finding.number(name)) is not None}
    channels = _channels(
        one for forms in wanted.values() for name, platform in forms if platform for one in ids.get(name, ())
    )
    found = {
        one: next(
            (
                those
                for name, platform in forms
                if (
                    those := [
                        each for each in ids.get(name, ()) if not platform or channels.get(each) == platform
                    ]
                )
            ),
            [],
        )
        for one, forms in wanted.items()
    }
    stand_ins = every.stand_ins({each for those in found.values() for each in those})
    return {
        one: {stand_ins[each]: each for each in sorted(those, reverse=True) if each in stand_ins}
        for one, those in found.items()
    }


def _forms(name: str, platform: str) -> list[Called]:
    """In which ways a name may be meant, the plainest first."""
    forms = [(name, platform.strip().casefold())]
    before, sign, after = name.partition("/")
    if sign and not platform:
        forms.append((after, before.strip().casefold()))
    return forms


def _channels(identity_ids: Iterable[int]) -> dict[int, str]:
    ids = set(identity_ids)
    return {pk: who.channel.casefold() for pk, who in names.writers(ids).items()} if ids else {}
