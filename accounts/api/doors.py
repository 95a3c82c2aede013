"""The endpoint that tells a program whose token it has."""

from ninja import Router

from .answers import told
from .bearer import Bearer
from .shapes import Me

router = Router(tags=["You"])


@router.get("/me", auth=Bearer(), response=Me, summary="Who I am")
def me(request):
    """The person of the token, and what it may do. Any token will do."""
    user, token = request.user, request.auth
    return told(
        {
            "user_id": user.pk,
            "username": user.username,
            "display_name": user.name,
            "avatar": user.face,
            "time_zone": user.time_zone,
            "token": token.name,
            "scopes": token.scopes,
            "good_until": token.good_until and token.good_until.isoformat(),
        }
    )
