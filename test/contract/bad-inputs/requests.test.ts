import { beforeAll, expect, it } from 'vitest';
import { engineView } from '../local/fixture/engine-view';
import { isNotThereYet } from './fixture/not-there-yet';
import { expectRefusal } from './fixture/refusal';
import { stage } from './fixture/stage';
import { traces, type Traces } from './fixture/traces';
import { boxRows } from './rows/boxes';
import { commandRows, fileRows } from './rows/dataplane';
import { listRows } from './rows/lists';
import { registryRows } from './rows/registries';
import { otherRows, proxyRows, serviceRows } from './rows/services';
import { snapshotRows } from './rows/snapshots';

// Each row is one request that is wrong in one way: it gets its status and a sentence, and leaves nothing.

const scene = stage();
const view = engineView();
let before: Traces;

beforeAll(async () => {
  before = await traces(scene.running, view);
});

it.for([
  ...snapshotRows,
  ...listRows,
  ...boxRows,
  ...registryRows,
  ...commandRows,
  ...fileRows,
  ...serviceRows,
  ...proxyRows,
  ...otherRows,
])('%s is refused', async ([, request, body, gets, says], { skip }) => {
  const reply = await scene.ask(request, body);
  skip(isNotThereYet(reply.text), 'the local server does not answer this yet');
  expectRefusal(reply, [gets].flat(), new RegExp(scene.fill(says.source), says.flags));
});

it('the server is up, and nothing was left behind', async () => {
  expect((await scene.running.wire.call('GET', '/boxes')).status).toBe(200);
  await expect.poll(() => traces(scene.running, view), { timeout: 10_000 }).toEqual(before);
});
