"""Calls of the API as programs make them: with a token of somebody who has a role, and nothing else."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client
from wagtail.models import APIToken, GroupPagePermission, Page

from gazeti.accounts.models import User

PAGES = {
    "Reporters": ("add_page",),
    "Editors": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    "Moderators": (),
}


def somebody(role: str, *, email: str = "") -> User:
    """A member of the newsroom in a role."""
    number = User.objects.count() + 1
    person = User.objects.create_user(email=email or f"{role.lower()}-{number}@example.org", password=None)
    group, _made = Group.objects.get_or_create(name=role)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = Page.objects.get(depth=1)
    for codename in PAGES[role]:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    person.groups.add(group)
    return person


class Program:
    """A program that calls in somebody's name."""

    def __init__(self, person: User | None = None, *, token: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.token = token or (APIToken.create_token(user=person, name="test")[1] if person else "")

    def __call__(self, method: str, path: str, data: Any = None) -> HttpResponse:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        sent = {"data": data, "content_type": "application/json"} if method in ("post", "patch", "put") else {}
        if method == "get" and data:
            sent = {"data": data}
        return getattr(self.client, method)(f"/api/{path}", headers=headers, **sent)
