"""Builds from Dockerfiles run in a sandbox of the default image, which has no BuildKit here: they fail, and leave nothing."""

import contextlib
import pathlib
import tempfile

from check import equal, raises
from langsmith import sandbox as sdk


@contextlib.contextmanager
def context():
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "Dockerfile").write_text("FROM scratch\n")
        yield folder


def equal_log(logged):
    text = "".join(logged)
    assert "buildkitd: command not found" in text, text


def built_from_dockerfile(client, name):
    logged = []
    with context() as folder:
        more = {"context": folder, "on_build_log": logged.append}
        raises(sdk.ResourceCreationError, lambda: client.create_snapshot_from_dockerfile(name, "Dockerfile", **more))
    equal_log(logged)
    equal([each.name for each in client.list_sandboxes() if each.name.startswith("snapshot-builder")], [])
    equal(client.list_snapshots(name_contains=name), [])
