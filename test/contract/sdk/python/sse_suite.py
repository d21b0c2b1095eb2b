"""The same SDK with commands over SSE, which it has to be asked for by its environment."""

import os
import sys
import uuid

from check import Checks, equal, raises
from langsmith import sandbox as sdk

UNIQUE = uuid.uuid4().hex[:8]
checks = Checks()
client = sdk.SandboxClient()
snapshot = client.create_snapshot(f"sse/{UNIQUE}", os.environ["SUITE_IMAGE"], 1024**3)
box = client.create_sandbox(snapshot.id)


def results():
    run = box.run("echo out; echo err >&2; exit 3")
    equal((run.stdout, run.stderr, run.exit_code), ("out\n", "err\n", 3))
    equal(box.run("cat; echo end").stdout, "end\n")


def streams():
    handle = box.run("printf 'grü'; sleep 0.1; printf 'ße'", wait=False)
    equal("".join(chunk.data for chunk in handle), "grüße")
    equal(handle.last_stdout_offset, len("grüße".encode()))


def much():
    equal(len(box.run("head -c 30000000 /dev/zero | tr '\\0' x").stdout), 30_000_000)


def attached():
    handle = box.run("printf 0123456789", wait=False)
    equal(handle.result.stdout, "0123456789")
    equal(box.reconnect(handle.command_id, stdout_offset=4).result.stdout, "456789")


def late():
    raises(sdk.SandboxOperationError, lambda: box.run("sleep 60", timeout=1))


def end():
    box.delete()
    client.delete_snapshot(snapshot.id)


for check in (results, streams, much, attached, late, end):
    checks.run(check.__name__, check)
sys.exit(1 if checks.failed else 0)
