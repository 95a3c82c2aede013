"""The page of how it is."""

from django.urls import path

from .health import views

app_name = "operations"

urlpatterns = [path("how-it-is/", views.show, name="how_it_is")]
