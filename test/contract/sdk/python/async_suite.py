"""The same SDK's asynchronous half: what differs from the other one is its sockets and streams."""

import asyncio
import os
import sys
import uuid

from check import CalledMethods, Checks, equal
from dockerfile import context, equal_log
from langsmith import sandbox as sdk
from langsmith._openapi_client.resources.sandboxes import AsyncRegistriesResource

IMAGE = os.environ["SUITE_IMAGE"]
UNIQUE = uuid.uuid4().hex[:8]
GIBIBYTE = 1024**3
PORT = 8093
checks = Checks()


async def refused(kind, work):
    try:
        await work
    except kind:
        return
    raise AssertionError(f"no {kind.__name__} was raised")


async def snapshots(client, box, snapshot):
    equal((await client.get_snapshot(snapshot.id)).name, snapshot.name)
    equal([each.id for each in await client.list_snapshots(name_contains=UNIQUE)], [snapshot.id])
    equal((await client.wait_for_snapshot(snapshot.id)).status, "ready")
    equal([tag.tag for tag in await client.list_snapshot_tags(snapshot.name)], ["latest"])
    await box.write("/root/kept", "kept")
    for capture in (
        await box.capture_snapshot(f"pa/one-{UNIQUE}"),
        await client.capture_snapshot(box.name, f"pa/two-{UNIQUE}"),
    ):
        async with await client.sandbox(capture.id) as other:
            equal(await other.read("/root/kept"), b"kept")
        await client.delete_snapshot(capture.id)


async def boxes(client, box, snapshot):
    made = await client.create_sandbox(snapshot.id, wait_for_ready=False)
    equal((await client.wait_for_sandbox(made.name, poll_interval=0.1)).status, "ready")
    assert made.name in [each.name for each in await client.list_sandboxes()]
    renamed = await client.update_sandbox(made.name, new_name=f"pa-renamed-{UNIQUE}")
    await client.stop_sandbox(renamed.name)
    equal((await client.get_sandbox_status(renamed.name)).status, "stopped")
    equal((await client.start_sandbox(renamed.name)).status, "ready")
    await client.delete_sandbox(renamed.name)
    await refused(sdk.ResourceNotFoundError, client.get_sandbox(renamed.name))
    await box.stop()
    await box.start()


async def commands(_client, box, _snapshot):
    run = await box.run("echo out; echo err >&2; exit 3")
    equal((run.stdout, run.stderr, run.exit_code), ("out\n", "err\n", 3))
    handle = await box.run("printf 0123; read line; printf $line; cat", wait=False, close_input=False)
    assert handle.command_id and handle.pid
    second = await box.reconnect(handle.command_id, stdout_offset=2)
    await handle.send_input("4\n")
    await handle.close_input()
    equal("".join([chunk.data async for chunk in handle]), "01234")
    equal((await second.result).stdout, "234")
    equal((handle.last_stdout_offset, handle.last_stderr_offset), (5, 0))
    equal((await (await handle.reconnect()).result).exit_code, 0)
    killed = await box.run("sleep 63 & sleep 63", wait=False)
    await killed.kill()  # leaves its connection at once, and says so to who still waits on it
    await refused(sdk.SandboxConnectionError, killed.result)
    equal((await (await box.reconnect(killed.command_id)).result).exit_code, 137)


async def files(_client, box, _snapshot):
    await box.write("/root/found/a.py", "one\nneedle\n")
    equal(await box.read("/root/found/a.py"), b"one\nneedle\n")
    equal((await box.stat("/root/found/a.py")).size_bytes, 11)
    equal((await box.read_range("/root/found/a.py", suffix_bytes=7)).content, b"needle\n")
    equal([each.path for each in await box.glob("*.py", "/root/found")], ["/root/found/a.py"])
    equal(len(await box.ls("/root/found")), 1)
    equal([each.line for each in await box.grep("needle", "/root/found")], [2])


async def links(client, box, _snapshot):
    await box.write("/root/report", "the report")
    assert (await box.generate_download_url("/root/report")).download_url
    assert (await client.generate_download_url(box.name, "/root/report")).download_url
    await box.run(f"mkdir -p /srv/www && echo served > /srv/www/page && httpd -p {PORT} -h /srv/www")
    for service in (await box.service(PORT), await client.service(box.name, PORT)):
        equal((await service.get("/page")).text, "served\n")
        equal(await service.get_token(), service.token)
        equal(await service.get_service_url(), service.service_url)
        equal(await service.get_browser_url(), service.browser_url)
        equal(await service.get_expires_at(), service.expires_at)
    for method in ("post", "put", "patch", "delete"):
        assert (await getattr(service, method)("/page")).status_code >= 400
    async with await box.tunnel(PORT) as tunnel:
        equal(tunnel.remote_port, PORT)
        reader, writer = await asyncio.open_connection("127.0.0.1", tunnel.local_port)
        writer.write(b"GET /page HTTP/1.0\r\n\r\n")
        reply = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert reply.endswith(b"served\n"), reply
    (await box.tunnel(PORT + 1)).close()


async def registries(client, _box, _snapshot):
    login = {"username": "somebody", "password": uuid.uuid4().hex}
    created = await client.registries.create(name=f"pa-registry-{UNIQUE}", url="registry.example.com", **login)
    equal((await client.registries.retrieve(created.name)).id, created.id)
    equal((await client.registries.update(created.name, url="other.example.com")).url, "other.example.com")
    assert created.id in [each.id for each in (await client.registries.list()).registries]
    equal((await client.registries.with_raw_response.retrieve(created.id)).status_code, 200)
    async with client.registries.with_streaming_response.retrieve(created.id) as answer:
        equal(answer.status_code, 200)
    await client.registries.delete(created.name)


async def dockerfiles(client, _box, _snapshot):
    """As in the other half."""
    logged = []
    name = f"pa/dockerfile-{UNIQUE}"
    with context() as folder:
        arguments = (name, "Dockerfile")
        build = client.create_snapshot_from_dockerfile(*arguments, context=folder, on_build_log=logged.append)
        await refused(sdk.ResourceCreationError, build)
    equal_log(logged)
    equal([each.name for each in await client.list_sandboxes() if each.name.startswith("snapshot-builder")], [])
    equal(await client.list_snapshots(name_contains=name), [])


async def end(client, box, snapshot):
    equal(client.to_sync().get_sandbox(box.name).id, box.id)
    equal(box.to_sync().name, box.name)
    await box.delete()
    await client.delete_snapshot(snapshot.id)
    await client.delete_snapshot("system/default:latest")
    equal([await client.list_sandboxes(), await client.list_snapshots()], [[], []])
    await client.aclose()


async def main():
    client = sdk.AsyncSandboxClient()
    snapshot = await client.create_snapshot(f"pa/{UNIQUE}", IMAGE, GIBIBYTE)
    box = await client.create_sandbox(snapshot.id, name=f"pa-{UNIQUE}")
    for check in (snapshots, boxes, commands, files, links, registries, dockerfiles, end):
        await checks.run_async(check.__name__, lambda: check(client, box, snapshot))


called = CalledMethods()
called.start()
asyncio.run(main())
called.stop()

classes = [
    sdk.AsyncSandboxClient, sdk.AsyncSandbox, sdk.AsyncCommandHandle, sdk.AsyncServiceURL, sdk.AsyncTunnel,
    AsyncRegistriesResource,
]
internal = {"AsyncSandbox.from_dict", "AsyncServiceURL.from_dict"}
left = set(called.missing(classes)) - internal
checks.run("every method was called", lambda: equal(left, set()))
sys.exit(1 if checks.failed else 0)
