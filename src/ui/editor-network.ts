import { workspace } from 'vscode';
import type { NetworkOptions } from '../api/network/network';
import { unusedProxyFor } from '../api/network/proxy-route';
import type { Secret } from '../api/secret';
import type { Connections } from '../app/connections';
import { editorNetworkSettings, networkOf } from '../app/editor-network';
import type { Log } from '../app/log';
import type { Subscription } from '../app/observable';
import type { Session } from '../app/session';

/** How the editor is set up to reach other machines. What the system alone knows of proxies, no extension is told. */
function editorNetwork(onRead: (secret: Secret) => void): NetworkOptions {
  const http = workspace.getConfiguration('http');
  const settings = Object.fromEntries(editorNetworkSettings.map((name) => [name, http.get(name)]));
  return networkOf(settings, process.env, onRead);
}

/** Gives how to reach an endpoint, read anew each time; the log hears once of each proxy that can't be used. */
export function networkReader(
  log: Log,
  onRead: (secret: Secret) => void,
): (endpoint: string) => NetworkOptions {
  const told = new Set<string>();
  return (endpoint) => {
    const options = editorNetwork(onRead);
    const unused = unusedProxyFor(new URL(endpoint), options.environment ?? process.env);
    if (unused !== undefined && !told.has(unused)) {
      told.add(unused);
      log.warn(
        `the proxy ${unused} is passed by: only http:// and https:// proxies can be used, no SOCKS, no PAC`,
      );
    }
    return options;
  };
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
