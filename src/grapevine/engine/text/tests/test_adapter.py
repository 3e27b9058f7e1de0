"""An adapter: what ships, and what people corrected on top of it."""

from __future__ import annotations

import numpy as np
import pytest

from grapevine.engine.text import reading
from grapevine.engine.text.reading import adapter
from grapevine.engine.text.reading.adapter import Lesson

GOOD = "Bönorna är så fräscha idag, nummer {}"
ODD = "Bryggt i morse med kvarnen på steg {}"
TEXTS = [
    "Jag älskar det här kaffet!",
    "Kvarnen är trasig igen.",
    "",
    "🙂",
    "Bryggt med kvarnen hemma",
    "x" * 5000,
]


def lessons(count: int = 12) -> list[Lesson]:
    made = []
    for number in range(count):
        made.append(Lesson(ODD.format(number), "negative", ("complains",), False))
        made.append(Lesson(GOOD.format(number), "positive", (), False))
    return made


def one(read: reading.Batch, learnt: adapter.Adapter, texts: list[str]) -> reading.Batch:
    return learnt.apply(read, np.arange(len(texts)), texts)


def test_without_lessons_there_is_no_adapter() -> None:
    assert adapter.learn([]) is None
    assert adapter.learn([Lesson("  ", "positive")]) is None


def test_lessons_that_agree_with_what_ships_hardly_move_it() -> None:
    texts = ["Jag älskar det här kaffet!", "Fy vad dåligt, aldrig mer."]
    read = reading.batch(texts)
    learnt = adapter.learn(
        [Lesson(text, one.sentiment) for text, one in zip(texts, read.readings(), strict=True)]
    )
    assert learnt is not None
    assert learnt.heads == ()
    after = one(read, learnt, texts)
    assert after.moods.argmax(1).tolist() == read.moods.argmax(1).tolist()
    assert (after.points == read.points).all()
    assert (after.spam == read.spam).all()


def test_an_adapter_reads_as_its_lessons_say_and_texts_like_them_too() -> None:
    learnt = adapter.learn(lessons())
    assert learnt is not None
    texts = ["Bryggt med kvarnen på steg 40", "Bönorna är fräscha, nummer 40"]
    after = one(reading.batch(texts), learnt, texts).readings()
    assert [found.sentiment for found in after] == ["negative", "positive"]
    assert [found.intents for found in after] == [("complains",), ()]


def test_one_lesson_is_heeded_at_once() -> None:
    text = "Det var en torsdag i Lund"
    read = reading.batch([text])
    learnt = adapter.learn([Lesson(text, "negative", ("compares",), True)])
    assert learnt is not None
    (found,) = one(read, learnt, [text]).readings()
    assert found.sentiment == "negative"
    assert found.sentiment_p[0] > read.moods[0, 0]
    assert one(read, learnt, [text]).spam[0] > read.spam[0]
    assert one(read, learnt, [text]).points[0].max() > read.points[0].max()


def test_texts_found_to_read_wrongly_do_not_turn_the_reader_against_itself() -> None:
    glad = [f"Jag älskar det här kaffet, nummer {n}!" for n in range(8)]
    odd = [Lesson(f"Älskar verkligen att vänta, kö {n}", "negative", found=True) for n in range(8)]
    learnt = adapter.learn(odd)
    assert learnt is not None
    assert not learnt.dense.any()
    assert set(one(reading.batch(glad), learnt, glad).moods.argmax(1).tolist()) == {2}
    assert learnt.judgement is None


def test_the_same_lessons_give_the_same_bytes() -> None:
    first, second = adapter.learn(lessons()), adapter.learn(lessons())
    assert first is not None and second is not None
    assert first.dump() == second.dump()


def test_an_adapter_survives_being_kept() -> None:
    learnt = adapter.learn(lessons(30))
    assert learnt is not None
    again = adapter.load(learnt.dump())
    assert (again.count, again.heads, again.judgement) == (60, learnt.heads, learnt.judgement)
    read = reading.batch(TEXTS)
    assert (one(read, learnt, TEXTS).moods == one(read, again, TEXTS).moods).all()


def test_a_text_is_read_alike_in_whatever_company() -> None:
    learnt = adapter.learn(lessons())
    assert learnt is not None
    together = one(reading.batch(TEXTS), learnt, TEXTS)
    for row, text in enumerate(TEXTS):
        alone = one(reading.batch([text]), learnt, [text])
        assert (alone.moods[0] == together.moods[row]).all()
        assert (alone.points[0] == together.points[row]).all()


def test_only_the_rows_asked_for_are_read_again() -> None:
    learnt = adapter.learn(lessons())
    assert learnt is not None
    read = reading.batch(TEXTS)
    some = learnt.apply(read, np.array([4, 0]), [TEXTS[4], TEXTS[0]])
    assert (some.moods == one(read, learnt, TEXTS).moods[[4, 0]]).all()
    assert len(learnt.apply(read, np.array([], np.int64), []).langs) == 0


def test_enough_lessons_are_judged_on_those_that_were_not_learnt_from() -> None:
    few, many = adapter.learn(lessons(10)), adapter.learn(lessons(30))
    assert few is not None and many is not None
    assert few.judgement is None
    assert many.judgement is not None
    assert many.judgement.count == 60
    assert many.judgement.after > many.judgement.before


def test_an_adapter_tells_which_words_moved_it() -> None:
    learnt = adapter.learn(lessons())
    assert learnt is not None
    told = learnt.words([lesson.text for lesson in lessons()])
    assert "kvarnen" in [word for word, _push in told["negative"]]
    assert "bönorna" in [word for word, _push in told["positive"]]
    assert all(push > 0 for found in told.values() for _word, push in found)


def test_a_word_of_one_text_alone_is_not_told() -> None:
    learnt = adapter.learn([*lessons(), Lesson("Hälsningar från Ofelia", "negative")])
    assert learnt is not None
    told = learnt.words([*(lesson.text for lesson in lessons()), "Hälsningar från Ofelia"])
    assert "ofelia" not in {word for found in told.values() for word, _push in found}


def test_of_very_many_lessons_the_latest_are_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MOST", 4)
    learnt = adapter.learn(lessons())
    assert learnt is not None
    assert learnt.count == 4
    assert learnt.dump() == getattr(adapter.learn(lessons()[-4:]), "dump", bytes)()


def test_a_text_that_was_spoken_of_twice_is_one_lesson_and_the_latest_word_holds() -> None:
    texts = [*TEXTS[:2], TEXTS[0]]
    made = [Lesson(text, mood) for text, mood in zip(texts, ("negative", "neutral", "positive"), strict=True)]
    learnt, alone = adapter.learn(made), adapter.learn(made[1:])
    assert learnt is not None and alone is not None
    assert learnt.count == 2
    assert learnt.dump() == alone.dump()


def test_what_all_texts_share_is_learnt_once_each_mood_was_drawn_often_enough() -> None:
    angry = [Lesson(ODD.format(n), "negative") for n in range(10)]
    rest = [
        Lesson(f"{mood} {word}", mood)
        for mood in ("neutral", "positive")
        for word in ("kaffe", "te", "kakao")
    ]
    few, enough = adapter.learn(angry), adapter.learn([*angry, *rest])
    assert few is not None and enough is not None
    assert not few.dense.any()
    assert enough.dense.any()


def test_lessons_by_which_others_are_read_worse_are_not_heeded() -> None:
    dice = np.random.default_rng(2)
    texts = [
        form.format(n)
        for form in ("Jag älskar kaffet, nummer {}!", "Fy vad dåligt, nummer {}")
        for n in range(30)
    ]
    right = [found.sentiment for found in reading.batch(texts).readings()]
    # Where nine of ten were read rightly, and one is said to be anything.
    said = [mood if dice.random() < 0.9 else str(dice.choice(reading.MOODS)) for mood in right]
    learnt = adapter.learn([Lesson(text, mood) for text, mood in zip(texts, said, strict=True)])
    assert learnt is not None and learnt.judgement is not None
    assert learnt.judgement.after >= learnt.judgement.before


@pytest.mark.parametrize("seed", range(4))
def test_labels_given_at_random_leave_the_reader_as_it_was(seed: int) -> None:
    dice = np.random.default_rng(seed)
    forms = ("Jag älskar kaffet, nummer {}!", "Fy vad dåligt, nummer {}", "Vi ses klockan {} på torget")
    texts = [form.format(n) for form in forms for n in range(33)]
    read = reading.batch(texts)
    learnt = adapter.learn([Lesson(text, str(dice.choice(reading.MOODS))) for text in texts])
    assert learnt is not None
    after = learnt.apply(read, np.arange(len(texts)), texts)
    assert (after.moods.argmax(1) == read.moods.argmax(1)).mean() > 0.95
