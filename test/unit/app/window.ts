import { onTestFinished } from 'vitest';
import { Transport } from '../../../src/api/transport';
import { Connections, type ConnectionsOptions } from '../../../src/app/connections';
import { Credentials } from '../../../src/app/credentials';
import { Memory } from '../../../src/app/memory';
import { memento } from './memento';
import { secretStorage } from './secret-storage';

/** What all windows of one editor share. */
export interface SharedState {
  readonly secrets: ReturnType<typeof secretStorage>;
  readonly state: ReturnType<typeof memento>;
}

export function sharedState(): SharedState {
  return { secrets: secretStorage(), state: memento() };
}

/** The connections of one window; they end with the test. */
export function windowOver(
  { secrets, state }: SharedState,
  reachLocal: ConnectionsOptions['reachLocal'] = () => Promise.reject(new Error('no local server here')),
): Connections {
  const connections = new Connections({
    credentials: new Credentials(secrets, () => undefined),
    remembered: new Memory(state),
    reachLocal,
    openTransport: (endpoint, apiKey) => new Transport({ endpoint, apiKey }),
    pageSize: () => 50,
  });
  onTestFinished(() => connections.dispose());
  return connections;
}
