"""The fixed part of the demo: three invented brands, where people talk about them, and what we listen for.

Hassel is an ordinary word (hazel) in Swedish and Danish, the beginning of a town in Dutch and a common misspelling
in English, so that a watch without NOT catches hay fever and motorway jams.
"""

from __future__ import annotations

from grapevine.home.demo.shapes import Brand, SavedFilter, Source, Watch

COUNTRIES = {"sv": "SE", "da": "DK", "nl": "NL", "en": "GB"}
HASSEL, KOBBE, DAGKOP = "hassel", "kobbe", "dagkop"

BRANDS = (
    Brand(
        key=HASSEL,
        name="Hassel",
        ours=True,
        description="Coffee roaster from Norrköping, founded 1987: shops and a webshop in Sweden, Denmark, "
        "the Netherlands and the United Kingdom.",
        site="hassel.example",
        handles={"sv": "hasselkaffe", "da": "hassel_dk", "nl": "hassel_nl", "en": "hassel_uk"},
        forms={"Hassel": 74, "hassel": 9, "Hassel Kaffe": 5, "HASSEL": 1, "Hasel": 0.7, "@": 10},
        things={
            "bean": ("Kajkant", "Dimma", "Nattskift", "Lillebror"),
            "grinder": ("Kvista",),
            "caps": ("Löv",),
        },
    ),
    Brand(
        key=KOBBE,
        name="Kobbe & Kvarn",
        ours=False,
        description="Coffee bars from Stockholm with their own roastery, now abroad too; well liked, not cheap.",
        site="kobbekvarn.example",
        handles={"sv": "kobbekvarn", "da": "kobbekvarn", "nl": "kobbekvarn", "en": "kobbekvarn"},
        forms={"Kobbe & Kvarn": 48, "Kobbe": 22, "kobbe": 5, "Kobbe och Kvarn": 6, "K&K": 6, "@": 10},
        things={"bean": ("Fyrvakten", "Skuta", "Babord"), "grinder": ("Svarven",)},
    ),
    Brand(
        key=DAGKOP,
        name="Dagkop",
        ours=False,
        description="Danish and Dutch, known for low prices: coffee by post, capsules, and small bars by the stations.",
        site="dagkop.example",
        handles={"sv": "dagkop", "da": "dagkop", "nl": "dagkop_nl", "en": "dagkop"},
        forms={"Dagkop": 76, "dagkop": 10, "DagKop": 3, "@": 10},
        things={"bean": ("Hverdag", "Nummer 3", "Aftenro"), "caps": ("Klik",)},
    ),
)
BY_KEY = {brand.key: brand for brand in BRANDS}

_NOT_HASSLE = (
    'hasseln* OR "such a hassel" OR "what a hassel" OR "no hassel" OR "any hassel" OR "much hassel" OR '
    '"this hassel" OR "the hassel asking" OR "hassel free" OR "hassel me" OR "worth the hassel"'
)
_NOT_HAZEL = (
    f"{_NOT_HASSLE} OR hasselback* OR hasselbagt* OR hasselmus* OR hasselbusk* OR hasselt* OR hasselbraam OR hasselaar "
    "OR pollen* OR allergitest* OR stickling* OR stikling* OR spjälstaket* OR hegn OR slagruta OR ønskekvist OR "
    '"hassel og el" OR "lärare hassel" OR "lærer hassel" OR "mevrouw van hassel" OR "meester van hassel" OR '
    '"mr hassel"'
)
WATCHES = (
    Watch("hassel-name", HASSEL, "Hassel by name", f"(hassel* OR @hassel*) NOT ({_NOT_HAZEL})"),
    Watch(
        "hassel-trouble",
        HASSEL,
        "Hassel: late or broken",
        "(hassel OR hassels OR hasselkaffe OR @hassel*) AND (leverans* OR levering* OR paket* OR pakke* OR pakket OR "
        "bezorg* OR parcel* OR courier OR försena* OR forsinke* OR trasig* OR sönder OR reparation OR garanti* OR "
        f"kapot OR reparatie OR warranty OR repair OR E3) NOT ({_NOT_HASSLE})",
    ),
    Watch(
        "hassel-capsules",
        HASSEL,
        "Hassel: the capsules",
        "#kapselgate OR ((hassel* OR löv) AND (kapsl* OR kapsel* OR capsule* OR cup OR cups OR pod OR pods) AND "
        "(kompost* OR komposter* OR compost* OR composteer*))",
    ),
    Watch(
        "hassel-neighbours",
        HASSEL,
        "Hassel: bring a neighbour",
        "#hasselcup OR grannkoppen OR nabokoppen OR burenbakkie OR neighbourcup OR "
        "(hassel NEAR/8 (granne* OR nabo OR naboer OR buur OR buren OR neighbour*))",
    ),
    Watch(
        "hassel-leaving",
        HASSEL,
        "Hassel: coming and going",
        "((hassel NEAR/10 (säger OR avslutat OR lämna OR byter OR bytte OR opsiger OR opsagt OR skifter OR skiftede OR "
        "opgezegd OR overstappen OR cancel* OR moving OR moved OR swapping)) OR (hassel AND (kobbe* OR dagkop*))) "
        f"NOT ({_NOT_HASSLE})",
    ),
    Watch(
        "hassel-products",
        HASSEL,
        "Hassel: beans and grinder by name",
        "kajkant OR nattskift OR (kvista AND (kvarn* OR kværn* OR molen* OR grind* OR malning OR maling OR maler OR maalt)) OR "
        "((dimma OR lillebror) NEAR/10 (hassel* OR kaffe* OR koffie* OR coffee OR bönor OR bønner OR bonen OR beans))",
    ),
    Watch(
        "kobbe-name", KOBBE, "Kobbe & Kvarn by name", "kobbe* OR @kobbekvarn* OR (kobbe NEAR/2 kvarn*) OR K&K"
    ),
    Watch(
        "kobbe-shops",
        KOBBE,
        "Kobbe & Kvarn: in the shops",
        "(kobbe* OR K&K) AND (barista* OR kö OR personal* OR kassa* OR butik* OR winkel* OR shop OR service OR "
        "latte OR cortado OR bulle* OR bullar OR kundtjänst OR toalett* OR skylt OR provsmakning*)",
    ),
    Watch(
        "kobbe-products",
        KOBBE,
        "Kobbe & Kvarn: products",
        "fyrvakten OR (svarven AND (kvarn* OR kværn* OR molen OR grinder)) OR ((skuta OR babord) NEAR/10 kobbe*)",
    ),
    Watch("dagkop-name", DAGKOP, "Dagkop by name", "dagkop* OR @dagkop*"),
    Watch(
        "dagkop-price",
        DAGKOP,
        "Dagkop: price and subscription",
        "dagkop* AND (pris* OR prijs* OR price* OR billig* OR goedkoper OR cheaper OR abonne* OR prenumer* OR "
        'subscription* OR "gratis fragt" OR verzend* OR postage)',
    ),
    Watch(
        "dagkop-capsules",
        DAGKOP,
        "Dagkop: Klik capsules",
        "dagkop* NEAR/10 (klik OR kaps* OR cups OR capsule*)",
    ),
)

SOCIAL, FORUM, REVIEWS, BLOG, NEWS, SUPPORT = (
    "torget",
    "kaffeforum",
    "omdome",
    "hasselblogg",
    "nyheter",
    "support",
)
SOURCES = (
    Source(
        SOCIAL,
        "Torget (short posts)",
        "file",
        "https://torget.example/",
        "Public posts from the platform's own export; deletions are followed on the next import.",
        365,
    ),
    Source(
        FORUM,
        "Kaffeforum Norden",
        "feed",
        "https://forum.koppar.example/feed",
        "Public feed of the forum, offered for reading by software.",
        730,
    ),
    Source(
        REVIEWS,
        "Omdöme (reviews)",
        "file",
        "https://omdome.example/",
        "Monthly export to companies that are reviewed; names as the reviewers chose them.",
        730,
    ),
    Source(
        BLOG,
        "Hassel's blog",
        "wordpress",
        "https://blogg.hassel.example/",
        "Our own blog: posts and approved comments.",
        1825,
    ),
    Source(
        NEWS,
        "Trade press and food blogs",
        "feed",
        "https://bonbladet.example/feed",
        "Public feeds; headline, beginning and link only where the publisher says so.",
        1825,
    ),
    Source(
        SUPPORT,
        "Support channel",
        "file",
        "https://torget.example/@hasselkaffe",
        "Our own support conversations, exported by us.",
        365,
    ),
)
NEWS_SITES = {
    "sv": ("bonbladet.example", "kaffetidningen.example", "ostgotaposten.example", "matochmugg.example"),
    "da": ("kaffeavisen.example", "handelsnyt.example", "smagogskik.example"),
    "nl": ("koffiekrant.example", "winkelnieuws.example", "lekkerlandje.example"),
    "en": ("roastreport.example", "highstreetdaily.example", "crumbsandco.example"),
}
FILTERS = (
    SavedFilter("Danish complaints about us", {"brand": HASSEL, "language": "da", "watch": "hassel-trouble"}),
    SavedFilter("The capsules", {"watch": "hassel-capsules"}),
    SavedFilter("Neighbours and coffee", {"watch": "hassel-neighbours"}),
    SavedFilter("Coming and going", {"watch": "hassel-leaving"}),
    SavedFilter("Dutch talk about Dagkop", {"brand": DAGKOP, "language": "nl"}),
    SavedFilter("Reviews of Kobbe & Kvarn", {"brand": KOBBE, "source": REVIEWS}),
)
