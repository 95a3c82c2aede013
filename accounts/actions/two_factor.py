"""Setting up a second factor, using its codes, and removing it."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import letters
from ..models import User
from ..sessions.validity import end_sessions_of
from ..signing_in.two_factor import APP, RECOVERY, is_on, is_required_of, step_of
from .administrators import lock_person
from .noting import note
from .noting import person as noted

TRIES = 5  # wrong codes of one account, from wherever they come ...
WITHIN = 5 * 60  # ... in as many seconds
WRONG = _("That code is wrong, or was used already. Wait for the next one and try again.")
TOO_MANY = _("Too many wrong codes. Wait five minutes, then try again.")
UNREADABLE = _(
    "Your second factor cannot be read any more. Ask whoever looks after this workspace to take it away."
)


@transaction.atomic
def set_up_two_factor(*, by, secret, code):
    """Returns the recovery codes, to be shown once. `code` proves that the app has the `secret`."""
    person = _locked(by)
    if is_on(person):
        raise ValidationError(_("Your second factor is set up already."))
    step = step_of(secret, _bare(code))
    if step is None:
        raise ValidationError(
            _("That code is wrong. See that the clock of your phone is right, and try the next one.")
        )
    Authenticator.objects.filter(user=person).delete()
    Authenticator.objects.create(user=person, type=APP, data={"secret": encrypt(secret), "step": step})
    letters.tell(person, letters.TWO_FACTOR_ON)
    note("two_factor.set_up", by=by, on=noted(person))
    return _make_codes(person)


@transaction.atomic
def renew_recovery_codes(*, by):
    """Returns ten new recovery codes, to be shown once; the old ones are void."""
    person = _locked(by)
    if not is_on(person):
        raise ValidationError(_("Set up your second factor first."))
    Authenticator.objects.filter(user=person, type=RECOVERY).delete()
    letters.tell(person, letters.NEW_RECOVERY_CODES)
    note("two_factor.codes_renewed", by=by, on=noted(person))
    return _make_codes(person)


@transaction.atomic
def switch_two_factor_off(*, by):
    person = _locked(by)
    if is_required_of(person):
        raise ValidationError(_("A second factor is required here, so it cannot be switched off."))
    if _remove_factors(person):
        letters.tell(person, letters.TWO_FACTOR_OFF)
        note("two_factor.switched_off", by=by, on=noted(person))


@transaction.atomic
def take_two_factor_away(*, by, user_id):
    """Remove the second factor of somebody who lost it, sign them out everywhere, and write them a letter.

    Raises PermissionDenied, User.DoesNotExist, or ValidationError if they have none.
    """
    person = lock_person(by, user_id)
    if by is not None and by.pk == person.pk:
        raise ValidationError(_("Switch your own off on your profile page."))
    if not _remove_factors(person):
        raise ValidationError(_("%(name)s has no second factor."), params={"name": person.name})
    end_sessions_of(person.pk)
    letters.tell(person, letters.TWO_FACTOR_TAKEN_AWAY)
    note("two_factor.taken_away", by=by, on=noted(person))
    return person


def use_code(*, user_id, code):
    """Use up a code of the app, or a recovery code. ValidationError says why it is not accepted."""
    refusal = _try_code(user_id, _bare(code))
    if refusal:
        raise ValidationError(refusal)


@transaction.atomic
def _try_code(user_id, code):
    """Use the code up and return None; or count a wrong code and return the reason, so that the count is committed."""
    kept = {
        one.type: one for one in Authenticator.objects.select_for_update(no_key=True).filter(user_id=user_id)
    }
    app = kept.get(APP)
    if app is None:
        return WRONG
    now = time.time()
    wrong = [at for at in app.data.get("wrong", []) if at > now - WITHIN]
    if len(wrong) >= TRIES:
        return TOO_MANY
    try:
        opens = _opens(app, kept.get(RECOVERY), code)
    except InvalidToken:
        return UNREADABLE
    app.data["wrong"] = [] if opens else [*wrong, now]
    app.save(update_fields=["data"])
    if len(app.data["wrong"]) == TRIES:
        letters.tell(app.user, letters.GUESSED_AT)
    return None if opens else WRONG


def _opens(app, recovery, code):
    """Whether the code is right; it is used up then. No code works twice, nor one that is older than the last."""
    step = step_of(decrypt(app.data["secret"]), code, after=app.data["step"])
    if step is not None:
        app.data["step"] = step
        return True
    return recovery is not None and RecoveryCodes(recovery).validate_code(code)


def _locked(by):
    return User.objects.select_for_update(no_key=True).get(pk=by.pk)


def _make_codes(person):
    return RecoveryCodes.activate(person).generate_codes()


def _remove_factors(person):
    """Delete the second factor and its recovery codes; returns whether there were any."""
    return bool(Authenticator.objects.filter(user=person).delete()[0])


def _bare(code):
    """The code without spaces and hyphens, which people type because codes are shown in groups."""
    return "".join(code.split()).replace("-", "")
