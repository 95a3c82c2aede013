"""By which server does mail leave, if by any, and does that server let us in?"""

from contextlib import suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import gaierror
from ssl import SSLCertVerificationError, SSLError

from .finding import well, wrong

NAME = "Mail"
PATIENCE = 5  # seconds for any one step
PORTS = "smtp:// is usually for port 587 or 25, smtps:// for 465."
# The first that fits: (what is raised, what it means, what to do).
KINDS = (
    (
        gaierror,
        "its name is not known",
        "Correct the host in EMAIL_URL, or see to the name server of this machine.",
    ),
    (
        ConnectionRefusedError,
        "nobody listens there",
        f"Start it, or correct host and port in EMAIL_URL: {PORTS}",
    ),
    (
        TimeoutError,
        f"it does not answer within {PATIENCE} s",
        f"See that no firewall stands between (some hosts close port 25), or correct EMAIL_URL: {PORTS}",
    ),
    (
        SSLCertVerificationError,
        "its certificate is not good for that name",
        "Write the name into EMAIL_URL that its certificate is for, or have it renewed.",
    ),
    (SSLError, "it does not speak TLS there", f"Correct EMAIL_URL: {PORTS}"),
    (
        SMTPNotSupportedError,
        "it knows no STARTTLS, or takes no login",
        "Try smtps://. In a network of your own ?tls=no does without, and without a login no user is named.",
    ),
    (SMTPAuthenticationError, "it refuses the login", "Correct user and password in EMAIL_URL."),
    (SMTPSenderRefused, "it takes none from our address", "Set DEFAULT_FROM_EMAIL to one that it knows."),
    (SMTPRecipientsRefused, "it takes none to that address", "Correct the address; its log says why."),
    (SMTPResponseException, "it turns us away", "Its log says why."),
    (SMTPServerDisconnected, "it hangs up", f"Its log says why. {PORTS}"),
    (OSError, "it is not reached", "See to the network of this machine, or correct EMAIL_URL."),
)


def check(place):
    """The server is asked as for a letter, and sent none."""
    (told,) = check_in_a_worker(place)
    from django.conf import settings

    from operations.start.preparing import mail_in_words

    is_known_here = told.what == mail_in_words()  # the launcher may have been told of another
    yield _asked(settings.MAIL, told) if settings.MAIL.has_server and is_known_here else told


def check_in_a_worker(place):
    """Nobody is asked: letters that do not leave are told of by themselves."""
    place.need_django()
    from operations.start.preparing import mail_in_words

    yield well(NAME, place.note.get("mail") or mail_in_words())


def _asked(mail, told):
    try:
        _knock(mail)
    except OSError as error:
        return wrong(NAME, *trouble_with(mail, error))
    return well(NAME, f"{told.what} The server answers.")


def trouble_with(mail, error):
    """(what is wrong, what to do about it) when the server was asked and this was raised."""
    if isinstance(error, SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        error = error.__context__  # why nothing came, such as a time that was over
    what, cure = next((what, cure) for kind, what, cure in KINDS if isinstance(error, kind))
    return f"No letter leaves by {mail}: {what} ({_in_short(error)}).", cure


def _knock(mail):
    from django.core.mail.backends.smtp import EmailBackend

    how = {"use_tls": mail.starts_tls, "use_ssl": mail.scheme == "smtps", "timeout": PATIENCE}
    line = EmailBackend(mail.host, mail.port, mail.username, mail.password, **how)
    try:
        line.open()
        line.connection.ehlo_or_helo_if_needed()
    finally:
        with suppress(OSError):
            line.close()


def _in_short(error):
    """Without the words of the mail server, which may repeat anything."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
