import { workspace } from 'vscode';
import type { NetworkOptions } from '../api/network/network';
import type { Secret } from '../api/secret';
import type { Connections } from '../app/connections';
import { editorNetworkSettings, networkOf } from '../app/editor-network';
import type { Subscription } from '../app/observable';
import type { Session } from '../app/session';

/** How the editor is set up to reach other machines. What the system alone knows of proxies, no extension is told. */
export function editorNetwork(onRead: (secret: Secret) => void): NetworkOptions {
  const http = workspace.getConfiguration('http');
  const settings = Object.fromEntries(editorNetworkSettings.map((name) => [name, http.get(name)]));
  return networkOf(settings, process.env, onRead);
}

/** Connects again when that is changed and the way there is was no good: one that works may be in use. */
export function followEditorNetwork(connections: Connections): Subscription {
  return workspace.onDidChangeConfiguration((change) => {
    const { value } = connections.current;
    if (value.state === 'signed-out' || value.target.kind === 'local') return;
    const isChanged = editorNetworkSettings.some((name) => change.affectsConfiguration(`http.${name}`));
    const isBroken = value.state === 'failed' || (value.state === 'connected' && isFailing(value.session));
    if (isChanged && isBroken) void connections.reconnect(new AbortController().signal);
  });
}

function isFailing({ inventory: { boxes, snapshots } }: Session): boolean {
  return [boxes, snapshots].some(({ listing }) => 'failure' in listing.value);
}
