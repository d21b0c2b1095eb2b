import type { Agent } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { Failure } from '../failure';
import type { RouterEnvironment } from '../router';
import { answerFailure } from './failure-page';
import { forward, type ServiceCall } from './forward';
import { forwardUpgrade } from './forward-upgrade';
import { tokenHeader } from './forwarded-headers';
import { signInPath, signInReply } from './sign-in';
import { targetOfHost, targetOfPath, type ServiceTarget } from './service-address';
import { tokenOfCookie } from './service-cookie';
import { readServiceToken, type ServiceGrant } from './service-token';

export interface ServiceDoorOptions {
  /** Signs and checks tokens. */
  key: Uint8Array;
  agent: Agent;
}

/** Stands for an answer that went out past the router: see @hono/node-server. */
const alreadySent = { 'x-hono-already-sent': 'true' };

/**
 * Takes all requests to hosts of services, and those below `/services/` that name one: nothing else can be reached by
 * these. A request needs the token of its service, as a header, or on a service's own host as a cookie.
 */
export function serviceDoor(options: ServiceDoorOptions): MiddlewareHandler<RouterEnvironment> {
  return async (context, next) => {
    const byHost = targetOfHost(context.req.header('host') ?? '');
    const byPath = byHost ? undefined : targetOfPath(context.env.incoming.url ?? '');
    const target = byHost ?? byPath;
    if (!target) return next();
    try {
      if (byHost && context.req.path.startsWith(signInPath)) {
        return await signInReply(context, options.key, target);
      }
      const prefix = byPath?.prefix ?? '';
      const grant = await requireGrant(context, options.key, target, byHost !== undefined);
      return await letThrough(context, options, target, prefix, grant);
    } catch (error) {
      return answerFailure(context, error);
    }
  };
}

async function requireGrant(
  { req }: Context<RouterEnvironment>,
  key: Uint8Array,
  target: ServiceTarget,
  takesCookie: boolean,
): Promise<ServiceGrant> {
  const token = req.header(tokenHeader) ?? (takesCookie ? tokenOfCookie(req.header('cookie')) : undefined);
  if (token) return readServiceToken(key, target, token);
  throw new Failure(
    401,
    'Unauthorized',
    'This service needs a token. Open the link you were given, or ask for a new one.',
  );
}

async function letThrough(
  context: Context<RouterEnvironment>,
  { agent }: ServiceDoorOptions,
  target: ServiceTarget,
  prefix: string,
  { embedOrigins }: ServiceGrant,
): Promise<Response> {
  const { incoming, outgoing, upgrade } = context.env;
  const signal = context.get('signal');
  const call: ServiceCall = { ...target, agent, incoming, outgoing, prefix, embedOrigins, signal };
  if (upgrade) {
    await forwardUpgrade(call, upgrade);
    return context.body(null);
  }
  const status = await forward(call);
  return new Response(null, { status: Math.max(status, 200), headers: alreadySent });
}
