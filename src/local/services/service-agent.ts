import { Agent, type AgentOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServiceTarget } from './service-address';
import { asSocket, endSoon } from './service-socket';

/** Less than servers usually keep an idle connection (5 s): one they close meanwhile may swallow a request. */
const idleMs = 4_000;
const limits: AgentOptions = { keepAlive: true, maxSockets: 128, maxFreeSockets: 8 };

/** Keeps connections to services and uses them again. Requests name the sandbox's id as their host. */
export function serviceAgent(connect: (target: ServiceTarget) => Promise<Duplex>): Agent {
  const agent = new Agent(limits);
  const idleTimers = new WeakMap<Duplex, NodeJS.Timeout>();
  agent.createConnection = (options, callback) => {
    connect({ boxId: String(options.host), port: Number(options.port) }).then(
      (stream) => callback?.(null, asSocket(stream)),
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  agent.keepSocketAlive = (stream) => {
    stream.resume(); // so that its end is noticed
    idleTimers.set(stream, setTimeout(() => endSoon(stream), idleMs).unref());
    return true;
  };
  agent.reuseSocket = (socket, request) => {
    clearTimeout(idleTimers.get(socket));
    request.reusedSocket = true;
  };
  return agent;
}
