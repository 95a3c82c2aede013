"""A person's own pages; signing in and passwords are allauth's."""

from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/face/", views.change_face, name="change_face"),
    path("profile/face/remove/", views.remove_face, name="remove_face"),
    path("browsers/elsewhere/end/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("browsers/<slug:handle>/end/", views.sign_out_there, name="sign_out_there"),
    path("face/<str:key>/<int:size>/", views.face, name="face"),
    path("first/<str:token>/", views.first, name="first"),
]
