"""A proposal for a header never seen before: by the columns' names in our languages, then by what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grapevine.connectors.file.dates import looks_like_date
from grapevine.connectors.file.layouts import Columns, plain

# In order: of two columns that could be the same, the one named first is taken. Norwegian and German come along.
_WORDS: tuple[tuple[str, str], ...] = (
    ("external_id", "external_id id post_id tweet_id status_id comment_id message_id review_id mention_id guid uuid"),
    ("external_id", "inläggs_id inläggsid kommentar_id opslags_id opslagsid indlægs_id bericht_id berichtid nr"),
    ("text", "text full_text body content message comment tweet review review_text comment_text description post"),
    ("text", "textcontent selftext caption snippet posttext post_text freitext"),
    ("text", "inlägg inläggstext brödtext innehåll meddelande kommentar kommentartext recension omdöme fritext beskrivning"),
    ("text", "tekst opslag opslagstekst indlæg indlægstekst indhold besked beskrivelse anmeldelse brødtekst fritekst"),
    ("text", "bericht berichttekst inhoud reactie recensie beoordelingstekst omschrijving beschrijving opmerking toelichting"),
    ("text", "innlegg innhold melding omtale beitrag inhalt nachricht bewertungstext"),
    ("title", "title headline subject heading rubrik titel överskrift ämne ämnesrad ärende"),
    ("title", "overskrift emne tittel kop koptekst onderwerp betreff überschrift"),
    ("published_at", "published_at created_at date_published publish_date date created published posted_at created_utc"),
    ("published_at", "publiceringsdatum publicerad publicerat postdatum skapad skapat inlagd datum datum_och_tid datumtid"),
    ("published_at", "udgivelsesdato udgivet publiceret offentliggjort oprettet oprettelsesdato dato dato_og_tid publisert"),
    ("published_at", "publicatiedatum gepubliceerd geplaatst geplaatst_op plaatsingsdatum aangemaakt datum_en_tijd veröffentlicht"),
    ("published_at", "timestamp datetime date_time review_date created_time tweet_created tidpunkt tidspunkt tidsstämpel"),
    ("published_at", "tidsstempel tijdstip tijdstempel time tid tijd"),
    ("edited_at", "edited_at updated_at modified edited last_modified updated ändrad redigerad uppdaterad ændret redigeret"),
    ("edited_at", "opdateret gewijzigd bewerkt bijgewerkt"),
    ("author_id", "author_id user_id account_id authorid userid författar_id användar_id forfatter_id bruger_id"),
    ("author_id", "auteur_id gebruikers_id gebruiker_id"),
    ("author_name", "author_name display_name full_name real_name user_full_name visningsnamn fullständigt_namn"),
    ("author_name", "författarnamn forfatternavn visningsnavn fulde_navn auteursnaam weergavenaam volledige_naam"),
    ("author_handle", "author username user screen_name handle user_name account from by"),
    ("author_handle", "författare användare användarnamn avsändare skribent konto signatur kontonamn"),
    ("author_handle", "forfatter bruger brugernavn afsender skribent kontonavn bruker brukernavn avsender"),
    ("author_handle", "auteur gebruiker gebruikersnaam afzender schrijver accountnaam autor verfasser benutzer"),
    ("author_name", "namn navn naam name"),
    ("author_followers", "author_followers followers followers_count follower_count user_followers följare antal_följare"),
    ("author_followers", "følgere antal_følgere volgers aantal_volgers"),
    ("author_url", "author_url user_url profile_url profil profillänk profillink profielpagina"),
    ("url", "url link permalink href web_url post_url address webbadress webadress länk permalänk hyperlänk adress"),
    ("url", "webadresse netadresse adresse internetadresse hyperlink webadres adres weblink lenke nettadresse"),
    ("lang", "lang language language_code språk språkkod sprog sprogkode taal taalcode sprache"),
    ("country", "country country_code land landskod landekode landcode"),
    ("parent_id", "parent_id in_reply_to_id in_reply_to_status_id in_response_to_tweet_id reply_to in_reply_to"),
    ("thread_id", "thread_id conversation_id thread tråd tråd_id"),
    ("repost_of", "repost_of retweeted_status_id retweet_of"),
    ("tags", "tags hashtags hashtag taggar etiketter emneord trefwoorden"),
    ("mentions", "mentions mentioned_users at_mentions"),
    ("site", "site domain host webbplats websted website domän domæne domein"),
    ("site", "platform plattform source källa kilde bron quelle channel kanal kanaal medium medie nettsted"),
    ("kind", "kind type post_type page_type typ soort"),
    ("metric:likes", "likes like_count favorite_count favourites favorites upvotes ups gillningar gillamarkeringar"),
    ("metric:likes", "gilla_markeringar antal_likes antal_gillningar synes_godt_om vind_ik_leuks"),
    ("metric:shares", "shares share_count retweet_count retweets reposts delningar antal_delningar delinger antal_delinger"),
    ("metric:shares", "deelacties gedeeld aantal_keer_gedeeld"),
    ("metric:comments", "comments comment_count reply_count replies num_comments kommentarer antal_kommentarer svar"),
    ("metric:comments", "antal_svar reacties aantal_reacties antwoorden"),
    ("metric:reach", "reach impressions räckvidd exponeringar rækkevidde eksponeringer bereik impressies"),
    ("metric:views", "views view_count visningar antal_visningar visninger antal_visninger weergaven"),
    ("metric:engagement", "engagement engagemang interaktioner interaktioner_totalt interactions interacties"),
    ("metric:rating", "rating stars score betyg stjärnor vurdering karakter stjerner beoordeling sterren cijfer bewertung"),
    ("text", "kommentarer comments reacties svar antwoorden beoordeling bewertung vurdering"),
)  # fmt: skip
_LETTERS = str.maketrans(
    {"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "a", "ü": "u", "é": "e", "ë": "e", "ï": "i", ".": "_"}
)
"""Many exports are made by programs that know no letters but those of English."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d\s.,\u00a0\u202f]*\d\s?(?:[kKmM]|%)?$")
_LOOKED_AT = 200
_ENOUGH = 0.8


def _folded(name: str) -> str:
    return name.translate(_LETTERS).replace("ae", "a").replace("oe", "o")


_GUESSES = [(_folded(name), field) for field, names in _WORDS for name in names.split()]


def guess(header: Sequence[str], values: Callable[[str], list[str]]) -> Columns:
    """A proposal: by the columns' names first, as far as what is in them agrees, then by what is in them.

    `values(column)` gives the column's cells in the sample. The user confirms or changes the outcome.
    """
    cells = {name: [cell.strip() for cell in values(name)[:_LOOKED_AT] if cell.strip()] for name in header}
    spelt: dict[str, str] = {}
    for name in header:
        spelt.setdefault(_folded(plain(name)), name)
    columns: Columns = {}
    unlike: dict[str, str] = {}
    for name, target in _GUESSES:
        column = spelt.get(name)
        if target == "author_handle" and column is not None and _share(cells[column], _named) > 0.5:
            target = "author_name"  # no handle has a blank in it
        if column is None or target in columns or (column,) in columns.values():
            continue
        if _agrees(target, cells[column]):
            columns[target] = (column,)
        else:
            unlike.setdefault(target, column)
    _by_content(columns, header, cells)
    dated = unlike.get("published_at")
    if dated and "published_at" not in columns and (dated,) not in columns.values():
        columns["published_at"] = (dated,)  # better told that its dates cannot be read than never asked
    return columns


def _agrees(target: str, cells: list[str]) -> bool:
    """Whether a column may be what its name says. One without anything in the sample may."""
    if not cells:
        return True
    if target.startswith("metric:") or target == "author_followers":
        return _share(cells, lambda cell: _NUMBER.match(cell) is not None) > 0.5
    if target in ("published_at", "edited_at"):
        return _share(cells, _dated) > 0.5
    addresses = _share(cells, _addressed)
    if target in ("url", "author_url"):
        return addresses > 0.5 or _share(cells, lambda cell: "." in cell and " " not in cell) > 0.5
    if target == "external_id":  # what repeats would put one post over another
        return len(set(cells)) * 2 > len(cells)
    if target == "text":
        return addresses < 0.5 and _share(cells, lambda cell: _NUMBER.match(cell) is not None) < 0.5
    if target in ("site", "author_handle", "author_name", "lang", "country", "kind"):
        return (addresses < 0.5 or target == "author_handle") and sum(map(len, cells)) < 80 * len(cells)
    return True


def _by_content(columns: Columns, header: Sequence[str], cells: dict[str, list[str]]) -> None:
    """Find address, date and text among the columns whose names say nothing."""

    def free(fits: Callable[[str], bool]) -> list[str]:
        taken = {name for names in columns.values() for name in names}
        return [
            one for one in header if one not in taken and cells[one] and _share(cells[one], fits) >= _ENOUGH
        ]

    # most different ones: the addresses of posts rather than those of their authors or sites
    if "url" not in columns and (found := free(_addressed)):
        columns["url"] = (max(found, key=lambda one: len(set(cells[one]))),)
    if "published_at" not in columns and (found := free(_dated)):
        # a number may be seconds since 1970, but ids are numbers, too
        columns["published_at"] = (min(found, key=lambda one: _share(cells[one], str.isdecimal)),)
    if "text" not in columns:
        found = free(lambda cell: not _addressed(cell) and not _dated(cell) and not _NUMBER.match(cell))
        # the text is the column that says most
        longest = max(found, key=lambda one: sum(map(len, cells[one])), default="")
        if longest and sum(map(len, cells[longest])) > 15 * len(cells[longest]):
            columns["text"] = (longest,)


def _share(cells: list[str], fits: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if fits(cell)) / max(len(cells), 1)


def _named(cell: str) -> bool:
    return " " in cell and not cell.startswith("@")


def _addressed(cell: str) -> bool:
    return _ADDRESS.match(cell) is not None


def _dated(cell: str) -> bool:
    return 6 <= len(cell) <= 60 and looks_like_date(cell)
