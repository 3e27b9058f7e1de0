"""What the demo's people told, bought and were promised: noted through the memory's own actions, as a colleague would have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from grapevine.core import access, installation
from grapevine.home.demo import mailbag
from grapevine.people.actions import contact, facts, identities, memory, purchases
from grapevine.people.contracts import Order, Seen
from grapevine.people.selectors import siblings
from grapevine.sources.contracts import platforms

SHOP = "Hassel's web shop (demo)"


@dataclass(frozen=True)
class Told:
    """Something they told us: `how` says where. `on` is in days from today, `yearly` a birthday as month and day."""

    kind: str
    text: str
    how: str
    on: int | None = None
    yearly: int | None = None


@dataclass(frozen=True)
class Bought:
    """An order: what, for how much, and how many days ago."""

    order_id: str
    ago: int
    amount: str
    currency: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Known:
    """Somebody who writes to us, with what we remember. `promised` is a text and its day from today."""

    name: str
    address: str
    told: tuple[Told, ...] = ()
    bought: tuple[Bought, ...] = ()
    promised: tuple[tuple[str, int], ...] = ()
    agreed: bool = False


def _known(by: tuple[str, str], **more: object) -> Known:
    return Known(*by, **more)  # type: ignore[arg-type]


PEOPLE = (
    _known(
        mailbag.KARIN,
        told=(
            Told("family", "Dottern Elsa tar studenten", "Berättade det när hon beställde kvarnen", on=5),
            Told("preference", "Bryggkaffe, mellanrost, aldrig mörkare", "Ringde i våras"),
            Told("met", "Kaffefestivalen i Göteborg, vid vår monter", "Antecknat på plats"),
        ),
        bought=(
            Bought("48213", 9, "1299.00", "SEK", (("Kvarn Kvista", "1"), ("Kajkant 500 g", "2"))),
            Bought("46877", 61, "318.00", "SEK", (("Kajkant 500 g", "2"),)),
        ),
        agreed=True,
    ),
    _known(
        mailbag.METTE,
        told=(
            Told("preference", "Køber kaffen umalet og kværner selv", "Skrev det i en tidligere mail"),
            Told("family", "Har en hund, der hedder Bønne", "Skrev det i en tidligere mail"),
        ),
        bought=(
            Bought("48160", 4, "267.00", "DKK", (("Nattskift 250 g", "3"),)),
            Bought("47420", 33, "267.00", "DKK", (("Nattskift 250 g", "3"),)),
        ),
        promised=(("Skrive til Mette: er de tre poser kommet tørre frem?", 0),),
    ),
    _known(
        mailbag.PRIYA,
        told=(
            Told("birthday", "Her birthday", "Told us when she asked for a gift bag", yearly=1204),
            Told("preference", "Kajkant every two weeks, 500 g", "Her subscription"),
        ),
        bought=(Bought("47993", 13, "17.80", "GBP", (("Subscription: Kajkant 500 g", "1"),)),),
        promised=(("Change Priya's address as soon as she writes where and from when", 3),),
    ),
    _known(
        mailbag.JOOST,
        told=(Told("met", "Winkel in Utrecht, geholpen door Lotte", "Schreef het in zijn mail"),),
        bought=(Bought("48102", 6, "23.90", "EUR", (("Kajkant 500 g", "1"), ("Filters", "1"))),),
    ),
    _known(mailbag.SOREN, told=(Told("family", "Har en søn på ni", "Skrev det i sin idé om påfyldning"),)),
    _known(
        mailbag.LYKTAN,
        told=(
            Told("event", "Öppnar kafé i Linköping", "Skrev det i sin förfrågan", on=100),
            Told("relation", "Idris Demir äger kaféet", "Undertecknat mejlet"),
        ),
        promised=(("Förslag till Café Lyktan: 20 kilo Nattskift i veckan, med kvarn", 2),),
    ),
)


def note(*, mailbox_id: int, at: datetime) -> int:
    """Note all of it of those who wrote to the mailbox; returns the number of the shop it was bought in."""
    by, zone = access.SYSTEM, installation.zone()
    shop = purchases.add_shop(name=SHOP, by=by, at=at)
    numbers = identities.recognise(
        platform=platforms.of("mail", mailbox_id),
        authors={one.address: Seen(one.address, one.address, one.name, "", None, at, at) for one in PEOPLE},
        is_demo=True,
    )
    orders = []
    for one in PEOPLE:
        identity = siblings.reachable(numbers[one.address])
        if one.agreed:
            contact.consent(
                identity=identity, purpose="memory", way="message", given_on=at.date(), by=by, at=at
            )
        for told in (Told("name", one.name, ""), *one.told):
            facts.note(
                identity=identity,
                kind=told.kind,
                text=told.text,
                how=told.how,
                on=None if told.on is None else (at + timedelta(days=told.on)).date(),
                precision="" if told.on is None else "day",
                yearly=told.yearly,
                by=by,
                at=at,
            )
        for text, days in one.promised:
            due_on = (at.astimezone(zone) + timedelta(days=days)).date()
            memory.promise(identity=identity, text=text, due_on=due_on, owner=by, by=by, at=at)
        orders += [_order(one.address, each, at=at, zone=zone) for each in one.bought]
    purchases.receive(shop=shop, received=orders, at=at)
    return shop.pk


def _order(address: str, bought: Bought, *, at: datetime, zone: ZoneInfo) -> Order:
    day = (at.astimezone(zone) - timedelta(days=bought.ago)).date()
    return Order(
        order_id=bought.order_id,
        key_kind="email",
        key=address,
        items=bought.items,
        amount=Decimal(bought.amount),
        currency=bought.currency,
        bought_at=datetime.combine(day, time(18, 40), zone),
    )


def forget(*, shop_id: int | None, at: datetime) -> None:
    """Take the demo's shop away, with what was bought there. (Those who bought it go with the mailbox they wrote to.)"""
    if shop_id is not None:
        purchases.remove_shop(shop_id=shop_id, by=access.SYSTEM, at=at)
