"""The client that the same package generates from the API's description: `langsmith.Client().sandboxes`."""

import asyncio
import os
import sys
import uuid

import langsmith
from check import CalledMethods, Checks, equal
from langsmith._openapi_client.resources import sandboxes as resources

IMAGE = os.environ["SUITE_IMAGE"]
UNIQUE = uuid.uuid4().hex[:8]
checks = Checks()


async def settled(look, wanted="ready"):
    async with asyncio.timeout(60):
        while (found := await look()).status != wanted:
            assert found.status != "failed", found
            await asyncio.sleep(0.05)
    return found


async def built(api, name, **more):
    made = await api.snapshots.create(name=name, docker_image=IMAGE, fs_capacity_bytes=1024**3, **more)
    return await settled(lambda: api.snapshots.retrieve(made.id))


async def snapshots(api):
    name = f"pg/{UNIQUE}"
    made = await built(api, name, tag="v1", labels={"purpose": "generated"})
    equal((await api.snapshots.retrieve(f"{name}:v1")).id, made.id)
    by_name = await api.snapshots.retrieve_by_name(name)
    equal([(tag.tag, tag.snapshot_id) for tag in by_name.tags], [("v1", made.id)])
    second = await built(api, name, tag="v2", labels={"purpose": "generated"})
    listed = [each.id async for each in api.snapshots.list(label=["purpose=generated"], page_size=1)]
    equal(sorted(listed), sorted([made.id, second.id]))
    for each in (made, second):
        await api.snapshots.delete(each.id)


async def boxes(api):
    base = await built(api, f"pg/base-{UNIQUE}")
    made = await api.boxes.create(snapshot_id=base.id, labels={"purpose": "generated"})
    await settled(lambda: api.boxes.get_status(made.name))
    equal((await api.boxes.retrieve(made.id)).labels, {"purpose": "generated"})
    equal((await api.boxes.update(made.name, idle_ttl_seconds=60)).idle_ttl_seconds, 60)
    other = await api.boxes.create(snapshot_id=base.id)
    listed = [each.id async for each in api.boxes.list(page_size=1)]
    equal(sorted(listed), sorted([made.id, other.id]))
    await api.boxes.delete(other.name)
    await api.boxes.stop(made.name)
    equal((await api.boxes.get_status(made.name)).status, "stopped")
    await api.boxes.start(made.name)
    await settled(lambda: api.boxes.get_status(made.name))
    capture = await api.boxes.create_snapshot(made.name, body_name=f"pg/capture-{UNIQUE}")
    await settled(lambda: api.snapshots.retrieve(capture.id))
    assert (await api.boxes.generate_download_url(made.name, path="/etc/hostname")).download_url
    assert (await api.boxes.generate_service_url(made.name, port=8080)).token
    equal((await api.boxes.with_raw_response.retrieve(made.id)).status_code, 200)
    async with api.boxes.with_streaming_response.retrieve(made.id) as answer:
        equal(answer.status_code, 200)
    await api.boxes.delete(made.name)
    for each in (capture, base):
        await api.snapshots.delete(each.id)


async def registries(api):
    login = {"username": "somebody", "password": uuid.uuid4().hex}
    made = await api.registries.create(name=f"pg-registry-{UNIQUE}", url="registry.example.com", **login)
    equal((await api.registries.retrieve(made.name)).id, made.id)
    equal((await api.registries.update(made.id, url="other.example.com")).url, "other.example.com")
    assert made.id in [each.id for each in (await api.registries.list()).registries]
    await api.registries.delete(made.name)


async def answers(api):
    for each in (api, api.snapshots, api.registries):
        assert each.with_raw_response and each.with_streaming_response
    equal((await api.snapshots.with_raw_response.list()).status_code, 200)
    equal([[each async for each in api.boxes.list()], [each async for each in api.snapshots.list()]], [[], []])


async def main():
    api = langsmith.Client().sandboxes
    for check in (snapshots, boxes, registries, answers):
        await checks.run_async(check.__name__, lambda: check(api))


called = CalledMethods()
called.start()
asyncio.run(main())
called.stop()

classes = [
    resources.AsyncSandboxesResource, resources.AsyncBoxesResource,
    resources.AsyncSnapshotsResource, resources.AsyncRegistriesResource,
]
checks.run("every method was called", lambda: equal(called.missing(classes), []))
sys.exit(1 if checks.failed else 0)
