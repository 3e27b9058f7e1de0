"""The sentences of the cellar `connectors`, where the extraction of messages finds them.

The cellar knows no gettext: it says English sentences with named parameters, and `words` looks their translations up.
A test sees to it that every sentence of every connector on the shelf stands here, and no other.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Both forms, where the extraction of messages finds them; `words` chooses."""
    return one, many


SENTENCES = (
    _("The source could not be read."),
    _("{name} takes no replies."),
    _("{name} lets us take nothing away."),
    _("{host} may have taken the reply and does not say. Look there, then say here whether it arrived."),
    _("{host} refused the user name or password. Enter them again in the source's settings."),
    _("This source needs a user name and a password. Enter them in its settings."),
    _("{host} knows the user but does not let it do this: {detail} Give the user that right there."),
    _("{host} asks us to wait {seconds} seconds. Nothing to do: it is tried again then."),
    _("{url} says it is gone for good. Remove the source or give its new address."),
    _("The post to answer is no longer there ({detail}). Nothing was sent."),
    _("{host} does not answer ({detail}). It is tried again; check the address if it goes on."),
    _("There is no host called {host}. Check the address for a slip of the pen."),
    _("{host} took longer than {seconds} seconds. It is tried again later."),
    _("{host} answered with error {status}. That is on their side; it is tried again later."),
    _("The certificate of {host} is not valid ({detail}). Ask the site's owner."),
    _(
        "{host} is at {address}, an address inside this network. If that is right, set GRAPEVINE_ALLOWED_NETWORKS to "
        "it where Grapevine is started, and start it again."
    ),
    _("“{url}” is not a web address. Use one that begins with https:// or http://."),
    _("“{url}” cannot be fetched. Use an address that begins with https:// or http://."),
    _("The address at {host} holds a user name or password. Put them into their own fields."),
    _("There is nothing at {url}. Check the address."),
    _("No feed was found at {url}. Give the feed's own address."),
    _(
        "{url} does not answer as a WordPress site with its REST interface open. Check the address, or "
        "ask the site's owner to open /wp-json."
    ),
    _("{host} redirects more than {limit} times. Check the address in a browser."),
    _("{host} sent more than {limit} bytes. The answer was dropped."),
    _("{host} refused the request (status {status}). Check in a browser whether it is open to all."),
    _(
        "{host} broke off while the reply was being sent ({detail}). It may or may not be there: look "
        "before sending it again."
    ),
    _("What {host} sent is not what was expected: {detail}"),
    _("The item has no text that can be read: {detail}"),
    _("The columns do not fit the file: {detail} Choose the columns again."),
    _("The file has no column “{name}”. Choose the columns again."),
    _("A post has no “{name}”. Choose the columns again."),
    _("No column is said to hold the text. Choose the columns again."),
    _("No column is said to hold the date. Choose the columns again."),
    _("Line {line} is not the header that was confirmed. Choose the columns again."),
    _("{file} cannot be read: {detail}"),
    _(
        "{file} breaks off: its end is missing. What could be read of it is imported. Get the whole file and import "
        "it again; nothing is doubled."
    ),
    _("There is no file {file}."),
    _("{file} is a spreadsheet, whatever its name says. Save it there as CSV (UTF-8) and import that."),
    _("{file} is an archive. Unpack it and import what is in it."),
    _(
        "{file} is a document such as a PDF or a letter, not a table. Export the posts as CSV, JSON Lines or "
        "Parquet."
    ),
    _(
        "{file} is no table but a picture, a film, a program or the like, whatever its name says. Export the posts "
        "as CSV, JSON Lines or Parquet."
    ),
    _("{file} is one JSON list. Save it as JSON Lines: one object a line."),
    _("{file} has changed since the import began. Start the import again from the top."),
    _("{host} says it has this reply already but does not show it. It probably waits for a moderator there."),
    _("{host} did not take the reply: {detail}"),
    _("{host} did not take it away: {detail}"),
    _("The setting “{key}” is missing. Fill it in."),
    _("The date cannot be read."),
    _("The line is not valid JSON."),
    _("The quotation marks in the row do not fit together."),
    _("A field holds something else than expected (a list instead of a text, for one)."),
    _("The date lies in the future."),
    _("The date lies before 1970 or after 2100."),
    _("The row has no date."),
    _("The item has no id, so it cannot be told from others."),
    _("The row has neither text nor title."),
    _("The item cannot be understood."),
    _("The row holds a zero byte, which no text may."),
    _("The row has fewer columns than the header."),
    _("The text or another field is longer than allowed."),
    _("The post is older than its source keeps posts. Let the source keep them longer and import again."),
    _("The row has more columns than the header."),
    _("The post has more hashtags, mentions or links than allowed."),
    _("The file ends in the middle: it was cut off."),
    _("A quotation mark is opened in the row and never closed."),
    _("The row holds bytes that are not text in the file's encoding."),
    _(
        "Nothing in the file decides whether the day or the month comes first: {written} was read as {read}. Say "
        "“month first” if that is wrong."
    ),
    _("The file is empty."),
    _("Some dates have the day first and some the month. Rows that do not fit will be left out."),
    _(
        "No column was found that says when something was published. Choose one, or all posts get the "
        "file's own date."
    ),
    _("The first line does not look like a header, so the columns are numbered."),
    _(
        "The rows have no id of their own, so one is made of their content. Rows with the same content "
        "count as one."
    ),
    _("No column was found that holds the text. Please choose one."),
    _(
        "None of the rows can be read this way: all of them will be left out and kept to be looked at. Check the "
        "columns."
    ),
    _("None of the first rows can be read this way. Check the columns."),
    _("Some bytes do not fit the encoding. Rows that hold them will be left out."),
    _("The mapping names a column that the file does not have."),
    _("The mapping names something that a post does not have."),
    _("Most of the dates cannot be read. Choose another column."),
    _("File"),
    _("Posts exported from another tool: CSV, JSON Lines or Parquet."),
    _(
        "You may import what you exported yourself, within the terms of the tool and the platform it "
        "came from."
    ),
    _("CSV, JSON Lines (also with .gz) or Parquet, of any size."),
    _("Columns"),
    _("Which column holds what, as confirmed in the preview. Left empty, it is found out."),
    _("Feed"),
    _("Articles and comments of blogs, newspapers, forums and podcasts: RSS, Atom and JSON Feed."),
    _("Reads what a site publishes for feed readers, no faster than it asks; the texts stay its authors'."),
    _("Address"),
    _("The address of the feed, or of the page it belongs to: the feed is looked for."),
    _("Read comments"),
    _("Follow the comments below the latest articles, where the feed tells where they are."),
    _("WordPress"),
    _("Posts and comments of a WordPress site, and replies to them."),
    _(
        "Reads what the site publishes through its own open interface; replies as a user the site's "
        "owner gave you."
    ),
    _("The address of the site's start page, such as https://blog.example.org/."),
    _("Read the comments as well as the posts."),
    _("User"),
    _("Only to reply: the user name of an account on the site."),
    _("Application password"),
    _(
        "Only to reply: made on the site under Users, Profile, Application Passwords. Not the password "
        "you sign in with."
    ),
    _("{file} can be read as {format}."),
    _("It lies at {url}."),
    _("It is empty for now."),
    _("This is the WordPress site “{name}”."),
    _("Its posts can be read."),
    _("Its posts cannot be read: {detail}"),
    _("Its comments can be read."),
    _("Its comments cannot be read: {detail}"),
    _("No user is given: it can be read, but not answered."),
    _("The user “{name}” is known there and may reply."),
    _("It may moderate comments, so its replies appear at once."),
    _("It may not moderate comments, so the site may hold its replies back."),
    _("{host} does not take the mail yet: {detail} It is tried again later."),
    _("The reply with its files is larger than {limit} bytes, which is more than {host} takes. Send less."),
    _("Nobody is named to send the reply to, or the address is none. Nothing was sent."),
    _("There is no folder “{folder}” at {host}. Choose another in the settings."),
    _("The setting “{key}” cannot be “{value}”. Change it."),
    _(
        "Another message has this id already. This one comes from somebody else or bears another date, so it was left out."
    ),
    _("E-mail"),
    _("What people write to a mailbox of yours, and answers to it."),
    _(
        "Reads a mailbox that is yours, as its owner; nothing in it is marked, moved or removed. Only people with a role here read it."
    ),
    _("The address that people write to, such as hello@example.org. Answers come from it."),
    _("Server for incoming mail (IMAP)"),
    _("Such as imap.example.org."),
    _("Encryption of incoming mail"),
    _("What your provider says; mostly TLS."),
    _("TLS from the first byte"),
    _("STARTTLS"),
    _("None: only within one machine"),
    _("Port for incoming mail"),
    _("Leave it empty for the usual one: 993 with TLS, else 143."),
    _("The name to sign in with, where it is not the address."),
    _("Password"),
    _("Of the mailbox; where your provider has them, a password for one application only."),
    _("Folder"),
    _("The folder to read. Leave it empty for the inbox."),
    _("Days to look back"),
    _("How many days of older mail the first reading takes in. 30 when empty; 0 for none but today's."),
    _("Server for outgoing mail (SMTP)"),
    _("Only to reply: such as smtp.example.org."),
    _("Encryption of outgoing mail"),
    _("What your provider says; mostly STARTTLS."),
    _("Port for outgoing mail"),
    _("Leave it empty for the usual one: 587 with STARTTLS, 465 with TLS, else 25."),
    _("User for outgoing mail"),
    _("Only where it is another than for incoming mail."),
    _("Password for outgoing mail"),
    _("Server whose word on senders counts"),
    _(
        "The name your mail server puts first in Authentication-Results. Without it, forged senders can't be told."
    ),
    _("{host} lets us send as {address}."),
    _("No server for outgoing mail is given: it can be read, but not answered."),
    _("The connection to {host} is not encrypted: password and mails can be read on the way."),
    _("{authority} says of the latest mails who sent them, and its word counts."),
    _("{authority} says nothing of the senders of the latest mails. Check the name."),
    _(
        "{authority} vouches for senders. If that is your own mail server, name it below: forged senders are then shown."
    ),
    _("No server is named whose word on senders counts, so forged senders can't be told from real ones."),
    _("This source has no server for outgoing mail. Enter one in its settings."),
    _("Contact form"),
    _("A form for your site, to link to or to embed: name, e-mail address, message."),
    _(
        "Takes what visitors write to you themselves, after telling them what becomes of it. Only people with a role here read it."
    ),
    _("Heading"),
    _("What stands above the form. “Contact us” when empty."),
    _("Introduction"),
    _("A sentence below the heading; may be empty."),
    _("Consent"),
    _(
        "What visitors agree to when they send it: what you do with their message, and for how long. A plain sentence when empty."
    ),
    _("Who asks"),
    _("The name visitors know you by, and what you are. The organisation's name when empty."),
    _("What happens to the data"),
    _("Who reads it, what for and how long it is kept. A plain sentence with this source's days when empty."),
    _("To whom to turn"),
    _("A person or an address for questions about one's data, to see it or to have it deleted."),
    _("Brand"),
    _(
        "Whose letters these are: conversations from here carry it. Without it our brand, where we have just one."
    ),
    _("Sites that may embed it"),
    _(
        "Such as https://www.example.org, several with spaces between. Empty: it can be linked to, not embedded."
    ),
    _("Answers go out through"),
    _(
        "The mailbox that sends the answers. Without one, this form takes messages that can't be answered here."
    ),
    _("The form is ready. Its address stands on the source's page."),
    _("Answers go out from {address}."),
    _("No mailbox is chosen: messages come in, but can't be answered from here."),
)

COUNTED = (
    ngettext(
        "This is the feed “{title}” with {count} entry.", "This is the feed “{title}” with {count} entries."
    ),
    ngettext(
        "{count} entry has no date: it gets the time it is first seen.",
        "{count} entries have no date: they get the time they are first seen.",
    ),
    ngettext(
        "The folder “{folder}” can be read: {count} mail is in it.",
        "The folder “{folder}” can be read: {count} mails are in it.",
    ),
    ngettext("{count} site may embed it.", "{count} sites may embed it."),
)
"""Sentences of one and of many."""
