import { deleteBox, listBoxes } from '../../src/api/boxes';
import { Secret } from '../../src/api/secret';
import { deleteSnapshot, listSnapshots } from '../../src/api/snapshots';
import { Transport } from '../../src/api/transport';
import { forgetLocalServer, type LocalServer } from './local-server';

/** Deletes all that a server has, so that nothing of it stays in the engine; then ends it and forgets its data. */
export async function endLocalServer(server: LocalServer): Promise<void> {
  const transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  const whole = { limit: 500 };
  for (const { id } of (await listBoxes(transport, whole)).items) await deleteBox(transport, id);
  for (const { id } of (await listSnapshots(transport, whole)).items) await deleteSnapshot(transport, id);
  await transport.close();
  await server.stop();
  await forgetLocalServer(server);
}
