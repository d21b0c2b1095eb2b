import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorCode } from '../http/connection-failure';
import type { Place } from './place';
import { dockerConfigFolder, type Surroundings } from './surroundings';

const configShape = z.object({ currentContext: z.string().optional() });
const contextShape = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string().min(1), SkipTLSVerify: z.boolean().optional() }),
  }),
});

/**
 * The docker command's current context: `DOCKER_CONTEXT`, else the one chosen by `docker context use`.
 * Undefined for the default one. Source of the layout: docker/cli, `cli/context/store`.
 */
export async function contextPlace(surroundings: Surroundings): Promise<Place | undefined> {
  const folder = dockerConfigFolder(surroundings);
  const named = surroundings.env['DOCKER_CONTEXT'];
  if (named)
    return named === 'default' ? undefined : { ...(await readContext(folder, named)), isFinal: true };
  const url = path.join(folder, 'config.json');
  const config = await readJson(url, configShape);
  if (config === 'missing') return undefined;
  if ('problem' in config) return { source: 'docker context', url, ...config };
  const { currentContext } = config;
  return currentContext && currentContext !== 'default' ? readContext(folder, currentContext) : undefined;
}

async function readContext(folder: string, name: string): Promise<Place> {
  const source = `docker context ${name}`;
  const id = createHash('sha256').update(name).digest('hex');
  const file = path.join(folder, 'contexts/meta', id, 'meta.json');
  const context = await readJson(file, contextShape);
  if (context === 'missing') return { source, url: file, problem: 'no such context' };
  if ('problem' in context) return { source, url: file, ...context };
  const { Host: url, SkipTLSVerify = false } = context.Endpoints.docker;
  const certificates = path.join(folder, 'contexts/tls', id, 'docker');
  const tls = { path: certificates, isServerVerified: !SkipTLSVerify, isOptional: !SkipTLSVerify };
  return { source, url, tls: /^(?:tcp|https?):/.test(url) ? tls : undefined };
}

async function readJson<Shape extends z.ZodType<object>>(
  file: string,
  shape: Shape,
): Promise<z.infer<Shape> | { problem: string } | 'missing'> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return 'missing';
    return { problem: code ? `can't be read: ${code}` : "can't be read: not in the docker command's form" };
  }
}
