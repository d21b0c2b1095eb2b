// Brings up the engine and the registries that tests need, prints their addresses as `export` lines and runs until
// SIGINT or SIGTERM: eval the lines in a shell, then run vitest by hand as often as you like.
import { once } from 'node:events';
import { runMain } from './setup/say.mjs';
import { startTestEnvironment } from './setup/test-environment.mjs';

await runMain(async () => {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  const environment = await startTestEnvironment({ signal: stopping.signal });
  for (const [name, value] of Object.entries(environment.env)) console.log(`export ${name}=${value}`);
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  await environment.stop();
});
