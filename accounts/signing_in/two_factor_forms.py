"""Forms in which people prove who they are: by their password, or by a code of their second factor."""

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from ..actions import use_code

SALT = "second factor to set up"
GOOD_FOR = 3600  # seconds in which what is set up must be confirmed


class CodeField(forms.CharField):
    def __init__(self, label=None, **attributes):
        typed = {
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
            **attributes,
        }
        super().__init__(label=label or _("Code"), max_length=20, widget=forms.TextInput(attrs=typed))


class CodeForm(forms.Form):
    """The second step of signing in. Validating the form uses the code up."""

    code = CodeField(autofocus=True)

    def __init__(self, *args, user, **more):
        self.user = user
        super().__init__(*args, **more)

    def clean_code(self):
        use_code(user_id=self.user.pk, code=self.cleaned_data["code"])


class PasswordForm(forms.Form):
    """Asks for the password again. People who only use single sign-on have none, so they are not asked."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user, **more):
        self.user = user
        super().__init__(*args, **more)
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("That is not your password."))


class ProofForm(PasswordForm):
    """Asks for the password or, if the person has none, for a code. Validating the form uses the code up."""

    code = CodeField(_("A code from your app, or a recovery code"))

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        if "password" in self.fields:
            del self.fields["code"]

    def clean_code(self):
        use_code(user_id=self.user.pk, code=self.cleaned_data["code"])


class SetUpForm(PasswordForm):
    """A new secret, which the form carries signed until a code shows that the app has it."""

    code = CodeField(_("The code that your app shows"))
    field_order = ["code", "password"]

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.secret = self._unsealed(self.data.get("secret", "")) or generate_totp_secret()

    @property
    def sealed(self):
        return signing.dumps([self.user.pk, self.secret], salt=SALT)

    def _unsealed(self, sealed):
        try:
            user_id, secret = signing.loads(sealed, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature:
            return None
        return secret if user_id == self.user.pk else None
