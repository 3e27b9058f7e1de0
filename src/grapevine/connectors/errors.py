"""What can go wrong between us and a platform, as types the caller can act on.

Every error has a `code` (stable, for translation), `params` (plain values that fill the sentence) and an
English message that says what to do. None of them carries a secret, and none is raised for a single bad row:
those are `Rejected` rows in a batch.
"""

from __future__ import annotations

from typing import ClassVar


class ConnectorError(Exception):
    """A fetch, send or check failed as a whole. `code` is stable; `params` fill the sentence of that code.

    `sentences` holds, for every code of the class, the English source sentence with named parameters: rooms
    that translate look the code up and fill in `params`; everyone else prints `str(error)`.
    """

    code: str = "failed"
    retry: ClassVar[bool] = False
    nothing_arrived: ClassVar[frozenset[str]] = frozenset({"cannot_send", "cannot_remove"})
    """Codes that say for certain that nothing of what we sent is there. After any other a reply may have arrived."""
    sentences: ClassVar[dict[str, str]] = {
        "failed": "The source could not be read.",
        "cannot_send": "{name} takes no replies.",
        "cannot_remove": "{name} lets us take nothing away.",
    }

    def __init__(self, code: str | None = None, **params: str | float) -> None:
        self.code = code or type(self).code
        self.params: dict[str, str | float] = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The English sentence, filled in."""
        sentence = self.sentences[self.code]
        return sentence.format(**self.params) if self.params else sentence

    @property
    def in_doubt(self) -> bool:
        """Whether what we were sending may have arrived all the same: then look before sending it again."""
        return self.code not in self.nothing_arrived


class CredentialError(ConnectorError):
    """The platform knows us not, or may not let us do this. Trying again is no use: a person must act."""

    code = "credentials_refused"
    sentences: ClassVar[dict[str, str]] = {
        "credentials_refused": "{host} refused the user name or password. Enter them again in the source's "
        "settings.",
        "credentials_missing": "This source needs a user name and a password. Enter them in its settings.",
        "no_way_out": "This source has no server for outgoing mail. Enter one in its settings.",
        "not_allowed": "{host} knows the user but does not let it do this: {detail} Give the user that "
        "right there.",
    }
    nothing_arrived: ClassVar[frozenset[str]] = frozenset(sentences)


class RateLimited(ConnectorError):
    """The platform asks us to wait. `retry_after` is in seconds."""

    code = "rate_limited"
    retry = True
    sentences: ClassVar[dict[str, str]] = {
        "rate_limited": "{host} asks us to wait {seconds} seconds. Nothing to do: it is tried again then.",
    }
    nothing_arrived: ClassVar[frozenset[str]] = frozenset(sentences)

    def __init__(self, retry_after: float, *, host: str = "The platform") -> None:
        self.retry_after = max(0.0, retry_after)
        super().__init__(host=host, seconds=round(self.retry_after))


class Gone(ConnectorError):
    """The source is there no longer and says so (410), or the page has none. Stop asking."""

    code = "gone"
    sentences: ClassVar[dict[str, str]] = {
        "gone": "{url} says it is gone for good. Remove the source or give its new address.",
        "post_gone": "The post to answer is no longer there ({detail}). Nothing was sent.",
    }
    nothing_arrived: ClassVar[frozenset[str]] = frozenset(sentences)


class Unreachable(ConnectorError):
    """No answer could be had. Most of these pass; `retry` says whether trying again makes sense."""

    code = "no_answer"
    retry = True
    sentences: ClassVar[dict[str, str]] = {
        "no_answer": "{host} does not answer ({detail}). It is tried again; check the address if it goes on.",
        "unknown_host": "There is no host called {host}. Check the address for a slip of the pen.",
        "timed_out": "{host} took longer than {seconds} seconds. It is tried again later.",
        "server_error": "{host} answered with error {status}. That is on their side; it is tried again "
        "later.",
        "bad_certificate": "The certificate of {host} is not valid ({detail}). Ask the site's owner.",
        "address_refused": "{host} is at {address}, an address inside this network. If that is right, set "
        "GRAPEVINE_ALLOWED_NETWORKS to it where Grapevine is started, and start it again.",
        "url_broken": "“{url}” is not a web address. Use one that begins with https:// or http://.",
        "url_scheme": "“{url}” cannot be fetched. Use an address that begins with https:// or http://.",
        "url_userinfo": "The address at {host} holds a user name or password. Put them into their own "
        "fields.",
        "not_found": "There is nothing at {url}. Check the address.",
        "no_feed": "No feed was found at {url}. Give the feed's own address.",
        "no_api": "{url} does not answer as a WordPress site with its REST interface open. "
        "Check the address, or ask the site's owner to open /wp-json.",
        "too_many_redirects": "{host} redirects more than {limit} times. Check the address in a browser.",
        "too_large": "{host} sent more than {limit} bytes. The answer was dropped.",
        "refused": "{host} refused the request (status {status}). Check in a browser whether it is open to "
        "all.",
        "mail_deferred": "{host} does not take the mail yet: {detail} It is tried again later.",
        "unconfirmed": "{host} broke off while the reply was being sent ({detail}). It may or may not be "
        "there: "
        "look before sending it again.",
    }
    nothing_arrived: ClassVar[frozenset[str]] = frozenset(sentences) - {
        "server_error",
        "too_large",
        "unconfirmed",
    }


class BadData(ConnectorError):
    """What came cannot be understood as a whole."""

    code = "not_understood"
    sentences: ClassVar[dict[str, str]] = {
        "not_understood": "What {host} sent is not what was expected: {detail}",
        "no_text": "The item has no text that can be read: {detail}",
        "bad_mapping": "The columns do not fit the file: {detail} Choose the columns again.",
        "unknown_column": "The file has no column “{name}”. Choose the columns again.",
        "unknown_field": "A post has no “{name}”. Choose the columns again.",
        "no_text_column": "No column is said to hold the text. Choose the columns again.",
        "no_date_column": "No column is said to hold the date. Choose the columns again.",
        "header_changed": "Line {line} is not the header that was confirmed. Choose the columns again.",
        "bad_file": "{file} cannot be read: {detail}",
        "file_breaks_off": "{file} breaks off: its end is missing. What could be read of it is imported. Get the whole file and import "
        "it again; nothing is doubled.",
        "file_missing": "There is no file {file}.",
        "file_is_spreadsheet": "{file} is a spreadsheet, whatever its name says. Save it there as CSV (UTF-8) and "
        "import that.",
        "file_is_archive": "{file} is an archive. Unpack it and import what is in it.",
        "file_is_document": "{file} is a document such as a PDF or a letter, not a table. Export the posts as CSV, "
        "JSON Lines or Parquet.",
        "file_is_binary": "{file} is no table but a picture, a film, a program or the like, whatever its name says. "
        "Export the posts as CSV, JSON Lines or Parquet.",
        "file_is_json_list": "{file} is one JSON list. Save it as JSON Lines: one object a line.",
        "file_changed": "{file} has changed since the import began. Start the import again from the top.",
        "duplicate_hidden": "{host} says it has this reply already but does not show it. It probably waits "
        "for a "
        "moderator there.",
        "reply_refused": "{host} did not take the reply: {detail}",
        "removal_refused": "{host} did not take it away: {detail}",
        "reply_too_large": "The reply with its files is larger than {limit} bytes, which is more than {host} takes. Send less.",
        "recipient_missing": "Nobody is named to send the reply to, or the address is none. Nothing was sent.",
        "no_folder": "There is no folder “{folder}” at {host}. Choose another in the settings.",
        "setting_wrong": "The setting “{key}” cannot be “{value}”. Change it.",
        "setting_missing": "The setting “{key}” is missing. Fill it in.",
    }
    nothing_arrived: ClassVar[frozenset[str]] = frozenset(
        {
            "reply_refused",
            "removal_refused",
            "reply_too_large",
            "recipient_missing",
            "setting_wrong",
            "setting_missing",
        }
    )


class CannotTell(ConnectorError):
    """An earlier attempt may have arrived, and nothing there says whether it did. Sending again could double it.

    `look_again` says that it may still turn up: ask once more later before a person has to decide.
    """

    code = "cannot_tell"
    sentences: ClassVar[dict[str, str]] = {
        "cannot_tell": "{host} may have taken the reply and does not say. Look there, then say here whether it arrived.",
    }

    def __init__(self, *, host: str, look_again: bool = True) -> None:
        self.look_again = look_again
        super().__init__(host=host)
