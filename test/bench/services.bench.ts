import { expect } from 'vitest';
import { runCommand } from '../../src/api/commands/run-command';
import { serviceAccess, type ServiceEntry } from '../../src/api/service-access';
import { timed } from './contest';
import { docker } from './docker';
import { pairs, rig } from './rig';

const port = 8080;
const serve = `mkdir -p /srv/www && head -c 1024 /dev/zero > /srv/www/page && httpd -p ${port} -h /srv/www`;
const bench = rig();
let entry: ServiceEntry | undefined;
let published: string | undefined;

bench.contest({
  name: 'a request to a service',
  against: 'its published port',
  pairs: pairs * 2,
  ours: async () => {
    const { url, header, token } = (entry ??= await serviceOf());
    return timed(() => get(new URL('page', url), { [header]: token.reveal() }));
  },
  theirs: async () => {
    const origin = (published ??= await publishedOf());
    return timed(() => get(new URL('page', origin)));
  },
});

async function serviceOf(): Promise<ServiceEntry> {
  await runCommand(bench.transport, bench.box, { command: serve });
  return serviceAccess(bench.transport, bench.box.id, { port })();
}

async function publishedOf(): Promise<string> {
  await docker('exec', bench.container, '/bin/bash', '-c', serve);
  return `http://${await docker('port', bench.container, String(port))}`;
}

async function get(url: URL, headers: Record<string, string> = {}): Promise<void> {
  const reply = await fetch(url, { headers });
  expect((await reply.arrayBuffer()).byteLength).toBe(1024);
}
