"""The second step of signing in, for people who set up a second factor: they are not signed in before it."""

from allauth.account.stages import LoginStage
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from . import two_factor


class SecondStep(LoginStage):
    key = "second_step"
    urlname = "accounts:second_step"

    def handle(self):
        """(response or None, whether to continue signing in), as allauth expects of each stage."""
        if self.login.user is None or not two_factor.is_on(self.login.user):
            return None, True
        self.state["vouched_for"] = self.login.user.get_session_auth_hash()
        return HttpResponseRedirect(reverse(self.urlname)), True

    def is_resumable(self, request):
        """No: who goes back to the first step may sign in as somebody else."""
        return False

    def still_stands(self):
        """Whether the first step still counts: the account is active, has the same password, and a second factor."""
        user = self.login.user
        vouched_for = constant_time_compare(self.state.get("vouched_for", ""), user.get_session_auth_hash())
        return user.is_active and vouched_for and two_factor.is_on(user)
