"""MHTML, mails and mailboxes."""
