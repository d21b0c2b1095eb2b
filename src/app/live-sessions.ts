import type { Credentials } from './credentials';
import type { Session } from './session';
import { hasStoredKey, type Profile } from './target';

/** The sessions that something may still work in: also those of connections that the window has left for another. */
export class LiveSessions {
  readonly #live = new Set<Session>();

  add(session: Session): void {
    this.#live.add(session);
    session.ended.addEventListener('abort', () => this.#live.delete(session), { once: true });
  }

  /** Ends those that `isOf` tells. */
  async end(isOf: (session: Session) => boolean): Promise<void> {
    await Promise.all([...this.#live].filter(isOf).map((session) => session.end()));
  }

  /** Ends those by a key that `isOf` tells and that is not there any more. */
  async endWithoutKey(
    isOf: (profile: Profile) => boolean,
    credentials: Pick<Credentials, 'apiKey'>,
  ): Promise<void> {
    for (const session of [...this.#live]) {
      const { target } = session;
      if (!hasStoredKey(target) || !isOf(target)) continue;
      if (!(await credentials.apiKey(target))) await session.end();
    }
  }
}
