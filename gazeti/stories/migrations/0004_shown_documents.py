"""The documents that pages offer, as a table; and what is out already is noted there and among the pictures shown."""

import re

import django.db.models.deletion
from django.db import migrations, models

LINK = re.compile(r"<a\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def note_what_is_out(apps, schema_editor):
    Shown = apps.get_model("gazeti_stories", "Shown")
    Shown.objects.all().delete()
    for story in apps.get_model("gazeti_stories", "Story").objects.filter(live=True).iterator():
        raw = story.body.get_prep_value()
        pictures = {*_of_kind(raw, "picture"), story.lead_picture_id} - {None}
        _note(apps, Shown, "picture", "gazeti_media.Picture", pictures, story_id=story.pk)
        _note_documents(apps, story.pk, raw)
    for page in apps.get_model("gazeti_base", "InformationPage").objects.filter(live=True).iterator():
        _note_documents(apps, page.pk, page.body.get_prep_value())


def _note_documents(apps, pk, raw):
    documents = {*_of_kind(raw, "document"), *_linked(raw)} - {None}
    model = apps.get_model("gazeti_stories", "ShownDocument")
    _note(apps, model, "document", "wagtaildocs.Document", documents, page_id=pk)


def _note(apps, model, field, of, pks, **owner):
    there = apps.get_model(of).objects.filter(pk__in=pks).values_list("pk", flat=True)
    model.objects.bulk_create(model(**owner, **{f"{field}_id": pk}) for pk in sorted(there))


def _of_kind(raw, key):
    """The numbers that stand under a key anywhere in a body."""
    if isinstance(raw, dict):
        own = {raw[key]} if isinstance(raw.get(key), int) else set()
        return own.union(*(_of_kind(part, key) for part in raw.values()))
    return set().union(*(_of_kind(part, key) for part in raw)) if isinstance(raw, list) else set()


def _linked(raw):
    """The documents that rich text anywhere in a body links to."""
    if isinstance(raw, str):
        found = [dict(ATTRIBUTE.findall(link)) for link in LINK.findall(raw)]
        return {int(one["id"]) for one in found if one.get("linktype") == "document" and one.get("id", "").isdigit()}
    parts = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    return set().union(*(_linked(part) for part in parts))


class Migration(migrations.Migration):

    dependencies = [
        ("gazeti_base", "0001_initial"),
        ("gazeti_media", "0002_end_of_rights"),
        ("gazeti_stories", "0003_roles"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShownDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtaildocs.document"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.page"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "document"), name="stories_document_shown_once")
                ],
            },
        ),
        migrations.RunPython(note_what_is_out, migrations.RunPython.noop, elidable=True),
    ]
