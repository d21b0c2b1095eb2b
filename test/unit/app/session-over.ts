import { onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import type { Run, Step } from '../../../src/app/outcome';
import { Session } from '../../../src/app/session';
import { startScriptedApi, type ScriptedApi } from './scripted-api';

/** A session with a scripted server of its own; both end with the test. */
export async function sessionOverScriptedApi(pageSize = 50): Promise<{ api: ScriptedApi; session: Session }> {
  const api = await startScriptedApi();
  const transport = new Transport({ endpoint: api.endpoint, apiKey: new Secret(api.apiKey) });
  const session = new Session({ kind: 'langsmith', endpoint: api.endpoint }, transport, () => pageSize);
  onTestFinished(async () => {
    await session.end();
    await api.close();
  });
  return { api, session };
}

/** A run whose steps can be read and which can be cancelled. */
export function aRun(): Run & { steps: Step[]; cancel(): void } {
  const controller = new AbortController();
  const steps: Step[] = [];
  return {
    signal: controller.signal,
    onStep: (step) => steps.push(step),
    steps,
    cancel: () => controller.abort(),
  };
}
