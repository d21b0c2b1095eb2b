import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import type { LocalKeys } from '../../../../src/app/credentials';
import type { LocalServerSettings } from '../../../../src/app/local-process/server-start';

/** A program with the local server's contract: ready line, `server.json`, key from the environment, seal key on stdin. */
const program = `
const fs = require('node:fs'), http = require('node:http'), path = require('node:path');
const dir = process.argv[process.argv.indexOf('--data-dir') + 1];
const note = (name, text) => fs.writeFileSync(path.join(dir, name), text);
const starts = path.join(dir, 'starts');
fs.appendFileSync(starts, process.pid + '\\n');
note('arguments', JSON.stringify(process.argv.slice(2)));
const key = process.env.LANGSMITH_API_KEY;
const behaviour = fs.existsSync(path.join(dir, 'behaviour')) ? fs.readFileSync(path.join(dir, 'behaviour'), 'utf8') : 'serve';
if (behaviour === 'no-engine') {
  console.error('DOCKER_HOST: not set\\nunix:///var/run/docker.sock: no such file');
  process.exit(3);
}
if (behaviour === 'in-use') process.exit(4);
if (behaviour === 'fault') { console.error('the disk is full'); process.exit(1); }
if (behaviour === 'silent') { setInterval(() => {}, 1000); return; }
let sealKey = '';
process.stdin.on('data', (data) => (sealKey += data)).on('end', () => {
  note('seal-key', sealKey);
  const server = http.createServer((request, response) => {
    response.writeHead(request.headers['x-api-key'] === key ? 200 : 403, { 'content-type': 'application/json' });
    response.end('{"version":"1","engine":{"product":"docker","version":"1","url":"unix:///x"}}');
  });
  server.listen(0, '127.0.0.1', () => {
    const endpoint = 'http://127.0.0.1:' + server.address().port;
    note('server.json', JSON.stringify({ pid: process.pid, endpoint, started_at: 'now' }));
    console.log(JSON.stringify({ endpoint, api_key: key }));
    console.error('listening');
  });
});
`;

export interface ServerFolder {
  readonly settings: LocalServerSettings;
  readonly keys: LocalKeys;
  /** How the next start goes. */
  behave(behaviour: 'serve' | 'no-engine' | 'in-use' | 'fault' | 'silent'): Promise<void>;
}

/** A data folder with a scripted program for a server; what was started there ends with the test. */
export async function serverFolder(): Promise<ServerFolder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-reach-'));
  const file = path.join(folder, 'program.cjs');
  await writeFile(file, program);
  onTestFinished(async () => {
    for (const pid of await startedIn(folder)) kill(pid);
    await rm(folder, { recursive: true, force: true });
  });
  return {
    settings: { version: '1', program: file, execPath: process.execPath, dataDir: folder },
    keys: { apiKey: new Secret('the-api-key'), sealKey: new Secret('the-seal-key') },
    behave: (behaviour) => writeFile(path.join(folder, 'behaviour'), behaviour),
  };
}

/** Process ids of all that were started in a folder. */
export async function startedIn(folder: string): Promise<number[]> {
  const text = await readFile(path.join(folder, 'starts'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
