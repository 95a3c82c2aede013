"""The second step of signing in, for whoever set up a second factor: nobody is signed in before it."""

from allauth.account.stages import LoginStage
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from . import two_factor


class SecondStep(LoginStage):
    key = "second_step"
    urlname = "accounts:second_step"

    def handle(self):
        """(where to go on, whether to go on at all), as allauth asks each stage."""
        if self.login.user is None or not two_factor.is_on(self.login.user):
            return None, True
        self.state["vouched_for"] = self.login.user.get_session_auth_hash()
        return HttpResponseRedirect(reverse(self.urlname)), True

    def is_resumable(self, request):
        """Whoever goes back to the first step may sign in as somebody else."""
        return False

    def still_stands(self):
        """Not once the account is closed, has another password, or asks for no second step any more."""
        user = self.login.user
        vouched_for = constant_time_compare(self.state.get("vouched_for", ""), user.get_session_auth_hash())
        return user.is_active and vouched_for and two_factor.is_on(user)
