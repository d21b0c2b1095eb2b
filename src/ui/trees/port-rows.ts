import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { portFacts, type PortFacts, type ServiceFacts } from '../../app/services/port-facts';
import { portRowId, portsRowId } from '../../app/services/port-place';
import { localAddress, sharedWords } from '../services/port-words';
import { whyNotRead } from '../words/failures';
import { span } from '../words/time';
import { noteRow } from './note-row';
import { joined, joinedWords, type Row } from './row';

/** The row above a running sandbox's ports. What is below it is read when it is opened. */
export function portsRow({ id, name, status }: Box, facts: ServiceFacts, now: number): Row | undefined {
  if (status !== 'ready') return undefined;
  const description = summary(facts, id, now);
  return {
    id: portsRowId(id),
    label: l10n.t('Ports'),
    description,
    icon: 'ports',
    contextValue: 'ports',
    spoken: joined([l10n.t('Ports of sandbox {0}', name), description]),
    fold: 'collapsed',
  };
}

export function portRows(boxId: string, facts: ServiceFacts, now: number): Row[] {
  const ports = facts.ports.get(boxId);
  const notes: Row[] = [];
  if (ports?.failure) {
    const why = whyNotRead(ports.failure);
    notes.push(note(boxId, 'failed', l10n.t('Could not be listed: {0}', why)));
  } else if (ports?.known && !ports.known.listening) {
    notes.push(note(boxId, 'unknown', l10n.t('This image has nothing to list its ports by')));
  }
  const rows = portFacts(facts, boxId, now).map((port) => portRow(boxId, port, now));
  if (rows.length > 0 || notes.length > 0) return [...notes, ...rows];
  return [
    ports?.known
      ? note(boxId, 'none', l10n.t('Nothing listens'))
      : { ...note(boxId, 'reading', l10n.t('Looking…')), icon: 'busy' },
  ];
}

/** Ages are told once they matter: nothing is looked for by itself. */
function summary(facts: ServiceFacts, boxId: string, now: number): string {
  const ports = portFacts(facts, boxId, now);
  const count = (is: (port: PortFacts) => unknown): number => ports.filter(is).length;
  const [listening, shared, forwarded] = [
    count(({ isListening }) => isListening === true),
    count((port) => port.shared),
    count(({ forward }) => forward),
  ];
  const at = facts.ports.get(boxId)?.known?.at;
  return joined([
    listening > 0 ? l10n.t('{0} listening', listening) : undefined,
    shared > 0 ? l10n.t('{0} shared', shared) : undefined,
    forwarded > 0 ? l10n.t('{0} forwarded', forwarded) : undefined,
    at !== undefined && now - at >= worthTellingMs ? l10n.t('{0} ago', span(now - at)) : undefined,
  ]);
}

const worthTellingMs = 60_000;

function portRow(boxId: string, facts: PortFacts, now: number): Row {
  const { port, program, isListening, forward, shared } = facts;
  const description = joined([
    program,
    forward && `→ ${localAddress(forward)}`,
    isListening === false ? l10n.t('nothing listens') : undefined,
    forward?.failure && l10n.t('last connection failed: {0}', whyNotRead(forward.failure)),
    shared && sharedWords(shared, now),
  ]);
  return {
    id: portRowId(boxId, port),
    label: String(port),
    description,
    icon: isListening === false ? 'silent' : 'listening',
    contextValue: joinedWords('port', !!forward && 'forwarded', !!shared && 'shared'),
    spoken: joined([l10n.t('Port {0}', port), description]),
  };
}

function note(boxId: string, about: string, label: string): Row {
  return noteRow(`${portsRowId(boxId)}/${about}`, label);
}
