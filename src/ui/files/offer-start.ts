import { commands as editor, l10n, type Disposable } from 'vscode';
import { OutOfReachError } from '../../app/files/out-of-reach';
import { commands } from '../../contributions';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { fileFailureSentence } from './file-failures';

const refreshExplorer = 'workbench.files.action.refreshFilesExplorer';

/** Offers to start a sandbox whose files were asked for, once each time that it is found stopped. */
export class StartOffers implements Disposable {
  readonly #refused = new Set<string>();
  readonly #subscriptions: { dispose(): void }[];
  #ofSession: { dispose(): void } | undefined;

  constructor({ connections }: Pick<Desk, 'connections'>) {
    const follow = (): void => {
      this.#ofSession?.dispose();
      const boxes = connections.current.value.session?.inventory.boxes;
      const look = (): void => {
        for (const id of this.#refused) if (boxes?.find(id)?.status === 'ready') this.#runs(id);
      };
      this.#ofSession = boxes?.listing.subscribe(look);
    };
    this.#subscriptions = [connections.current.subscribe(follow)];
    follow();
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, this.#ofSession]) subscription?.dispose();
  }

  /** What was asked for has failed. */
  failed(error: unknown): void {
    if (!(error instanceof OutOfReachError) || error.obstacle.why !== 'not-running') return;
    const { box, status } = error.obstacle;
    if (this.#refused.has(box.id)) return;
    this.#refused.add(box.id);
    if (status !== 'stopped' && status !== 'failed') return;
    void notice('warning', fileFailureSentence(error), [
      { title: l10n.t('Start Sandbox'), run: () => editor.executeCommand(commands.startSandbox, box.id) },
    ]);
  }

  /** What the editor could not list, it lists now. */
  #runs(id: string): void {
    this.#refused.delete(id);
    void editor.executeCommand(refreshExplorer);
  }
}
