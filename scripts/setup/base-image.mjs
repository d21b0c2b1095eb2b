import { Readable } from 'node:stream';
import { baseConfig, baseFilesystem } from './base-filesystem.mjs';
import { engineRequest } from './engine-api.mjs';

export const baseImage = 'localhost/sandbox-base:latest';

/** Any answer will do, even "not authorised": the question is whether images can be pulled at all. */
const registryProbe = 'https://registry-1.docker.io/v2/';

/** @returns {Promise<boolean>} whether a public image registry answers within 4 s */
export async function publicRegistryAnswers() {
  try {
    await fetch(registryProbe, { signal: AbortSignal.timeout(4000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts the base image into the engine under the name `baseImage`, unless it has it.
 * @param {string} engine
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function ensureBaseImage(engine, options) {
  const known = await engineRequest(engine, 'GET', `/images/${baseImage}/json`);
  if (known.status === 200) return;
  const query = new URLSearchParams({ fromSrc: '-', repo: baseImage.split(':')[0], tag: 'latest' });
  for (const variable of baseConfig.Env) query.append('changes', `ENV ${variable}`);
  query.append('changes', `CMD ${JSON.stringify(baseConfig.Cmd)}`);
  query.append('changes', `WORKDIR ${baseConfig.WorkingDir}`);
  const body = Readable.from([await baseFilesystem(options)]);
  const headers = { 'Content-Type': 'application/x-tar' };
  const { status, text } = await engineRequest(engine, 'POST', `/images/create?${query}`, {
    body,
    headers,
    timeoutMs: 60_000,
  });
  if (status !== 200 || text.includes('"error"'))
    throw new Error(`The engine did not import ${baseImage}: ${text}`);
}

/** Takes every image of these registries (host and port) out of the engine; one in use stays. */
export async function forgetImagesOf(engine, registries) {
  const { text } = await engineRequest(engine, 'GET', '/images/json');
  const names = JSON.parse(text).flatMap((image) => image.RepoTags ?? []);
  for (const name of names.filter((each) => registries.includes(each.split('/')[0]))) {
    await engineRequest(engine, 'DELETE', `/images/${name}`, { timeoutMs: 30_000 });
  }
}
