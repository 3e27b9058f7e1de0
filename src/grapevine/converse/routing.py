"""Who gets a thread. Pure: facts of the thread and a loaded desk in, a choice with its reasons out.

Rules are asked in their order. Team or person, and priority, are each decided by the first rule that says something of it; labels add up.
Within a team the thread goes to one of those who are there, speak the language, hold a mandate for it (where mandates are given at all) and have
room: to whom is least laden, measured by what each has said to be enough. Equals are told apart by lot; the lot is drawn from the thread's
own key, so that the same thread always finds the same person, and a preview tells the truth.

Where no rule says how much a thread matters, it is urgent where somebody's health is in danger, and high where the words tell of health, haste or a
time today, and for who complains, leaves or asks for help (urgent while there is a storm about the brand), but not for who only scolds. A rule
of one's own is asked before that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zlib import crc32

from grapevine.converse import clocks, mandate_rules
from grapevine.converse.clocks import Hours
from grapevine.converse.models.threads import Priority
from grapevine.converse.terms import Terms
from grapevine.engine import query
from grapevine.engine.text import urgency
from grapevine.listen.contracts.readings import WANT_BITS

URGENT, HIGH, NORMAL = int(Priority.URGENT), int(Priority.HIGH), int(Priority.NORMAL)
PRESSING = ("complains", "leaves", "asks_help")
"""Wishes that make a thread matter more where no rule says how much it does, and most while a brand is in a storm."""
PRESSING_BITS = sum(WANT_BITS[name] for name in PRESSING)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a thread when it opens. `mood` and `wants` are the numbers of `listen.reads`."""

    key: str
    source_id: int
    channel: str = ""  # the connector's name
    brand_id: int | None = None
    lang: str = ""
    mood: int = 0
    wants: int = 0
    title: str = ""
    text: str = ""
    priority: int = NORMAL


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule with its words read. Empty conditions ask for nothing."""

    id: int
    name: str = ""
    languages: frozenset[str] = frozenset()
    wants: int = 0  # bits, one of them
    moods: frozenset[int] = frozenset()
    brands: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    words: query.Node | None = None
    needs_mandate: bool = False
    team_id: int | None = None
    user_id: int | None = None
    priority: int | None = None
    label_id: int | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether all it asks for is so. Of mandates it knows nothing."""
        return (
            (not self.languages or facts.lang in self.languages)
            and (not self.wants or bool(self.wants & facts.wants))
            and (not self.moods or facts.mood in self.moods)
            and (not self.brands or facts.brand_id in self.brands)
            and (not self.sources or facts.source_id in self.sources)
            and (self.words is None or query.matches(self.words, _document(facts)))
        )


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who answers. No languages means that nobody asked: then any."""

    id: int
    name: str = ""
    languages: frozenset[str] = frozenset()
    max_load: int = 20
    load: int = 0
    away_until: datetime | None = None
    mandates: tuple[Terms, ...] = ()

    def is_there(self, at: datetime) -> bool:
        return self.away_until is None or self.away_until <= at

    def speaks(self, lang: str) -> bool:
        return not lang or not self.languages or lang in self.languages

    def may_answer(self, facts: mandate_rules.Facts) -> bool:
        """Whether they hold a mandate under which a reply that promises nothing would go out."""
        return any(not mandate_rules.outside(terms, facts) for terms in self.mandates)


@dataclass(frozen=True, kw_only=True)
class Crew:
    """A team with its hours and who is on call for it at the moment the desk was loaded."""

    id: int
    name: str = ""
    members: tuple[int, ...] = ()
    hours: Hours | None = None
    assigns: bool = True
    on_call: int | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All that choosing needs. `taken` counts what was given out since it was loaded: who gives out many threads says so with `took`."""

    rules: tuple[Rule, ...] = ()
    crews: Mapping[int, Crew] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    storms: frozenset[int] = frozenset()  # brands of which is talked much faster than usual
    taken: Counter[int] = field(default_factory=Counter)

    @property
    def has_mandates(self) -> bool:
        """Whether mandates are given at all. Before the first one nobody is kept from a thread for want of it."""
        return any(person.mandates for person in self.people.values())

    def took(self, choice: Choice) -> None:
        """Count a thread that was given to somebody, so that the next goes to somebody else."""
        if choice.user_id is not None:
            self.taken[choice.user_id] += 1

    def load_of(self, person: Person) -> int:
        return person.load + self.taken[person.id]


@dataclass(frozen=True)
class Reason:
    """Why it came out so, as a code with facts; `converse.explanations` has the words."""

    code: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Where a thread goes."""

    team_id: int | None = None
    user_id: int | None = None
    priority: int = NORMAL
    label_ids: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def rule_ids(self) -> list[int]:
        """The rules that had a say, in their order."""
        return [int(one.facts["rule"]) for one in self.reasons if one.code == "rule"]

    @property
    def gives(self) -> bool:
        """Whether it goes to anybody, or gets anything of a rule's: where there is neither team nor rule, nothing is given."""
        return self.team_id is not None or self.user_id is not None or bool(self.rule_ids)


def choose(facts: Facts, desk: Desk, at: datetime) -> Choice:
    """Where a thread with these facts goes."""
    who: Rule | None = None
    team: Rule | None = None
    urgency: Rule | None = None
    labels: list[int] = []
    reasons: list[Reason] = []
    for rule in desk.rules:
        if not rule.fits(facts) or (rule.needs_mandate and not _somebody_may(rule, facts, labels, desk)):
            continue
        decides = False
        if who is None and (rule.team_id in desk.crews or rule.user_id in desk.people):
            who, decides = rule, True
        # A rule that names a person only leaves the team to those after it.
        if team is None and who is not None and who.team_id not in desk.crews and rule.team_id in desk.crews:
            team, decides = rule, True
        if urgency is None and rule.priority is not None:
            urgency, decides = rule, True
        if rule.label_id is not None and rule.label_id not in labels:
            labels.append(rule.label_id)
            decides = True
        if decides:
            reasons.append(Reason("rule", {"rule": rule.id, "name": rule.name}))
    if urgency is not None and urgency.priority is not None:
        priority = urgency.priority
    else:
        priority, usual = _usual_priority(facts, desk)
        reasons += usual
    team_id, user_id, more = _who(who, team or who, facts, labels, desk, at, priority)
    return Choice(
        team_id=team_id,
        user_id=user_id,
        priority=priority,
        label_ids=tuple(labels),
        reasons=(*reasons, *more),
    )


def _usual_priority(facts: Facts, desk: Desk) -> tuple[int, list[Reason]]:
    """How much a thread matters of which no rule says it. What somebody has decided of it already stays."""
    if facts.priority != NORMAL:
        return facts.priority, []
    text = f"{facts.title}\n{facts.text}"
    why = urgency.why(text, facts.lang)
    if why == "danger":
        return URGENT, [Reason(why)]
    presses = bool(facts.wants & PRESSING_BITS) and not urgency.is_insult(facts.text, facts.lang)
    if presses and facts.brand_id in desk.storms:
        return URGENT, [Reason("pressing_in_storm")]
    if why:
        return HIGH, [Reason(why)]
    return (HIGH, [Reason("pressing")]) if presses else (NORMAL, [])


def _who(
    rule: Rule | None, team: Rule | None, facts: Facts, labels: Sequence[int], desk: Desk, at: datetime, priority: int
) -> tuple[int | None, int | None, list[Reason]]:  # fmt: skip
    """`rule` says who gets it, `team` which team: the same one, or the next that names a team."""
    reasons: list[Reason] = []
    team_id = team.team_id if team is not None and team.team_id in desk.crews else None
    if team_id is None and len(desk.crews) == 1:
        team_id = next(iter(desk.crews))
        reasons.append(Reason("only_team"))
    named = desk.people.get(rule.user_id or 0) if rule is not None else None
    if named is not None:
        if named.is_there(at):
            return team_id, named.id, reasons
        reasons.append(Reason("away", {"user": named.id, "name": named.name}))
    crew = desk.crews.get(team_id or 0)
    if crew is None:
        return None, None, reasons
    if priority == URGENT and crew.on_call in desk.people and not _there(crew, at):
        return crew.id, crew.on_call, [*reasons, Reason("on_call")]
    if not crew.assigns:
        return crew.id, None, [*reasons, Reason("team_takes")]
    chosen, reason = _one_of(crew, facts, labels, desk, at)
    return crew.id, chosen, [*reasons, reason]


def _one_of(
    crew: Crew, facts: Facts, labels: Sequence[int], desk: Desk, at: datetime
) -> tuple[int | None, Reason]:
    """Who of a team gets it, or why nobody does."""
    asked = _for_mandates(facts, labels)
    left = [desk.people[one] for one in crew.members if one in desk.people]
    for code, sieve in (
        ("nobody_there", lambda one: one.is_there(at)),
        ("nobody_speaks", lambda one: one.speaks(facts.lang)),
        ("nobody_may", lambda one: not desk.has_mandates or one.may_answer(asked)),
        ("nobody_has_room", lambda one: desk.load_of(one) < one.max_load),
    ):
        left = [one for one in left if sieve(one)]
        if not left:
            return None, Reason(code, {"lang": facts.lang})
    chosen = min(
        left,
        key=lambda one: (
            desk.load_of(one) / one.max_load,
            crc32(f"{facts.key} {one.id}".encode()),
            one.id,
        ),
    )
    return chosen.id, Reason("least_laden", {"lang": facts.lang})


def _somebody_may(rule: Rule, facts: Facts, labels: Sequence[int], desk: Desk) -> bool:
    asked = _for_mandates(facts, labels)
    if rule.user_id in desk.people:
        return desk.people[rule.user_id or 0].may_answer(asked)
    crew = desk.crews.get(rule.team_id or 0)
    of = desk.people if crew is None else crew.members
    return any(desk.people[one].may_answer(asked) for one in of if one in desk.people)


def _for_mandates(facts: Facts, labels: Sequence[int]) -> mandate_rules.Facts:
    return mandate_rules.Facts(
        source_id=facts.source_id,
        brand_id=facts.brand_id,
        lang=facts.lang,
        wants=mandate_rules.names_of(facts.wants),
        label_ids=frozenset(labels),
    )


def _there(crew: Crew, at: datetime) -> bool:
    return crew.hours is None or clocks.is_open(crew.hours, at)


def _document(facts: Facts) -> query.Document:
    return query.Document(title=facts.title, text=facts.text, lang=facts.lang)
