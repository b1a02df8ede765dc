"""The newsroom's roles as groups, and the review between submission and publication.

Wagtail's own two groups and its workflow are taken over: what they were is not what their names say in a newsroom.
"""

import django.db.models.deletion
from django.db import migrations, models

DESK = ("wagtailadmin", "admin", ["access"])
PICTURE, DOCUMENT = ("wagtailimages", "image"), ("wagtaildocs", "document")
ALL = ["add", "change", "delete"]
EDITORS = [("gazeti_stories", "author", ALL), ("gazeti_stories", "topic", ALL), ("wagtailredirects", "redirect", ALL)]
ADMINISTRATORS = [
    *EDITORS,
    ("gazeti_accounts", "user", ALL),
    ("auth", "group", ALL),
    ("wagtailcore", "workflow", ALL),
    ("wagtailcore", "task", ALL),
    ("wagtailcore", "site", ALL),
    ("gazeti_base", "newspaper", ["change"]),
]
WRITE = ["add", "change", "publish", "lock", "unlock"]
# By name: rights everywhere; on the whole tree of pages; on all pictures and documents; on collections themselves.
ROLES = {
    "Reporters": ([], ["add"], ["add", "choose"], []),
    "Editors": (EDITORS, WRITE, ["add", "change", "choose"], []),
    "Moderators": ([], [], [], []),
    "Administrators": (ADMINISTRATORS, [*WRITE, "bulk_delete"], ["add", "change", "choose"], ALL),
}
REVIEWERS = ("Editors", "Administrators")
WORKFLOW, TASK, STOCK = "Review", "Editor's review", "Moderators approval"
NAMES = {
    "access_admin": "Can access Wagtail admin",
    "bulk_delete_page": "Delete pages with children",
    "lock_page": "Lock/unlock pages you've locked",
    "publish_page": "Publish any page",
    "unlock_page": "Unlock any page",
}


def found_permission(apps, app, model, verb):
    """The row of a right, made if Django has not written it yet: it does so only after all migrations."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    codename = f"{verb}_{model}"
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": NAMES.get(codename, f"Can {verb} {model}")}
    )
    return found


def people_keep_what_they_may(apps):
    """Wagtail's moderators published and its editors did not: their members go where no right is gained."""
    Group = apps.get_model("auth", "Group")
    pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    moderators, editors = (Group.objects.filter(name=name).first() for name in ("Moderators", "Editors"))
    if not moderators or not pages.filter(group=moderators, permission__codename="publish_page").exists():
        return
    reporters, _ = Group.objects.get_or_create(name="Reporters")
    published = list(moderators.user_set.all())
    if editors and not pages.filter(group=editors, permission__codename="publish_page").exists():
        reporters.user_set.add(*editors.user_set.all())
        editors.user_set.clear()
    moderators.user_set.clear()
    Group.objects.get_or_create(name="Editors")[0].user_set.add(*published)


def make_roles(apps, schema_editor):
    """The four groups with exactly their rights."""
    people_keep_what_they_may(apps)
    Group = apps.get_model("auth", "Group")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    root, collection = Page.objects.get(depth=1), Collection.objects.get(depth=1)
    for name, (rights, tree, files, collections) in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = [(app, model, verb) for app, model, verbs in [DESK, *rights] for verb in verbs]
        group.permissions.set([found_permission(apps, *one) for one in wanted])
        GroupPagePermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.filter(group=group).delete()
        for verb in tree:
            GroupPagePermission.objects.create(
                group=group, page=root, permission=found_permission(apps, "wagtailcore", "page", verb)
            )
        for app, model in (PICTURE, DOCUMENT):
            for verb in files:
                right = found_permission(apps, app, model, verb)
                GroupCollectionPermission.objects.create(group=group, collection=collection, permission=right)
        for verb in collections:
            right = found_permission(apps, "wagtailcore", "collection", verb)
            GroupCollectionPermission.objects.create(group=group, collection=collection, permission=right)


def make_review(apps, schema_editor):
    """The workflow of every page: Wagtail's own, with our task in the place of its one, unless the newsroom has another."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    EditorReview = apps.get_model("gazeti_stories", "EditorReview")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    kind, _ = ContentType.objects.get_or_create(app_label="gazeti_stories", model="editorreview")
    task = EditorReview.objects.create(name=TASK, content_type=kind, active=True)
    task.groups.set(Group.objects.filter(name__in=REVIEWERS))
    workflow = Workflow.objects.filter(name=STOCK, workflow_tasks__task__name=STOCK).first()
    if workflow:
        take_over(apps, workflow=workflow, task=task)
    else:
        workflow = Workflow.objects.create(name=WORKFLOW, active=True)
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    root = Page.objects.get(depth=1)
    if not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.create(page=root, workflow=workflow)


def take_over(apps, *, workflow, task):
    """Give Wagtail's workflow our name and task; what is being reviewed right now goes on with it."""
    Task = apps.get_model("wagtailcore", "Task")
    old = Task.objects.get(workflow_tasks__workflow=workflow, name=STOCK)
    apps.get_model("wagtailcore", "TaskState").objects.filter(task=old).update(task=task.pk)
    apps.get_model("wagtailcore", "WorkflowTask").objects.filter(task=old).update(task=task.pk)
    old.delete()
    workflow.name, workflow.active = WORKFLOW, True
    workflow.save()


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('gazeti_accounts', '0001_initial'),
        ('gazeti_base', '0001_initial'),
        ('gazeti_stories', '0002_states_and_overrides'),
        ('wagtailadmin', '0001_create_admin_access_permissions'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
    ]

    operations = [
        migrations.CreateModel(
            name='EditorReview',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': "editor's review",
                'verbose_name_plural': "editors' reviews",
            },
            bases=('wagtailcore.task',),
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_review, migrations.RunPython.noop),
    ]
