"""Does the issuer of the single sign-on answer, with what one can go by?"""

from .finding import well, wrong

NAME = "Single sign-on"


def check(place):
    """Nothing, where there is none."""
    place.need_django()
    from django.conf import settings

    if settings.OIDC:
        yield _judge(settings.OIDC.issuer)


def _judge(issuer):
    from accounts.single_sign_on import discovery

    where = discovery.configuration_url(issuer)
    try:
        trouble = discovery.trouble_with(discovery.look_up(where), issuer)
    except discovery.Unreachable as error:
        return wrong(
            NAME,
            f"{where} does not answer as it should ({type(error).__name__}): nobody can sign in by it.",
            "See that the issuer runs, that OIDC_ISSUER is its address, and that this machine may reach it. "
            "Meanwhile: manage.py sign_in_link NAME.",
        )
    if trouble:
        return wrong(NAME, f"{where}: {trouble}", "Correct OIDC_ISSUER, or what the issuer says of itself.")
    return well(NAME, f"{issuer} answers, and says what is needed of itself.")
