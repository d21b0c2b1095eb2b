import type { Log } from '../log';
import type { Dialect } from './dialect';
import type { Endings } from './endings';
import type { EngineInfo } from './engine';
import type { EngineHttp } from './http/http';
import type { Starts } from './starts';

/** A negotiated connection: what every call of the adapter works on. */
export interface Connection {
  http: EngineHttp;
  /** The same engine, as it is asked for the update of a container. */
  updates: EngineHttp;
  dialect: Dialect;
  info: EngineInfo;
  starts: Starts;
  endings: Endings;
  log: Log;
}
