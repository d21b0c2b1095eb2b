import path from 'node:path';
import { createHash } from 'node:crypto';
import { window, type Pseudoterminal, type Terminal } from 'vscode';
import type { Box } from '../../src/api/types';
import type { Window } from '../../src/window';
import { breakingLineTo, type BreakingLine } from '../harness/breaking-line';
import { forgetLocalServer, startLocalServer } from '../harness/local-server';
import { emptyServer } from '../contract/local/fixture/empty-server';
import { unique, wireOf, type Wire } from '../contract/local/fixture/wire';
import { activated } from './access';
import { connected } from './connected';

/** A window that is connected to a server of its own, over connections that can be made to break, with one sandbox. */
export interface SandboxInSight {
  host: Window;
  line: BreakingLine;
  wire: Wire;
  box: Box;
  /** What a command says in the sandbox, trimmed. */
  said(command: string): Promise<string>;
  close(): Promise<void>;
}

export async function sandboxInSight(): Promise<SandboxInSight> {
  const host = await activated();
  const program = path.join(host.context.extensionPath, 'dist/local-server.js');
  const server = await startLocalServer({ program });
  const wire = wireOf(server);
  const line = await breakingLineTo(server.endpoint);
  const name = `in-sight-${unique()}`;
  await wire.build(name);
  const box = await wire.boot({ snapshot: name, run_config: { work_dir: '/opt' } });
  await connected(host, { endpoint: line.endpoint, apiKey: server.apiKey });
  return {
    host,
    line,
    wire,
    box,
    said: async (command) => (await wire.execute(box.id, command)).stdout.trim(),
    close: async () => {
      await host.desk.connections.signOut();
      await line.close();
      await emptyServer(wire);
      await server.stop();
      await forgetLocalServer(server);
    },
  };
}

/** What the editor is given to draw. */
export interface Drawn {
  text: string;
  length: number;
  digest(): string;
}

/** From now on. */
export function drawnBy(pty: Pseudoterminal): Drawn {
  const hash = createHash('sha256');
  const drawn: Drawn = { text: '', length: 0, digest: () => hash.digest('hex') };
  pty.onDidWrite((text) => {
    hash.update(text);
    drawn.length += text.length;
    drawn.text = (drawn.text + text).slice(-64 * 1024);
  });
  return drawn;
}

export interface Opened {
  terminal: Terminal;
  pty: Pseudoterminal;
  drawn: Drawn;
}

/** The next of our terminals, with all that is drawn in it. */
export function nextTerminal(): Promise<Opened> {
  return new Promise((resolve) => {
    const listening = window.onDidOpenTerminal((terminal) => {
      const { creationOptions } = terminal;
      if (!('pty' in creationOptions)) return;
      listening.dispose();
      resolve({ terminal, pty: creationOptions.pty, drawn: drawnBy(creationOptions.pty) });
    });
  });
}
