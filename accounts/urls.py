"""URLs of one's own pages, of ways to sign in or up, and of administrators. allauth has signing in and passwords."""

from django.urls import path, re_path

from .views import addresses, audit, coming_in, inviting, people, profile, single_sign_on, tokens, two_factor

app_name = "accounts"

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/face/", profile.change_face, name="change_face"),
    path("profile/face/remove/", profile.remove_face, name="remove_face"),
    path("email/", addresses.addresses, name="addresses"),
    path("browsers/elsewhere/end/", profile.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("browsers/<slug:handle>/end/", profile.sign_out_there, name="sign_out_there"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/end/", tokens.end, name="end_token"),
    path("two-factor/", two_factor.own, name="two_factor"),
    path("two-factor/codes/", two_factor.renew_codes, name="renew_codes"),
    path("two-factor/off/", two_factor.switch_off, name="switch_off"),
    path("second-step/", two_factor.second_step, name="second_step"),
    path("sign-on/", single_sign_on.sign_on, name="sign_on"),
    path("sign-on/back/", single_sign_on.signed_on, name="signed_on"),
    path("sign-on/new/", single_sign_on.come_anew, name="come_anew"),
    path("sign-on/unlink/", single_sign_on.unlink, name="unlink"),
    path("back-in/<str:token>/", single_sign_on.back_in_by, name="back_in"),
    path("face/<str:key>/<int:size>/", profile.face, name="face"),
    path("first/<str:token>/", coming_in.first, name="first"),
    path("people/", people.people, name="people"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("people/<int:user_id>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:user_id>/let-in/", people.let_in, name="let_in"),
    path("people/<int:user_id>/promote/", people.promote, name="promote"),
    path("people/<int:user_id>/demote/", people.demote, name="demote"),
    path(
        "people/<int:user_id>/two-factor/take-away/", people.take_two_factor_away, name="take_two_factor_away"
    ),
    path("people/<int:user_id>/password/", people.new_password, name="new_password"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/<slug:kind>/", audit.export, name="audit_export"),
    path("invite/", inviting.invite, name="invite"),
    path("invite/<int:link_id>/take-back/", inviting.take_back, name="take_back"),
    path("join/<str:token>/", coming_in.join, name="join"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", coming_in.confirm_email, name="confirm_email"),
]
