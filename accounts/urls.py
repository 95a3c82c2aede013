"""People's own pages, and the ways in; signing in and passwords are allauth's."""

from django.urls import path

from .views import coming_in, profile

app_name = "accounts"

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/face/", profile.change_face, name="change_face"),
    path("profile/face/remove/", profile.remove_face, name="remove_face"),
    path("browsers/elsewhere/end/", profile.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("browsers/<slug:handle>/end/", profile.sign_out_there, name="sign_out_there"),
    path("face/<str:key>/<int:size>/", profile.face, name="face"),
    path("first/<str:token>/", coming_in.first, name="first"),
    path("join/<str:token>/", coming_in.join, name="join"),
]
