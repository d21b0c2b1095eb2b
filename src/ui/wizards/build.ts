import { l10n } from 'vscode';
import type { Secret } from '../../api/secret';
import { imagesAtHand } from '../../app/engine-images';
import { checkSnapshotName } from '../../app/names';
import { capacityGb, timeoutSeconds } from '../../app/quantities';
import type { BuildRequest } from '../../app/operations/build-snapshot';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { snapshotNameProblem } from '../words/problems';
import { size } from '../words/size';
import {
  buildRequest,
  chooseImage,
  makingOf,
  newBuildDraft,
  registryHost,
  type BuildDraft,
} from './build-draft';
import { askImage } from './image-question';
import { askQuantity } from './quantity-question';
import { registeredRegistries } from './registered';
import { askRegistry } from './registry-question';
import { askReview, type ReviewLine } from './review';
import { snapshotLines } from './snapshot-lines';
import { ask, type Place, type Turn } from './steps';
import { takenSnapshotName } from './taken-name';
import { askText } from './text-question';

/** Asks what to build; undefined when escaped, whereupon the answers wait for the next time. */
export async function askBuild(desk: Desk, session: Session): Promise<BuildRequest | undefined> {
  const draft = desk.drafts.builds.get(session) ?? newBuildDraft(desk.memory.buildSizes);
  desk.drafts.builds.set(session, draft);
  const flow = new BuildFlow(desk, session, draft);
  const turn = await ask(l10n.t('Build Snapshot'), [
    { label: l10n.t('Image'), ask: (place) => flow.askImage(place) },
    { label: l10n.t('Name'), ask: (place) => flow.askName(place) },
    { label: l10n.t('Review'), ask: (place) => flow.askReview(place) },
  ]);
  if (turn !== 'next') return undefined;
  desk.drafts.builds.delete(session);
  await desk.memory.rememberBuildSizes(draft);
  return buildRequest(draft, flow.password);
}

class BuildFlow {
  readonly #desk: Desk;
  readonly #session: Session;
  readonly #draft: BuildDraft;
  password: Secret | undefined;

  constructor(desk: Desk, session: Session, draft: BuildDraft) {
    this.#desk = desk;
    this.#session = session;
    this.#draft = draft;
  }

  askImage(place: Place): Promise<Turn> {
    return askImage(place, {
      value: this.#draft.image,
      recent: this.#desk.memory.recentImages,
      atHand: (signal) => this.#imagesAtHand(signal),
      choose: (image) => chooseImage(this.#draft, image),
      keep: (typed) => chooseImage(this.#draft, typed),
    });
  }

  askName(place: Place): Promise<Turn> {
    return askText(place, {
      prompt: l10n.t('Name of the snapshot'),
      value: this.#draft.name,
      check: (text) => {
        const problem = checkSnapshotName(text);
        return problem && { text: snapshotNameProblem(problem), severity: 'error' };
      },
      lookUp: takenSnapshotName(this.#desk, this.#session),
      keep: (text) => (this.#draft.name = text),
    });
  }

  async askReview(place: Place): Promise<Turn> {
    const turn = await askReview(place, {
      run: l10n.t('Build Snapshot'),
      subject: () => l10n.t('{0} from {1}', this.#draft.name, this.#draft.image),
      lines: () => this.#lines(),
      making: () => makingOf(this.#draft),
    });
    const isPasswordMissing = this.#draft.registry.kind === 'credentials' && !this.password;
    if (turn !== 'next' || !isPasswordMissing) return turn;
    const answered = await this.#askRegistry({ ...place, label: l10n.t('Registry'), canGoBack: true });
    return answered === 'escaped' ? answered : this.askReview(place);
  }

  #lines(): ReviewLine[] {
    const draft = this.#draft;
    return [
      {
        label: l10n.t('Registry'),
        value: this.#registryText(),
        change: (place) => this.#askRegistry(place),
      },
      ...snapshotLines(draft, l10n.t('the image’s')),
      {
        label: l10n.t('Capacity'),
        value: l10n.t('{0} GB', draft.capacityGb),
        change: (place) =>
          askQuantity(place, {
            prompt: l10n.t(
              'Capacity of the filesystem in GB, from {0} to {1}',
              capacityGb.least,
              capacityGb.most,
            ),
            bounds: capacityGb,
            value: draft.capacityGb,
            choose: (chosen) => (draft.capacityGb = chosen ?? draft.capacityGb),
          }),
      },
      {
        label: l10n.t('Wait at Most'),
        value: l10n.t('{0} s', draft.timeoutSeconds),
        change: (place) =>
          askQuantity(place, {
            prompt: l10n.t('Seconds to wait for the build; it goes on after them'),
            bounds: timeoutSeconds,
            value: draft.timeoutSeconds,
            choose: (chosen) => (draft.timeoutSeconds = chosen ?? draft.timeoutSeconds),
          }),
      },
    ];
  }

  #registryText(): string {
    const { registry } = this.#draft;
    switch (registry.kind) {
      case 'none':
        return l10n.t('none, the image is public');
      case 'registered':
        return registry.name;
      case 'credentials':
        return l10n.t('{0} at {1}', registry.username, registry.host);
    }
  }

  async #askRegistry(place: Place): Promise<Turn> {
    return askRegistry(place, {
      chosen: this.#draft.registry,
      host: registryHost(this.#draft),
      registered: await registeredRegistries(this.#desk, this.#session),
      choose: (choice, password) => {
        this.#draft.registry = choice;
        this.password = password;
        if (password) this.#desk.protect(password);
      },
    });
  }

  async #imagesAtHand(signal: AbortSignal): Promise<{ reference: string; about: string }[]> {
    try {
      const images = await imagesAtHand(this.#session, signal);
      return images.map(({ reference, size_bytes }) => ({ reference, about: size(size_bytes) }));
    } catch (error) {
      if (!signal.aborted) this.#desk.log.error('The engine’s images could not be listed', error);
      return [];
    }
  }
}
