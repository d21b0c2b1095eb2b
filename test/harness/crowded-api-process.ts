import { startScriptedApi } from '../unit/app/scripted-api';
import { boxName, snapshotName, type Request } from './crowded-api';

/** Sandboxes stand on these. */
const origins = 10;

/** Speaks with its parent as crowded-api.ts says, and ends with it. */
async function main(): Promise<void> {
  const api = await startScriptedApi();
  process.on('disconnect', () => process.exit());
  process.on('message', (request: Request) => process.send?.(answerTo(request) ?? null));
  process.send?.({ endpoint: api.endpoint, apiKey: api.apiKey });

  function answerTo(request: Request): unknown {
    switch (request.ask) {
      case 'fill':
        fill(request.snapshots, request.boxes);
        return undefined;
      case 'seen':
        return api.seen.splice(0);
      case 'change': {
        const found = [...api.snapshots, ...api.boxes].find(({ name }) => name === request.name);
        if (!found) throw new Error(`There is no ${request.name} here.`);
        return Object.assign(found, request.facts);
      }
    }
  }

  function fill(snapshots: number, boxes: number): void {
    for (const all of [api.snapshots, api.boxes]) all.splice(0);
    for (let index = 0; index < snapshots; index++) api.addSnapshot({ name: snapshotName(index) });
    const ids = api.snapshots.slice(-origins).map(({ id }) => id);
    for (let index = 0; index < boxes; index++) {
      api.addBox({ name: boxName(index), snapshot_id: ids[index % ids.length] });
    }
  }
}

void main();
