import { l10n } from 'vscode';
import { freeLocalPort, isLocalPortFree } from '../../app/services/local-port';
import { portNumber } from '../../app/services/port-number';
import type { Place, Turn } from '../wizards/steps';
import { askText, type Note } from '../wizards/text-question';

export interface LocalPortQuestion {
  /** In the sandbox. */
  readonly port: number;
  /** On Enter: the reason why it is not taken, or undefined. */
  readonly submit: (localPort: number) => Promise<string | undefined>;
}

/** The same number where it is free on this machine, otherwise any that is. */
export async function askLocalPort(place: Place, { port, submit }: LocalPortQuestion): Promise<Turn> {
  const free = await freeLocalPort(port);
  return askText(place, {
    prompt:
      free === port
        ? l10n.t('Port on this machine')
        : l10n.t('Port on this machine; {0} is taken, {1} is free', port, free),
    value: String(free),
    check: (text) => (portNumber(text) === undefined ? notAPort() : undefined),
    lookUp: async (text) => ((await isLocalPortFree(Number(text))) ? undefined : taken(text)),
    submit: (text) => submit(Number(text)),
  });
}

function notAPort(): Note {
  return { text: l10n.t('A port is a number from 1 to 65535.'), severity: 'error' };
}

function taken(port: string): Note {
  return { text: l10n.t('Port {0} of this machine is not free. Choose another.', port), severity: 'error' };
}
