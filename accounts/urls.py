"""A person's own pages; signing in and passwords are allauth's."""

from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("first/<str:token>/", views.first, name="first"),
]
