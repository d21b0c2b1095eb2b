import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensurePackages } from './apt.mjs';
import { freePort } from './free-port.mjs';
import { mustRun } from './run.mjs';
import { startService } from './service.mjs';
import { waitFor } from './wait.mjs';

/**
 * Starts two image registries on 127.0.0.1, one open and one that wants a password made up for this run.
 * Their images are gone when they stop.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<{ open: string, auth: string, user: string, password: string, authorization: string,
 *   stop(): Promise<void> }>} `open` and `auth` are host:port; `authorization` is the header for `auth`
 */
export async function startRegistries({ signal } = {}) {
  await ensurePackages(['docker-registry', 'apache2-utils'], { signal });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-registries-'));
  const user = 'tester';
  const password = randomBytes(12).toString('hex');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const { stdout: passwords } = await mustRun('htpasswd', ['-niB', user], { input: password });
  const passwordFile = path.join(folder, 'htpasswd');
  await writeFile(passwordFile, passwords, { mode: 0o600 });

  const running = [];
  const stop = async () => {
    await Promise.all(running.map(({ service }) => service.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    running.push(await startRegistry(path.join(folder, 'open'), { signal }));
    running.push(await startRegistry(path.join(folder, 'auth'), { passwordFile, authorization, signal }));
  } catch (error) {
    await stop();
    throw error;
  }
  const [open, auth] = running.map(({ address }) => address);
  return { open, auth, user, password, authorization, stop };
}

/** docker-registry can't be asked for "any free port", so a port lost to another program is chosen anew. */
async function startRegistry(folder, options, attempts = 5) {
  const address = `127.0.0.1:${await freePort()}`;
  const configFile = `${folder}.json`;
  const logFile = `${folder}.log`;
  await writeFile(configFile, JSON.stringify(configuration(address, folder, options.passwordFile)));
  const service = startService('docker-registry', ['serve', configFile], { logFile });
  const headers = options.authorization ? { Authorization: options.authorization } : {};
  const answers = async () => {
    if (service.exited) throw new Error(`docker-registry ended: ${service.log()}`);
    const response = await fetch(`http://${address}/v2/`, {
      headers,
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined);
    return response?.ok && !service.exited ? true : undefined;
  };
  try {
    await waitFor(answers, { what: `the registry at ${address}`, timeoutMs: 20_000, signal: options.signal });
    return { service, address };
  } catch (error) {
    await service.stop();
    if (attempts > 1 && /address already in use/.test(service.log()))
      return startRegistry(folder, options, attempts - 1);
    throw error;
  }
}

/** The registry reads YAML, of which JSON is a part. */
function configuration(addr, rootdirectory, passwordFile) {
  return {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory }, delete: { enabled: true } },
    http: { addr, secret: 'one run' },
    ...(passwordFile && { auth: { htpasswd: { realm: 'test', path: passwordFile } } }),
  };
}
