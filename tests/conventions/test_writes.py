"""Writes stand in actions only: no other module saves, creates, changes or deletes what the database keeps."""

import ast
import re
from pathlib import Path

import pytest

from tests.conventions.tree import PACKAGE, in_each, is_in, parsed, python_files, refuse, shown

# Methods that write whatever they are called on.
ALWAYS = {
    "save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "add_child", "add_root",
    "add_sibling", "save_revision", "publish", "unpublish", "asave", "adelete", "acreate", "aupdate",
    "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
# Methods that dictionaries, sets and hashes have too: they write when called on a manager or a query.
ON_QUERIES = {"create", "update"}
QUERY = re.compile(
    r"\.(objects|_default_manager|_base_manager)\b|\.(filter|exclude|all|using|order_by|select_for_update)\("
)
STATEMENT = re.compile(r"\s*(insert|update|delete|replace|merge|truncate|alter|drop|create)\b", re.IGNORECASE)
# Modules that write besides actions, each with its reason.
WRITERS = {
    "gazeti/log/clock/lease.py": "it is the clock's own row, which no app above knows",
    "gazeti/log/clock/failures.py": "it keeps what the clock could not do; the jobs' own writes stand in actions",
    "gazeti/log/pruning.py": "it drops what the clock and the background tasks did long ago: tables of no app above",
    "gazeti/log/rotation.py": "it drops from the log what its owner let go, and notes it in the log's own rows",
    "gazeti/log/followers/advance.py": "it moves a follower's own row, in the transaction of what the follower does",
    "gazeti/log/followers/running.py": "it notes in that row that a follower has failed",
    "gazeti/log/backlog.py": "it puts back the tasks whose worker died, in tables that no app owns",
    "gazeti/guard/table.py": "it is the guard's one count: `guard` has noun modules, and nobody else writes its tables",
    "gazeti/guard/done.py": "it keeps what happens once, in a table of the guard's own, in the caller's transaction",
    "gazeti/guard/pruning.py": "it drops what is over from the guard's own tables, for the clock's job in `accounts`",
}
# Calls that only look like a write, as `path: call`, each with its reason.
HARMLESS: dict[str, str] = {
    "gazeti/guard/cache.py: self.delete": "it is the cache's own method; what it does is done by `guard.done`",
    "gazeti/log/relay.py: self._client().publish": "it tells Redis, and no database",
    "gazeti/stories/views/preview.py: form.save": "with commit=False it fills a story in memory, for its preview",
}


def statement(call: ast.Call) -> bool:
    """Say whether a call executes SQL that changes rows or tables."""
    first = call.args[0] if call.args else None
    text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    return bool(STATEMENT.match(text))


def is_write(call: ast.Call) -> bool:
    """Say whether a call writes to the database, by its name and by what it is called on."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, call.func.value
    if name in {"execute", "executemany", "raw"}:
        return statement(call)
    if name == "save" and call.args:  # Pillow's and storage's take a name or a file; a model's takes nothing by place
        return False
    own = isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "super"
    return not own and (name in ALWAYS or (name in ON_QUERIES and bool(QUERY.search(ast.unparse(owner)))))


def writes(tree: ast.AST) -> list[str]:
    """Return the calls of a module that write, as written."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_write(node)]
    return [ast.unparse(call.func) for call in calls]


def own_methods_left_out(tree: ast.Module) -> ast.Module:
    """Return a module of models without what a model's or a manager's method does to its own row."""
    kept = [node for node in tree.body if not isinstance(node, ast.ClassDef)]
    return ast.Module(body=kept, type_ignores=[])


def writes_of(path: Path) -> list[str]:
    """Return the writes of a module that may not write."""
    tree = own_methods_left_out(parsed(path)) if is_in(path, "models") else parsed(path)
    return [call for call in writes(tree) if f"{shown(path)}: {call}" not in HARMLESS]


def test_only_actions_write() -> None:
    ours = [path for path in python_files("gazeti") if not is_in(path, "actions") and shown(path) not in WRITERS]
    refuse(in_each(writes_of, ours))


def test_every_exemption_is_still_needed_and_has_its_reason() -> None:
    assert [name for name in WRITERS if not writes(parsed(PACKAGE.parent / name))] == []
    calls = in_each(lambda path: writes(parsed(path)), python_files("gazeti"))
    assert set(HARMLESS) <= set(calls)
    assert all(len(reason) > 20 for reason in [*WRITERS.values(), *HARMLESS.values()])


@pytest.mark.parametrize(
    "line",
    [
        "story.save()",
        "Story.objects.create(title='A')",
        "Story.objects.filter(live=True).update(live=False)",
        "front.add_child(instance=section)",
        "cursor.execute('DELETE FROM story')",
        "stories.order_by('pk').delete()",
        "await Story.objects.acreate()",
    ],
)
def test_a_write_is_seen(line: str) -> None:
    assert writes(ast.parse(f"async def f():\n    {line}\n"))


@pytest.mark.parametrize(
    "line",
    [
        "facts.update(more)",
        "Story.objects.filter(live=True)",
        "cursor.execute('SELECT 1')",
        "super().save()",
        "image.save(path)",
    ],
)
def test_what_only_looks_like_a_write_is_not(line: str) -> None:
    assert writes(ast.parse(line)) == []
