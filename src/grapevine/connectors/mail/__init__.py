"""E-mail: read by IMAP, answered by SMTP."""
