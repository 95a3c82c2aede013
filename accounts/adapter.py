"""How allauth's pages behave here."""

from allauth.account.adapter import DefaultAccountAdapter

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

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures count by account and address together, so that a stranger's guesses do not lock the owner out."""
        return (
            f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"
        )
