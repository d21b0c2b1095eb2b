import { version } from '../../package.json';
import { announce, withdraw } from './announcement';
import { createCommands } from './commands/commands';
import { dataDirectory, emptySpool } from './data-directory';
import { createDialer } from './dial/dialer';
import { openProgram } from './open-program';
import { discoverEngine, type Look } from './engine/discovery';
import type { Engine } from './engine/engine';
import { lockDirectory } from './instance-lock';
import { createLeases, type Leases } from './leases';
import type { Lifecycle } from './lifecycle/lifecycle';
import { endLeftCommands } from './lifecycle/left-commands';
import { createActivity } from './lifecycle/activity';
import { createDepartures } from './lifecycle/departures';
import { usualDepthLimits, type DepthLimits } from './lifecycle/depth';
import { createObserver } from './lifecycle/observe';
import { reconcile } from './lifecycle/reconcile';
import { createSlots } from './lifecycle/slots';
import { createBoxSpares } from './lifecycle/spares/box-spares';
import { createCommandSpares } from './lifecycle/spares/command-spares';
import { noBoxSpares, noCommandSpares } from './lifecycle/spares/no-spares';
import { startSweeper } from './lifecycle/sweeper';
import { createTasks } from './lifecycle/tasks';
import { createTurns } from './lifecycle/turns';
import type { Log } from './log';
import { usualPulse, type Pulse } from './pulse';
import { startServer } from './server';
import { recordUse } from './store/boxes';
import { openDatabase } from './store/database';
import { instanceOf } from './store/instance';
import { sealKeyFromFile } from './store/seal-key';
import { createUndoing } from './undoing';

const withoutCgroups =
  'this engine has no control groups (it is rootless): sandboxes get no limits of CPU and memory, are not paused ' +
  'while they are captured, and can not keep their memory at a stop';

/** No engine answers. `looks` says where it was looked for. */
export class NoEngine extends Error {
  override readonly name = 'NoEngine';

  constructor(readonly looks: Look[]) {
    super('No container engine answers.');
  }
}

export interface RunOptions {
  host: string;
  port: number;
  dataFolder: string;
  engineUrl?: string;
  /** What the default snapshot is built from; there is none when absent. */
  defaultImage?: string;
  apiKey: string;
  /** The data directory's own key file when absent. */
  sealKey?: Uint8Array;
  /** When images are flattened; what engines bear when absent. */
  depthLimits?: DepthLimits;
  /** When silence is looked into; the usual one when absent. */
  pulse?: Pulse;
  /** Whether to start containers and commands ahead of time. */
  spares: boolean;
  log: Log;
  /** Gives up while starting. */
  signal: AbortSignal;
}

export interface LocalServer {
  endpoint: string;
  /** Whether anybody holds a lease or waits for an answer, or anything is in transition. */
  inUse(): boolean;
  /** Ends what is under way and lets go of everything, within a bounded time. */
  close(): Promise<void>;
}

/** Builds that may run at a time. */
const buildSlots = 3;
const taskGraceMs = 6_000;

/**
 * Starts the whole local server: when this resolves it is listening, and its lists are true.
 * Rejects with DirectoryInUse, NoEngine, or the system's error; nothing is left open then.
 */
export async function runLocalServer(options: RunOptions): Promise<LocalServer> {
  const { log, signal } = options;
  const undoing = createUndoing(log);
  try {
    const directory = dataDirectory(options.dataFolder);
    undoing.add(lockDirectory(directory));
    emptySpool(directory);
    const engine = await findEngine(options);
    undoing.add(() => engine.close());
    const database = openDatabase(directory.database);
    undoing.add(() => database.close());

    const sealKey = options.sealKey ?? sealKeyFromFile(directory.sealKey);
    const { depthLimits = usualDepthLimits, defaultImage } = options;
    const foundation = {
      engine,
      database,
      sealKey,
      spoolFolder: directory.spool,
      depthLimits,
      defaultImage,
      log,
    };
    const lifecycle = createLifecycle(foundation, options.spares);
    await reconcile(lifecycle);
    signal.throwIfAborted();
    undoing.add(() => Promise.all([lifecycle.boxSpares.close(), lifecycle.commandSpares.close()]).then());
    undoing.add(() => lifecycle.tasks.close(taskGraceMs));
    undoing.add(startSweeper(lifecycle));
    void lifecycle.tasks.start('left commands', 'long', () => endLeftCommands(lifecycle));

    const commands = createCommands(lifecycle, lifecycle.activity.hold);
    undoing.add(() => commands.close());
    const dialer = createDialer((container, dialing) =>
      openProgram(engine, container, { program: 'relay' }, dialing),
    );
    undoing.add(() => dialer.close());
    const leases = createLeases();
    const busy = { count: 0 };
    const { host, port, apiKey, pulse = usualPulse } = options;
    const doors = { commands, dialer, leases, pulse };
    const server = await startServer({ host, port, apiKey, lifecycle, ...doors, busy, version, log });
    undoing.add(() => server.close());
    announce(directory, server.endpoint);
    undoing.add(() => withdraw(directory));
    const inUse = (): boolean => isInUse(leases, busy.count + commands.running, lifecycle);
    return { endpoint: server.endpoint, inUse, close: () => undoing.run() };
  } catch (error) {
    await undoing.run();
    throw error;
  }
}

async function findEngine({ engineUrl, signal, log }: RunOptions): Promise<Engine> {
  const { engine, looks } = await discoverEngine({ engineUrl, signal, log });
  if (!engine) throw new NoEngine(looks);
  log.info(`container engine: ${engine.info.product} ${engine.info.version} at ${engine.info.url}`);
  if (!engine.info.hasCgroups) log.info(withoutCgroups);
  return engine;
}

type Foundation = Pick<
  Lifecycle,
  'engine' | 'database' | 'sealKey' | 'spoolFolder' | 'depthLimits' | 'defaultImage' | 'log'
>;

function createLifecycle(foundation: Foundation, spares: boolean): Lifecycle {
  const { engine, database, log } = foundation;
  const instance = instanceOf(database);
  const turns = createTurns();
  return {
    ...foundation,
    instance,
    turns,
    activity: createActivity({ now: Date.now, record: (id, at) => recordUse(database, id, at) }),
    departures: createDepartures(),
    tasks: createTasks(log),
    buildSlots: createSlots(buildSlots),
    observer: createObserver({ engine, database, turns, instance, log }),
    boxSpares: spares ? createBoxSpares({ engine, database, instance, log }) : noBoxSpares,
    commandSpares: spares ? createCommandSpares({ engine, database, turns, log }) : noCommandSpares,
    knownShells: new Set(),
  };
}

function isInUse(leases: Leases, requests: number, { tasks }: Lifecycle): boolean {
  return leases.count > 0 || requests > 0 || tasks.count > 0;
}
