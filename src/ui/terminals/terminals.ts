import { ThemeIcon, window, type ExtensionTerminalOptions, type Terminal } from 'vscode';
import { Nudge } from '../../api/nudge';
import type { Box } from '../../api/types';
import type { FailureCause } from '../../app/failure';
import type { Connections } from '../../app/connections';
import type { Subscription } from '../../app/observable';
import type { Polling } from '../../app/polling/polling';
import type { Session } from '../../app/session';
import type { Uses } from '../../app/idle/uses';
import type { KeptTerminal, KeptTerminals } from '../../app/terminals/kept';
import {
  attachShell,
  startProgram,
  type Screen,
  type Shell,
  type ShellEnd,
  type ShellRequest,
  type TerminalSize,
} from '../../app/terminals/shell';
import { runningPlace } from '../../app/terminals/running-place';
import { isSameTarget } from '../../app/target';
import type { Transport } from '../../api/transport';
import { closeShell } from './close-shell';
import { offeredAgent } from './offered-agent';
import { shellIn, type Chosen, type Launch } from './launch';
import { SandboxTerminal, type AtEnd, type TerminalSource } from './sandbox-terminal';

export interface TerminalsDependencies {
  readonly kept: KeptTerminals;
  readonly connections: Connections;
  readonly polling: Pick<Polling, 'refresh'>;
  readonly uses: Uses;
  readonly onError: (error: unknown) => void;
}

/** Causes that leave the shell running, as far as one knows: it may be attached to again. */
const passing: readonly FailureCause[] = [
  'unauthorized',
  'forbidden',
  'unreachable',
  'ambiguous',
  'deadline',
  'quota',
  'unavailable',
];

const refreshMs = 600_000;

/** The window's terminals in sandboxes. */
export class Terminals {
  readonly kept: KeptTerminals;
  readonly #polling: TerminalsDependencies['polling'];
  readonly #uses: Uses;
  readonly #connections: Connections;
  readonly #onError: (error: unknown) => void;
  readonly #nudge = new Nudge();
  readonly #subscriptions: Subscription[];

  constructor({ kept, connections, polling, uses, onError }: TerminalsDependencies) {
    this.kept = kept;
    this.#connections = connections;
    this.#onError = onError;
    const refreshing = setInterval(() => this.#write(kept.refresh()), refreshMs);
    this.#uses = uses;
    this.#polling = polling;
    this.#subscriptions = [
      window.onDidChangeWindowState(({ focused }) => (focused ? this.#nudge.nudge() : undefined)),
      connections.current.subscribe(() => this.#nudge.nudge()),
      window.onDidCloseTerminal(closeShell),
      { dispose: () => clearInterval(refreshing) },
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  open(launch: Launch, atEnd: AtEnd): Terminal {
    const terminal = window.createTerminal(
      this.optionsFor(launch.title, () => Promise.resolve(launch), atEnd),
    );
    terminal.show();
    return terminal;
  }

  openShell(chosen: Chosen): Terminal {
    return this.open(shellIn(chosen), 'close-if-well');
  }

  /** `choose` is asked when the terminal is on the screen, which goes again when it is told nothing. */
  optionsFor(
    name: string,
    choose: () => Promise<Launch | undefined>,
    atEnd: AtEnd,
  ): ExtensionTerminalOptions & { pty: SandboxTerminal } {
    let session: Session | undefined;
    const source: TerminalSource = {
      atEnd,
      begin: async (screen, size, isWanted) => {
        const launch = await choose();
        if (!launch) return undefined;
        session = launch.session;
        const shell = await this.#begin(launch, screen, size, isWanted);
        const isReplay = typeof launch.program !== 'function';
        return shell && { shell, name: launch.title, isReplay };
      },
      onEnd: (shell, end) => this.#settle(shell, end),
      onLost: () => void (session && this.#polling.refresh(session)),
    };
    // One of ours can't be revived by the editor: what it would bring back is a picture without a shell.
    return {
      name,
      pty: new SandboxTerminal(source),
      iconPath: new ThemeIcon('vm-running'),
      isTransient: true,
    };
  }

  async #begin(
    { session, box, program }: Launch,
    screen: Screen,
    size: TerminalSize,
    isWanted: () => boolean,
  ): Promise<Shell | undefined> {
    const isNew = typeof program === 'function';
    const transport = (): Transport | undefined => this.#transportOf(session);
    const running = await runningPlace(session, transport(), box.id);
    const what = isNew ? await program() : program;
    if (!isWanted()) return undefined;
    this.#uses.touch(box.id);
    const show: Screen['show'] = (text, missing) => {
      this.#uses.touch(box.id);
      return screen.show(text, missing);
    };
    const request: ShellRequest = {
      session,
      box: running.box,
      transport,
      screen: { ...screen, show },
      size,
      nudge: this.#nudge,
      openAgent: offeredAgent(screen),
    };
    const shell = 'line' in what ? startProgram(request, what) : attachShell(request, what.commandId);
    this.#keep(shell, session, running.box, 'line' in what ? undefined : what);
    return shell;
  }

  #keep({ commandId }: Shell, { target }: Session, { id, name }: Box, before?: KeptTerminal): void {
    const now = new Date();
    const made = { commandId, boxId: id, boxName: name, target, startedAt: now.toISOString() };
    this.#write(this.kept.attach({ ...(before ?? made), attachedAt: now.getTime() }));
  }

  /** The window may have left this connection and come back to it, to another address. */
  #transportOf({ target, transport }: Session): Transport | undefined {
    const { state, session } = this.#connections.current.value;
    if (session && isSameTarget(session.target, target)) {
      return state === 'connected' || target.kind !== 'local' ? session.transport : undefined;
    }
    // Where a local server was, a stranger may listen by now.
    return target.kind === 'local' ? undefined : transport;
  }

  #settle({ commandId }: Shell, end: ShellEnd): void {
    if (mayGoOn(end)) this.kept.detach(commandId);
    else this.#write(this.kept.forget(commandId));
  }

  #write(writing: Promise<void>): void {
    writing.catch((error: unknown) => this.#onError(error));
  }
}

function mayGoOn(end: ShellEnd): boolean {
  if (end.kind === 'failed') return passing.includes(end.failure.cause);
  return end.kind === 'left' || (end.kind === 'not-running' && end.isKept);
}
