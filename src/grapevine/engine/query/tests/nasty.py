"""Queries and posts made by dice, of whatever has ever confused a tokeniser."""

from __future__ import annotations

from random import Random
from typing import Any

WORDS = (
    """a1 b1 kaffe sas volvo été e\u0301te\u0301 straße STRASSE ĳs ijs İstanbul i̇stanbul ﬁn fin H&M c++ c+ ++c a&b x-y o'brien å
A\u030a Å 日本 東京 ไทย กำ 👍 👍🏽 👨‍👩‍👧 🇸🇪 🇸 1️⃣ © ™ Nike™ ſ K Ω ǅ ŉ ΐ ᾳ Ꭰ ꭰ a\u00adb a\u200db co\u200bop #tag #täg1 #1 @sas @volvo.bsky.social
@a_b-c. info@sas.se @x@y.z https://volvo.com/x?y=1 www.sas.se http://ÅÄÖ.se/ö https://x.y:80/a ftp://volvo.com volvo.com &amp; _u_ a_b 1.5
٣ ² ① Ⅷ ａｂ 𝐒𝐀𝐒 ß ẞ 한국 삼성 \u0301x x\u0301\u0302 ‼️ ☕ ☕️ a\u0000b \ufffd क्षि א ــ لا ﷺ ᵃ ª µ ﬀi ŀl l·l ſt kaffe:s ’n rock’n’roll 😀😀 #日本
#a#b ##x &#1a @ # http:// https://[x]/ 𓀀""".split()
    + ["a" * 300]
)
FIELDS = """lang:sv lang:no country:se type:post has:link has:emoji has:question has:hashtag has:mention has:title has:author has:image
author:sas author:vol* source:kaffe site:volvo.com url:volvo.com/x url:sas links:volvo.com""".split()
VALUES = {
    "author": ["@SAS", "volvo.bsky.social", "Å", "anna"],
    "author_name": ["Volvo Cars", "sas", "日本 東京"],
    "lang": ["sv-SE", "nb", "no", "SV"],
    "country": ["SE", "dk"],
    "source": ["Kaffe forum", "sas"],
    "type": ["post", "Review"],
    "site": ["volvo.com", "www.SAS.se"],
    "url": [
        "https://volvo.com/x/1",
        "http://sas.se",
        "x.y",
        "https://ÅÄÖ.se",
        "http://a@volvo.com/x",
        "http://[::1",
    ],
}
BETWEEN = " |  |, |. |-||'|’|\n|\t|_|/|: |…|&| & |+|\u200b|\u00a0|\u3000|?|!|(|)|\r\n|.".split("|")
LISTS = ("links", "media", "hashtags", "mentions")


class Dice:
    """Makes queries and posts."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def word(self) -> str:
        return self.rng.choice(WORDS)

    def _asked(self) -> str:
        word, chance = self.word(), self.rng.random()
        if chance < 0.15:
            return word + "*"
        if chance < 0.25 and len(word) > 2:
            place = self.rng.randrange(1, len(word))
            return word[:place] + "?" + word[place + 1 :]
        return word

    def _part(self, depth: int) -> str:
        rng, chance = self.rng, self.rng.random()
        if chance < 0.45 or depth > 3:
            return self._asked()
        if chance < 0.6:
            tilde = f"~{rng.randint(0, 3)}" if rng.random() < 0.3 else ""
            return '"' + " ".join(self._asked() for _ in range(rng.randint(1, 3))) + f'"{tilde}'
        if chance < 0.68:
            return "{" + self.word() + "}"
        if chance < 0.75:
            return rng.choice(["#", "@", "hashtag:", "mention:", "raw:"]) + self.word().lstrip("#@")
        if chance < 0.83:
            own = [f"{name}:{self.word()}" for name in ("url", "links", "site", "author", "source")]
            return rng.choice(FIELDS + own)
        if chance < 0.88:
            inside = f"({self.query(depth + 1)})" if rng.random() < 0.5 else self._asked()
            return rng.choice(["title:", "text:"]) + inside
        return f"({self.query(depth + 1)})" + (f"~{rng.randint(0, 3)}" if rng.random() < 0.1 else "")

    def _near(self, depth: int) -> str:
        said = self._part(depth)
        while self.rng.random() < 0.2:
            reach = self.rng.choice(["", "/0", "/1", "/3", "/2f", "/99"])
            said += f" {self.rng.choice(['NEAR', 'ONEAR'])}{reach} {self._part(depth)}"
        return (self.rng.choice(["NOT ", "-"]) if self.rng.random() < 0.15 else "") + said

    def query(self, depth: int = 0) -> str:
        operator = self.rng.choice([" ", " OR ", " AND ", " NOT "])
        return operator.join(self._near(depth) for _ in range(self.rng.randint(1, 3)))

    def text(self, most: int = 12) -> str:
        return "".join(self.word() + self.rng.choice(BETWEEN) for _ in range(self.rng.randint(0, most)))

    def post(self) -> dict[str, Any]:
        rng = self.rng
        made: dict[str, Any] = {"text": self.text()}
        if rng.random() < 0.4:
            made["title"] = self.text(4)
        for name, values in VALUES.items():
            if rng.random() < 0.3:
                made[name] = rng.choice(values) if rng.random() < 0.7 else self.word()
        for name in LISTS:
            if rng.random() < 0.2:
                made[name] = (self.word(), rng.choice(["https://volvo.com/x", "image", "#Kaffe", "@SAS"]))
        return made


def columns(posts: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The posts field by field."""
    names = ["text", "title", *VALUES, *LISTS]
    return {name: [post.get(name, () if name in LISTS else "") for post in posts] for name in names}
