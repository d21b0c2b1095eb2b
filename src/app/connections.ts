import type { Secret } from '../api/secret';
import { CurrentConnection, targetOf, type Connection } from './connection';
import { failureOf } from './failure';
import { closeLink, openLink, type Link, type LinkOptions } from './link';
import { LiveSessions } from './live-sessions';
import { LocalServerError } from './local-process/server-error';
import type { Memory } from './memory';
import type { Observed, Subscription } from './observable';
import { settle, type Outcome } from './outcome';
import { QuickLosses } from './quick-losses';
import { Session } from './session';
import { hasStoredKey, isSameTarget, type Profile, type Target } from './target';
import { verifyKey } from './verify-key';

export interface ConnectionsOptions extends LinkOptions {
  /** The non-secret part that survives a window reload. */
  remembered: Pick<Memory, 'profiles' | 'target' | 'setTarget' | 'rememberProfile' | 'forgetProfile'>;
  pageSize: () => number;
}

/** Connects, connects again and disconnects; the one place that knows the current connection. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #current: CurrentConnection;
  readonly #keyChanges: Subscription;
  /** The attempt under way; one that is not here any more was overtaken. */
  #attempt: AbortController | undefined;
  #lease = new AbortController();
  readonly #losses = new QuickLosses();
  readonly #live = new LiveSessions();
  #restoring: Promise<void> | undefined;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#current = new CurrentConnection(options.remembered);
    this.#keyChanges = options.credentials.onDidChange((isOf) => void this.#followKey(isOf));
  }

  get current(): Observed<Connection> {
    return this.#current;
  }

  /** The connection of before the window was reloaded; asks nothing of the server by itself. Never rejects. */
  restore(): Promise<void> {
    return (this.#restoring ??= this.#restore());
  }

  /** Once more what failed. */
  async reconnect(signal: AbortSignal): Promise<Outcome<Session>> {
    const target = targetOf(this.#current.value) ?? this.#options.remembered.target;
    return this.connectTo(target ?? { kind: 'local' }, signal);
  }

  /**
   * To one that needs no key, or whose key is stored already, or in the environment. A connection that stands is given
   * up only when the other one does.
   */
  async connectTo(target: Target, caller: AbortSignal): Promise<Outcome<Session>> {
    this.#giveUpAttempt();
    const attempt = (this.#attempt = new AbortController());
    const before = this.#current.value;
    const kept = before.session && isSameTarget(before.session.target, target) ? before.session : undefined;
    const isTold = before.state === 'connecting' && isSameTarget(before.target, target);
    if (before.state !== 'connected' && !isTold) {
      this.#current.set({ state: 'connecting', target, session: kept });
    }
    const signal = AbortSignal.any([attempt.signal, caller]);
    const outcome = await settle({ signal }, () =>
      openLink(this.#options, target, signal, (lease) => void this.#leaseLost(lease)),
    );
    if (attempt !== this.#attempt) {
      if (outcome.kind === 'done') await closeLink(outcome.value);
      return { kind: 'cancelled' };
    }
    this.#attempt = undefined;
    if (outcome.kind === 'done') return this.#arrive(target, outcome.value, kept);
    if (before.state === 'connected') this.#current.set(before);
    else if (outcome.kind === 'failed') {
      this.#current.set({ state: 'failed', target, failure: outcome.failure, session: kept });
    } else {
      this.#current.set(before.state === 'connecting' ? { state: 'signed-out' } : before);
      if (before.state === 'connecting') await before.session?.end();
    }
    return outcome;
  }

  /** Whether the endpoint takes the key, by a real call. Nothing is stored. */
  verify(profile: Profile, apiKey: Secret, signal: AbortSignal): Promise<Outcome<undefined>> {
    return verifyKey(this.#options.openTransport, profile, apiKey, signal);
  }

  /** Stores a key that was verified and connects with it. */
  async connectLangSmith(profile: Profile, apiKey: Secret, signal: AbortSignal): Promise<Outcome<Session>> {
    const stored = await settle({ signal }, async () => {
      await this.#options.remembered.rememberProfile(profile);
      await this.#options.credentials.storeApiKey(profile, apiKey);
    });
    return stored.kind === 'done' ? this.connectTo({ ...profile, kind: 'langsmith' }, signal) : stored;
  }

  /**
   * Deletes the profile's key; nothing on the server is touched. The local server's own keys stay: it encrypts with
   * them. A key of the environment is not ours to delete.
   */
  async signOut(): Promise<void> {
    const target = targetOf(this.#current.value);
    const left = this.#leave();
    try {
      await this.#options.remembered.setTarget(undefined);
      if (target && hasStoredKey(target)) await this.forget(target);
    } finally {
      await left;
    }
  }

  /** Deletes the key of a profile, in all windows: those that are connected by it are signed out. */
  async forget(profile: Profile): Promise<void> {
    await this.#options.credentials.deleteApiKey(profile);
    await this.#options.remembered.forgetProfile(profile);
  }

  /** Profiles may be called otherwise than before; the connection goes on. */
  renamed(): void {
    this.#current.set(this.#current.value);
  }

  async #leave(): Promise<void> {
    const target = targetOf(this.#current.value);
    this.#giveUpAttempt();
    this.#lease.abort();
    this.#current.set({ state: 'signed-out' });
    await this.#live.end((session) => target !== undefined && isSameTarget(session.target, target));
  }

  /** Lets the server go; it is not stopped. */
  async dispose(): Promise<void> {
    this.#keyChanges.dispose();
    this.#giveUpAttempt();
    this.#lease.abort();
    await this.#live.end(() => true);
  }

  #giveUpAttempt(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
  }

  async #restore(): Promise<void> {
    const { target } = this.#options.remembered;
    if (!target || this.#current.value.state !== 'signed-out') return;
    await this.connectTo(target, new AbortController().signal);
  }

  /** Nothing is waited for before the new state stands: a sign-out that comes meanwhile comes after it. */
  #arrive(target: Target, link: Link, kept: Session | undefined): Promise<Outcome<Session>> {
    const { endpoint, transport, lease } = link;
    this.#lease.abort();
    this.#lease = lease;
    this.#losses.found();
    const session = kept ?? new Session(target, transport, this.#options.pageSize);
    this.#live.add(session);
    const moved = kept?.moveTo(transport);
    this.#current.set({ state: 'connected', target, endpoint, session });
    return settle(lease, async () => {
      await Promise.all([moved, this.#remember(target)]);
      return session;
    });
  }

  async #remember(target: Target): Promise<void> {
    await this.#options.remembered.setTarget(target);
    if (hasStoredKey(target)) await this.#options.remembered.rememberProfile(target);
  }

  /** The local server went away under us: find the one that took its place, or start one. */
  async #leaseLost(lease: AbortController): Promise<void> {
    const { state, session } = this.#current.value;
    if (lease !== this.#lease || lease.signal.aborted || state !== 'connected') return;
    const { target } = session;
    if (this.#losses.lost()) {
      const failure = failureOf(new LocalServerError('local-exited'));
      this.#current.set({ state: 'failed', target, failure, session });
      return;
    }
    this.#current.set({ state: 'connecting', target, session });
    await this.connectTo(target, new AbortController().signal);
  }

  /** Another window, or this one, stored or deleted the key that we are connected by. */
  async #followKey(isOf: (profile: Profile) => boolean): Promise<void> {
    void this.#live.endWithoutKey(isOf, this.#options.credentials);
    const [lease, target] = [this.#lease, targetOf(this.#current.value)];
    if (!target || !hasStoredKey(target) || !isOf(target)) return;
    const apiKey = await this.#options.credentials.apiKey(target);
    const now = targetOf(this.#current.value);
    if (lease !== this.#lease || !now || !isSameTarget(now, target)) return;
    if (!apiKey) await this.#leave();
    else if (!this.#attempt) await this.connectTo(target, new AbortController().signal);
  }
}
