import type { Engine } from '../engine/engine';
import type { Log } from '../log';
import type { Database } from '../store/database';
import type { Activity } from './activity';
import type { Departures } from './departures';
import type { DepthLimits } from './depth';
import type { Observer } from './observe';
import type { Slots } from './slots';
import type { BoxSpares } from './spares/box-spares';
import type { CommandSpares } from './spares/command-spares';
import type { Tasks } from './tasks';
import type { Turns } from './turns';

/** What the use cases work on. One for each server. */
export interface Lifecycle {
  engine: Engine;
  database: Database;
  /** The random name that everything of this data directory bears in the engine. */
  instance: string;
  /** 32 bytes that open the stored secrets: registry passwords, and opaque values of proxy rules. */
  sealKey: Uint8Array;
  log: Log;
  tasks: Tasks;
  turns: Turns;
  activity: Activity;
  departures: Departures;
  /** Builds that may run at a time. */
  buildSlots: Slots;
  observer: Observer;
  boxSpares: BoxSpares;
  commandSpares: CommandSpares;
  depthLimits: DepthLimits;
  /** What the default snapshot is built from, as the user gave it. */
  defaultImage?: string;
  /** Where uploads wait for their size to be known. Emptied at start. */
  spoolFolder: string;
  /** Shells that were found in containers, as `container:path`: a shell that was there stays there. */
  knownShells: Set<string>;
}
