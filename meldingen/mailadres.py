"""A hint for a mail address that holds a slip of the finger: jan@gmial.com. It never stops anybody."""

from kern.spelling import one_slip_apart

# The mail providers of Genk's residents, and neighbours of those names that exist as well.
KNOWN = (
    "gmail.com", "hotmail.com", "hotmail.be", "hotmail.fr", "hotmail.nl", "hotmail.it", "outlook.com", "outlook.be",
    "outlook.fr", "live.be", "live.com", "live.nl", "live.fr", "telenet.be", "skynet.be", "proximus.be", "scarlet.be",
    "pandora.be", "yahoo.com", "yahoo.fr", "yahoo.nl", "ymail.com", "mail.com", "email.com", "icloud.com", "me.com",
    "gmx.com", "gmx.net", "gmx.de", "genk.be", "uhasselt.be", "pxl.be", "orange.be", "orange.fr",
)  # fmt: skip


def suggest(email: str) -> str:
    """The address that was probably meant, or an empty text."""
    name, _at, domain = email.rpartition("@")
    domain = domain.casefold()
    if not name or domain in KNOWN:
        return ""
    return next((f"{name}@{known}" for known in KNOWN if one_slip_apart(domain, known)), "")
