"""Authentication of the API: by the access token in `Authorization: Bearer` (RFC 6750), and never by a cookie."""

from live.language import speak_to

from ..actions import note_use
from ..models import AccessToken
from ..signing_in import two_factor

MAKE_ONE = "make one on your profile page, under Access tokens."
NONE = f"Send a token, as in Authorization: Bearer prizm_…; {MAKE_ONE}"
SECOND_FACTOR = "Set up your second factor first, on your profile page: it is required here."
NOT_GOOD = f"This token opens nothing: it was ended, its time is over, or it never was one; {MAKE_ONE}"


class Unauthorized(Exception):
    """The token does not allow this request; `challenge` is added to the header WWW-Authenticate."""

    def __init__(self, status, code, detail, challenge=""):
        super().__init__(detail)
        self.status, self.code, self.challenge = status, code, challenge


class Bearer:
    """Accepts tokens with this scope, or any token if it is None. Sets `request.user` and the language."""

    def __init__(self, scope=None):
        self.scope = scope

    def __call__(self, request):
        token = _token(request)
        request.user = token.user
        speak_to(token.user, request)
        if two_factor.is_missing(token.user):
            raise Unauthorized(403, "second_factor_required", SECOND_FACTOR)
        if self.scope:
            require(token, self.scope)
        note_use(token)
        return token


def require(token, scope):
    if scope not in token.scopes:
        detail = f"This needs a token with {scope}, and yours has {', '.join(token.scopes)}; {MAKE_ONE}"
        challenge = f'error="insufficient_scope", scope="{scope}"'
        raise Unauthorized(403, "insufficient_scope", detail, challenge)


def _token(request):
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthorized(401, "no_token", NONE)
    token = AccessToken.objects.of(secret.strip()).standing().select_related("user").first()
    if token is None:
        raise Unauthorized(401, "invalid_token", NOT_GOOD, 'error="invalid_token"')
    return token
