import { EventEmitter, l10n, window, workspace, type TextDocumentContentProvider, type Uri } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import type { Connections } from '../../app/connections';
import { detailsOf } from '../../app/details';
import type { Memory } from '../../app/memory';
import type { Subscription } from '../../app/observable';
import { findSandbox, findSnapshot } from '../../app/search';
import type { Session } from '../../app/session';
import { isTargetOf, targetNameOf } from '../../app/target-id';
import { schemes } from '../../contributions';
import { placeOf, type DetailsPlace } from './details-uri';

const findPatience = { timeoutMs: 10_000 };

/** Read-only documents about resources. They follow what is known of them for as long as they are open. */
export class DetailsProvider implements TextDocumentContentProvider {
  readonly #connections: Connections;
  readonly #memory: Pick<Memory, 'profiles'>;
  readonly #redact: (text: string) => string;
  readonly #changed = new EventEmitter<Uri>();
  /** What each open document was last made of. */
  readonly #shown = new Map<string, Box | Snapshot>();
  readonly #subscriptions: Subscription[];
  #ofSession: Subscription[] = [];

  readonly onDidChange = this.#changed.event;

  constructor(connections: Connections, memory: Pick<Memory, 'profiles'>, redact: (text: string) => string) {
    this.#connections = connections;
    this.#memory = memory;
    this.#redact = redact;
    this.#subscriptions = [
      this.#changed,
      connections.current.subscribe(() => this.#follow()),
      workspace.registerTextDocumentContentProvider(schemes.details, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
    ];
    this.#follow();
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, ...this.#ofSession]) subscription.dispose();
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const place = placeOf(uri);
    const before = this.#shown.get(uri.toString());
    const session = this.#sessionOf(place);
    if (!session) {
      const name = targetNameOf(place.of, this.#memory.profiles);
      return this.#text(before, l10n.t('Not connected to {0}.', name));
    }
    const resource = known(session, place) ?? (await find(session, place));
    if (!resource) return this.#text(before, l10n.t('It is not there any more.'));
    this.#shown.set(uri.toString(), resource);
    return this.#text(resource);
  }

  #text(resource: Box | Snapshot | undefined, note?: string): string {
    const details = { ...(note === undefined ? {} : { note }), ...(resource && detailsOf(resource)) };
    return `${this.#redact(JSON.stringify(details, null, 2))}\n`;
  }

  #sessionOf({ of }: DetailsPlace): Session | undefined {
    const { session } = this.#connections.current.value;
    return session && isTargetOf(of, session.target) ? session : undefined;
  }

  #follow(): void {
    for (const subscription of this.#ofSession) subscription.dispose();
    const inventory = this.#connections.current.value.session?.inventory;
    this.#ofSession = inventory
      ? [inventory.boxes, inventory.snapshots].map(({ listing }) => listing.subscribe(() => this.#tell()))
      : [];
    this.#tell();
  }

  #tell(): void {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme !== schemes.details) continue;
      const place = placeOf(uri);
      const session = this.#sessionOf(place);
      if (session && known(session, place) !== this.#shown.get(uri.toString())) this.#changed.fire(uri);
    }
  }
}

/** Whether a person sees a document about a resource of that kind. */
export function isDetailInSight(kind: DetailsPlace['kind']): boolean {
  return window.visibleTextEditors.some(
    ({ document: { uri } }) => uri.scheme === schemes.details && placeOf(uri).kind === kind,
  );
}

function known({ inventory }: Session, { kind, id }: DetailsPlace): Box | Snapshot | undefined {
  return kind === 'sandbox' ? inventory.boxes.find(id) : inventory.snapshots.find(id);
}

function find(session: Session, { kind, id }: DetailsPlace): Promise<Box | Snapshot | undefined> {
  return kind === 'sandbox'
    ? findSandbox(session, id, findPatience)
    : findSnapshot(session, id, findPatience);
}
