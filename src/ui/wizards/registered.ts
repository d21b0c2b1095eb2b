import type { Registry } from '../../api/types';
import { knownRegistries } from '../../app/search';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';

const patienceMs = 10_000;

/** The registries to choose from. Not to know them is no reason to hold up anybody: there are none then. */
export async function registeredRegistries(desk: Desk, session: Session): Promise<Registry[]> {
  try {
    return await knownRegistries(session, { timeoutMs: patienceMs });
  } catch (error) {
    desk.log.error('The registries could not be listed', error);
    return [];
  }
}
