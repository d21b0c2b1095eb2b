import type { Log } from '../log';
import { probe } from './probe';
import { chosenPlace } from './places/chosen';
import { contextPlace } from './places/docker-context';
import type { Place } from './places/place';
import { ownSurroundings, type Surroundings } from './places/surroundings';
import { usualPlaces } from './places/usual';
import type { Engine } from './engine';

export interface DiscoveryOptions {
  /** From the flag or the setting: the only place looked at. */
  engineUrl?: string;
  /** This process's own unless given. */
  surroundings?: Surroundings;
  signal: AbortSignal;
  /** What the engine that is found writes to; stderr unless given. */
  log?: Log;
}

/** A place that was looked at. */
export interface Look {
  source: string;
  url: string;
  /** `no such socket`, `answered: docker 20.10.24` */
  finding: string;
}

export interface Discovery {
  /** The first that answered, for the caller to close. */
  engine?: Engine;
  /** Every place that was looked at, in that order. */
  looks: Look[];
}

/**
 * Looks for an engine: the one given, `DOCKER_HOST`, the current docker context, then the usual sockets and pipes.
 * What the user chose (the first two, or `DOCKER_CONTEXT`) and doesn't answer ends the search. At most 2 s a place where nothing stirs.
 * Rejects with the signal's reason only.
 */
export async function discoverEngine({
  engineUrl,
  surroundings = ownSurroundings(),
  signal,
  log,
}: DiscoveryOptions): Promise<Discovery> {
  const looks: Look[] = [];
  for (const place of await places(engineUrl, surroundings)) {
    const { engine, finding } = await probe(place, signal, log);
    looks.push({ source: place.source, url: place.url, finding });
    if (engine) return { engine, looks };
  }
  return { looks };
}

async function places(engineUrl: string | undefined, surroundings: Surroundings): Promise<Place[]> {
  const chosen = chosenPlace(engineUrl, surroundings) ?? (await contextPlace(surroundings));
  if (chosen?.isFinal) return [chosen];
  const usual = usualPlaces(surroundings);
  return chosen ? [chosen, ...usual.filter(({ url }) => url !== chosen.url)] : usual;
}
