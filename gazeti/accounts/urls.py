"""The accounts' addresses, below /desk/."""

from django.urls import path

from gazeti.accounts import views

urlpatterns = [path("first-administrator/<str:token>/", views.first_administrator, name="first_administrator")]
