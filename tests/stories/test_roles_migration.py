"""The migration of roles: what it leaves in a new newsroom, and what it makes of one that was there before."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from gazeti.stories.models import EditorReview
from tests.newsroom import make_draft
from tests.stories.roles import ROLES, person

pytestmark = pytest.mark.django_db
migration = import_module("gazeti.stories.migrations.0003_roles")
ON_TREE = {
    "Reporters": {"add_page"},
    "Editors": {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
    "Moderators": set(),
    "Administrators": {"add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"},
}


@pytest.mark.database
@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_its_rights_on_the_tree_and_no_others(role: str) -> None:
    rows = GroupPagePermission.objects.filter(group__name=role)
    assert {row.permission.codename for row in rows} == ON_TREE[role]
    assert {row.page.depth for row in rows} <= {1}
    assert Permission.objects.filter(group__name=role, codename="access_admin").count() == 1
    files = GroupCollectionPermission.objects.filter(group__name=role).values_list("permission__codename", flat=True)
    assert ("choose_image" in files, "change_image" in files) == (role != "Moderators", role[0] in "EA")


@pytest.mark.database
def test_no_right_is_written_twice() -> None:
    """Django writes its rows of rights after all migrations: it must find those that the migration made."""
    keys = list(Permission.objects.values_list("content_type", "codename"))
    assert len(keys) == len(set(keys))
    made = {name: Permission.objects.get(codename=name).name for name in migration.NAMES}
    assert made == migration.NAMES


@pytest.mark.database
def test_the_review_stands_on_the_whole_tree_and_is_the_editors() -> None:
    review = Workflow.objects.get()
    assert (review.name, review.active) == ("Review", True)
    task = EditorReview.objects.get(workflow_tasks__workflow=review)
    assert set(task.groups.values_list("name", flat=True)) == {"Editors", "Administrators"}
    assert task.content_type.model_class() is EditorReview
    assert make_draft().get_workflow() == review
    assert not GroupApprovalTask.objects.exists()


@pytest.fixture
def stock() -> SimpleNamespace:
    """A newsroom as step 1 left it: Wagtail's groups with members, and a story in its moderation."""
    EditorReview.objects.all().delete()
    Workflow.objects.all().delete()
    Group.objects.all().delete()
    root, groups = Page.objects.get(depth=1), {}
    for name, verbs in (("Moderators", ["add", "change", "publish"]), ("Editors", ["add", "change"])):
        groups[name] = Group.objects.create(name=name)
        for verb in verbs:
            right = Permission.objects.get(codename=f"{verb}_page", content_type__app_label="wagtailcore")
            GroupPagePermission.objects.create(group=groups[name], page=root, permission=right)
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(groups["Moderators"])
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=root, workflow=workflow)
    writer, publisher = person("Editors", name="writer"), person("Moderators", name="publisher")
    draft = make_draft(by=writer)
    workflow.start(draft, writer)
    return SimpleNamespace(writer=writer, publisher=publisher, draft=draft, workflow=workflow)


@pytest.mark.database
def test_an_existing_newsroom_is_taken_over_and_nobody_gains_a_right(stock: SimpleNamespace) -> None:
    migration.make_roles(apps, None)
    migration.make_review(apps, None)
    assert [group.name for group in stock.publisher.groups.all()] == ["Editors"]
    assert [group.name for group in stock.writer.groups.all()] == ["Reporters"]
    assert Workflow.objects.get().pk == stock.workflow.pk
    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert isinstance(waiting.task.specific, EditorReview)
    assert waiting.task.specific.get_actions(stock.draft, stock.publisher)
    assert not waiting.task.specific.get_actions(stock.draft, stock.writer)


@pytest.mark.database
def test_a_workflow_of_the_newsroom_s_own_stays_where_it_is(stock: SimpleNamespace) -> None:
    Workflow.objects.update(name="Two pairs of eyes")
    migration.make_roles(apps, None)
    migration.make_review(apps, None)
    assert WorkflowPage.objects.get().workflow.name == "Two pairs of eyes"
    assert Workflow.objects.filter(name="Review").exists()
