import { Uri, workspace, type ExtensionContext } from 'vscode';
import { version } from '../../package.json';
import type { LinkOptions } from '../app/link';
import type { Credentials } from '../app/credentials';
import { reachLocalServer } from '../app/local-process/reach';
import { serverLogPath } from '../app/local-process/server-log';
import type { Log } from '../app/log';
import { settings } from '../contributions';

export interface LocalServer {
  readonly reach: LinkOptions['reachLocal'];
  /** The server writes it. */
  readonly log: Uri;
}

/** The local server that belongs to this extension: its bundle, its folder, and the engine the settings name. */
export function localServer(context: ExtensionContext, credentials: Credentials, log: Log): LocalServer {
  const dataDir = Uri.joinPath(context.globalStorageUri, 'local').fsPath;
  const reach: LocalServer['reach'] = async (signal) => {
    const launch = {
      version,
      program: context.asAbsolutePath('dist/local-server.js'),
      execPath: process.execPath,
      dataDir,
      engineUrl: workspace.getConfiguration().get<string>(settings.localEngine),
    };
    return reachLocalServer(launch, await credentials.localKeys(), log, signal);
  };
  return { reach, log: Uri.file(serverLogPath(dataDir)) };
}
