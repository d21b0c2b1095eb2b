import { text } from 'node:stream/consumers';
import type { ServiceUrl } from 'langsmith/sandbox';
import { runCommand } from '../../../src/api/commands/run-command';
import { download, upload } from '../../../src/api/files';
import { readFile, statFile } from '../../../src/api/files/read-file';
import { glob, grep } from '../../../src/api/files/search';
import { createDownloadUrl } from '../../../src/api/services';
import { serviceAccess } from '../../../src/api/service-access';
import { asTheirs, boxOf, mine, theirs, type Operation } from './operation';

const path = '/root/made/here.txt';
const port = 8094;
const serve = `mkdir -p /srv/www && echo served > /srv/www/page && httpd -p ${port} -h /srv/www`;

export const dataplane: Operation[] = [
  {
    what: 'run a command',
    theirs: async (side) =>
      (await theirs(side)).run('echo "grüße $PWD"; echo err >&2; exit 3', { cwd: '/opt' }),
    ours: async (side) =>
      runCommand(side.transport, await mine(side), {
        command: 'echo "grüße $PWD"; echo err >&2; exit 3',
        cwd: '/opt',
      }),
    better: {
      why: 'equally right: what nobody asked for is left to the server, which has documented values of its own',
      theirs: [
        'SEND 1 {"close_stdin":true,"command":"echo \\"grüße $PWD\\"; echo err >&2; exit 3","command_id":"{command 1}","cwd":"/opt","idle_timeout_seconds":300,"kill_on_disconnect":false,"shell":"/bin/bash","timeout_seconds":60,"ttl_seconds":600,"type":"execute"}',
      ],
      ours: [
        'SEND 1 {"close_stdin":true,"command":"echo \\"grüße $PWD\\"; echo err >&2; exit 3","command_id":"{command 1}","cwd":"/opt","type":"execute"}',
      ],
    },
  },
  {
    what: 'write a file and read it',
    theirs: async (side) => {
      const box = await theirs(side);
      await box.write(path, 'one\nneedle\n');
      return Buffer.from(await box.read(path)).toString();
    },
    ours: async (side) => {
      const box = await mine(side);
      await upload(side.transport, box, path, 'one\nneedle\n');
      return text(await download(side.transport, box, path));
    },
  },
  {
    what: 'read a part of a file',
    theirs: async (side) => {
      const box = await theirs(side);
      const { size_bytes, etag } = await box.stat(path);
      const part = await box.readRange(path, { start: 4, end: 9, ifRange: etag });
      return [size_bytes, Buffer.from(part.content).toString()];
    },
    ours: async (side) => {
      const box = await mine(side);
      const { size, etag } = await statFile(side.transport, box, path);
      const query = { range: { start: 4, end: 9 }, ifRange: etag };
      const { body } = await readFile(side.transport, box, path, query);
      return [size, await text(body)];
    },
  },
  {
    what: 'find files and search in them',
    theirs: async (side) => {
      const box = await theirs(side);
      const found = await box.glob('**/*.txt', '/root/made');
      const lines = await box.grep('needle', '/root/made');
      return [found.matches.map((match) => match.path), lines.matches];
    },
    ours: async (side) => {
      const box = await mine(side);
      const found = await glob(side.transport, box, { pattern: '**/*.txt', path: '/root/made' });
      const lines = await grep(side.transport, box, { pattern: 'needle', path: '/root/made' });
      return [found.matches.map((match) => match.path), lines.matches];
    },
  },
  {
    what: 'reach a service',
    theirs: async ({ client, unique }) => {
      await (await client.getSandbox(boxOf(unique))).run(serve);
      const service = (await client.serviceUrl(boxOf(unique), { port })) as ServiceUrl;
      return (await service.fetch('/page')).text();
    },
    ours: async (side) => {
      await runCommand(side.transport, await mine(side), { ...asTheirs, command: serve });
      const { url, header, token } = await serviceAccess(side.transport, boxOf(side.unique), { port })();
      return (await fetch(new URL('page', url), { headers: { [header]: token.reveal() } })).text();
    },
  },
  {
    what: 'make a download link',
    theirs: async (side) => {
      const link = await (await theirs(side)).generateDownloadURL(path, { expiresInSeconds: 60 });
      return (await fetch(link.download_url)).text();
    },
    ours: async (side) => {
      const { name } = await mine(side);
      const link = await createDownloadUrl(side.transport, name, { path, expires_in_seconds: 60 });
      return (await fetch(link.download_url)).text();
    },
  },
];
