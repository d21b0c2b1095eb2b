import { EventEmitter, l10n, Uri, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Activities } from '../../app/activity/activities';
import type { ActionRecord } from '../../app/activity/record';
import type { Memory } from '../../app/memory';
import type { Subscription } from '../../app/observable';
import { schemes } from '../../contributions';
import { actionWords } from '../words/actions';
import { activityText } from './activity-text';

/** Of the document about an action. Its last part is what the tab shows; names may hold slashes. */
export function activityUri({ id, verb, name }: ActionRecord): Uri {
  const title = actionWords(verb, name).title.replaceAll('/', '∕');
  return Uri.from({ scheme: schemes.activity, path: `/${title}.log`, query: id });
}

/** Read-only documents, one an action, which follow it for as long as they are open. */
export class ActivityDocuments implements TextDocumentContentProvider {
  readonly #activities: Activities;
  readonly #memory: Pick<Memory, 'profiles'>;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Subscription[];

  readonly onDidChange = this.#changed.event;

  constructor(activities: Activities, memory: Pick<Memory, 'profiles'>) {
    this.#activities = activities;
    this.#memory = memory;
    this.#subscriptions = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(schemes.activity, this),
      activities.all.subscribe(() => this.#tell()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async provideTextDocumentContent({ query: id }: Uri): Promise<string> {
    if (!this.#activities.find(id)) await this.#activities.look();
    const found = this.#activities.find(id);
    return found
      ? activityText(found, Date.now(), this.#memory.profiles)
      : l10n.t('It is not there any more.');
  }

  #tell(): void {
    for (const { uri } of workspace.textDocuments)
      if (uri.scheme === schemes.activity) this.#changed.fire(uri);
  }
}
