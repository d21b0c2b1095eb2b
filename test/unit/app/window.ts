import { onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import { Connections, type ConnectionsOptions } from '../../../src/app/connections';
import { Credentials } from '../../../src/app/credentials';
import { accountOf } from '../../../src/app/environment';
import { Memory } from '../../../src/app/memory';
import { memento } from './memento';
import { secretStorage } from './secret-storage';

/** What all windows of one editor share. */
export interface SharedState {
  readonly secrets: ReturnType<typeof secretStorage>;
  readonly state: ReturnType<typeof memento>;
  readonly memory: Memory;
}

export function sharedState(onNewProfile?: ConstructorParameters<typeof Memory>[1]): SharedState {
  const state = memento();
  return { secrets: secretStorage(), state, memory: new Memory(state, onNewProfile) };
}

/** The connections of one window; they end with the test. */
export function windowOver(
  { secrets, memory }: SharedState,
  reachLocal: ConnectionsOptions['reachLocal'] = () => Promise.reject(new Error('no local server here')),
  environment: NodeJS.ProcessEnv = {},
): Connections {
  const connections = new Connections({
    credentials: new Credentials(secrets, () => undefined),
    remembered: memory,
    reachLocal,
    environmentAccount: () => accountOf(environment, () => undefined),
    openTransport: (endpoint, apiKey, headers) => new Transport({ endpoint, apiKey, headers }),
    pageSize: () => 50,
  });
  onTestFinished(() => connections.dispose());
  return connections;
}

/** The connections of a window that is connected there by itself. */
export async function windowOn({
  endpoint,
  apiKey,
}: {
  endpoint: string;
  apiKey: string;
}): Promise<Connections> {
  const window = windowOver(sharedState());
  const outcome = await window.connectLangSmith(
    { endpoint },
    new Secret(apiKey),
    new AbortController().signal,
  );
  if (outcome.kind !== 'done') throw new Error(`The connection was not made: ${outcome.kind}`);
  return window;
}
