"""The official Python SDK, unmodified, told nothing but the endpoint and the key by its environment."""

import os
import socket
import sys
import urllib.request
import uuid

from check import CalledMethods, Checks, equal, raises
from dockerfile import built_from_dockerfile
from langsmith import sandbox as sdk

IMAGE = os.environ["SUITE_IMAGE"]
UNIQUE = uuid.uuid4().hex[:8]
GIBIBYTE = 1024**3
PORT = 8092

checks = Checks()
called = CalledMethods()
called.start()
client = sdk.SandboxClient()
snapshot = client.create_snapshot(f"py/{UNIQUE}", IMAGE, GIBIBYTE)
box = client.create_sandbox(snapshot.id, name=f"py-{UNIQUE}")


def snapshots():
    equal(client.get_snapshot(snapshot.id).name, snapshot.name)
    equal([each.id for each in client.list_snapshots(name_contains=UNIQUE, limit=5, offset=0)], [snapshot.id])
    equal(client.wait_for_snapshot(snapshot.id).status, "ready")
    equal([tag.tag for tag in client.list_snapshot_tags(snapshot.name)], ["latest"])
    moved = client.create_snapshot(snapshot.name, IMAGE, GIBIBYTE, tag="second")
    equal(sorted(tag.tag for tag in client.list_snapshot_tags(snapshot.name)), ["latest", "second"])
    client.delete_snapshot(moved.id)
    raises(sdk.ResourceNotFoundError, lambda: client.get_snapshot(moved.id))


def captures():
    box.write("/root/kept", "kept")
    for capture in (
        box.capture_snapshot(f"py/one-{UNIQUE}"),
        client.capture_snapshot(box.name, f"py/two-{UNIQUE}", run_config={"work_dir": "/opt"}),
    ):
        with client.sandbox(capture.id) as other:
            equal(other.read("/root/kept"), b"kept")
        raises(sdk.ResourceNotFoundError, lambda: client.get_sandbox(other.name))
        client.delete_snapshot(capture.id)


def boxes():
    made = client.create_sandbox(snapshot_name=snapshot.name, wait_for_ready=False, idle_ttl_seconds=120)
    equal(client.wait_for_sandbox(made.name, poll_interval=0.1).status, "ready")
    assert made.name in [each.name for each in client.list_sandboxes()]
    renamed = client.update_sandbox(made.name, new_name=f"py-renamed-{UNIQUE}", delete_after_stop_seconds=600)
    equal((renamed.id, renamed.delete_after_stop_seconds), (made.id, 600))
    raises(sdk.ResourceNameConflictError, lambda: client.update_sandbox(renamed.name, new_name=box.name))
    client.delete_sandbox(renamed.name)
    raises(sdk.ResourceNotFoundError, lambda: client.get_sandbox(renamed.name))


def lifecycle():
    box.write("/root/before", "kept")
    box.stop()
    equal(client.get_sandbox_status(box.name).status, "stopped")
    box.start()
    client.stop_sandbox(box.name)
    equal(client.start_sandbox(box.name).status, "ready")
    box.stop()
    equal(box.run("cat /root/before").stdout, "kept")


def commands():
    run = box.run("echo out; echo err >&2; exit 3", env={"A": "b"}, cwd="/opt")
    equal((run.stdout, run.stderr, run.exit_code, run.success), ("out\n", "err\n", 3, False))
    parts = []
    box.run("echo a; echo b >&2", on_stdout=parts.append, on_stderr=parts.append)
    equal(sorted(parts), ["a\n", "b\n"])
    equal(box.run("test -t 0 && echo tty", pty=True).stdout, "tty\r\n")
    equal(box.run("echo $A $PWD", run_config=sdk.RunConfig(work_dir="/opt", env_vars={"A": "b"})).stdout, "b /opt\n")
    raises(sdk.SandboxOperationError, lambda: box.run("sleep 60", timeout=1))


def handles():
    handle = box.run("printf 0123; read line; printf $line; cat", wait=False, close_input=False)
    assert handle.command_id and handle.pid
    second = box.reconnect(handle.command_id, stdout_offset=2)
    handle.send_input("4\n")
    handle.close_input()
    equal("".join(chunk.data for chunk in handle), "01234")
    equal(second.result.stdout, "234")
    equal((handle.result.exit_code, handle.last_stdout_offset, handle.last_stderr_offset), (0, 5, 0))
    equal(handle.reconnect().result.exit_code, 0)
    killed = box.run("sleep 62 & sleep 62", wait=False)
    killed.kill()  # leaves its connection at once, and says so to who still waits on it
    raises(sdk.SandboxConnectionError, lambda: killed.result)
    equal(box.reconnect(killed.command_id).result.exit_code, 137)


def files():
    content = os.urandom(300_000)
    box.write("/root/made/on/the/way", content)
    equal(box.read("/root/made/on/the/way"), content)
    stat = box.stat("/root/made/on/the/way")
    equal(stat.size_bytes, len(content))
    chunk = box.read_range("/root/made/on/the/way", start=10, end=19, if_range=stat.etag)
    equal((chunk.content, chunk.end), (content[10:20], 20))
    assert box.read_range("/root/made/on/the/way", start=0, if_none_match=stat.etag).unchanged
    raises(sdk.ResourceNotFoundError, lambda: box.read("/root/nowhere"))


def searches():
    box.write("/root/found/a.py", "one\nneedle\n")
    box.write("/root/found/deep/b.py", "needle\n")
    found = box.glob("**/*.py", "/root/found")
    equal([each.path for each in found], ["/root/found/a.py", "/root/found/deep/b.py"])
    equal(len(box.ls("/root/found")), 2)
    lines = box.grep("needle", "/root/found", glob="a.*")
    equal([(each.path, each.line, each.text) for each in lines], [("/root/found/a.py", 2, "needle")])


def links():
    box.write("/root/report", "the report")
    for link in (
        box.generate_download_url("/root/report", expires_in_seconds=60),
        client.generate_download_url(box.name, "/root/report", content_type="text/html"),
    ):
        with urllib.request.urlopen(link.download_url) as reply:
            equal(reply.read(), b"the report")


def services():
    box.run(f"mkdir -p /srv/www && echo served > /srv/www/page && httpd -p {PORT} -h /srv/www")
    for service in (box.service(PORT), client.service(box.name, PORT, expires_in_seconds=60)):
        assert service.token and service.browser_url and service.expires_at and service.service_url
        equal(service.get("/page").text, "served\n")
    for method in ("post", "put", "patch", "delete"):
        assert getattr(service, method)("/page").status_code >= 400  # httpd knows GET only
    raises(sdk.SandboxClientError, lambda: client.service(box.name, PORT, access="workspace"))


def tunnels():
    box.run(f"mkdir -p /srv/www && echo served > /srv/www/page; httpd -p {PORT} -h /srv/www || true")
    with box.tunnel(PORT) as tunnel:
        equal(tunnel.remote_port, PORT)
        with socket.create_connection(("127.0.0.1", tunnel.local_port), timeout=10) as connection:
            connection.sendall(b"GET /page HTTP/1.0\r\n\r\n")
            reply = b"".join(iter(lambda: connection.recv(65536), b""))
        assert reply.endswith(b"served\n"), reply


def registries():
    login = {"username": "somebody", "password": uuid.uuid4().hex}
    created = client.registries.create(name=f"py-registry-{UNIQUE}", url="registry.example.com", **login)
    equal(client.registries.retrieve(created.name).id, created.id)
    equal(client.registries.update(created.name, url="other.example.com").url, "other.example.com")
    assert created.id in [each.id for each in client.registries.list().registries]
    equal(client.registries.with_raw_response.retrieve(created.id).status_code, 200)
    with client.registries.with_streaming_response.retrieve(created.id) as answer:
        equal(answer.status_code, 200)
    client.registries.delete(created.name)


def dockerfiles():
    built_from_dockerfile(client, f"py/dockerfile-{UNIQUE}")


def errors():
    raises(sdk.SandboxAuthenticationError, lambda: sdk.SandboxClient(api_key="wrong").get_sandbox("any"))
    raises(sdk.ResourceNotFoundError, lambda: client.delete_sandbox("nowhere"))
    raises(sdk.ValidationError, lambda: client.create_sandbox(snapshot.id, name="not a name"))


def conversions():
    equal(client.to_async().to_sync().get_sandbox(box.name).id, box.id)
    equal(box.to_async().name, box.name)


def end():
    box.delete()
    equal(client.list_sandboxes(), [])
    for each in client.list_snapshots():
        client.delete_snapshot(each.id)
    equal(client.list_snapshots(), [])
    client.close()


for check in (
    snapshots, captures, boxes, lifecycle, commands, handles, files, searches, links, services, tunnels,
    registries, dockerfiles, errors, conversions, end,
):
    checks.run(check.__name__, check)
called.stop()

classes = [
    sdk.SandboxClient, sdk.Sandbox, sdk.CommandHandle, sdk.ServiceURL, sdk.Tunnel, type(client.registries),
]
internal = {"Sandbox.from_dict", "ServiceURL.from_dict"}
left = set(called.missing(classes)) - internal
checks.run("every method was called", lambda: equal(left, set()))
sys.exit(1 if checks.failed else 0)
