"""How allauth's pages behave here."""

from allauth.account.adapter import DefaultAccountAdapter

from .addresses import keeps_a_known_one

NOT_RIGHT = "That name and password do not belong together. Please try again."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_RIGHT,
        "username_password_mismatch": NOT_RIGHT,
    }

    def is_open_for_signup(self, request):
        """Nobody signs up uninvited."""
        return False

    def can_delete_email(self, email_address):
        return super().can_delete_email(email_address) and keeps_a_known_one(email_address)

    def authenticate(self, request, **credentials):
        """One name is looked for once: allauth hands an address over twice, and the time would tell who is here."""
        if credentials.get("email") and credentials["email"] == credentials.get("username"):
            del credentials["email"]  # a user name may be an address too, so that is the one to keep
        return super().authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures count by account and address together, so that a stranger's guesses do not lock the owner out."""
        return (
            f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"
        )
