import { l10n } from 'vscode';
import type { Subscription } from '../../app/observable';
import type { ForwardsEnded } from '../../app/services/forward';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { cutMiddle } from '../words/cut';

/** Says once when ports of a sandbox are not forwarded any more and nobody asked for that. */
export function followForwards({ services, log }: Desk): Subscription {
  return services.forwards.ended.subscribe((ended) => {
    if (!ended) return;
    for (const { boxName, port } of ended.forwards) log.info(`forward ${port} of ${boxName}: ${ended.why}`);
    void notice('information', endedSentence(ended));
  });
}

function endedSentence({ forwards, why }: ForwardsEnded): string {
  const name = cutMiddle(forwards[0]?.boxName ?? '');
  const ports = forwards.map(({ port }) => port).join(', ');
  switch (why) {
    case 'stopped':
      return l10n.t('Sandbox {0} has stopped. No longer forwarded: {1}.', name, ports);
    case 'deleted':
      return l10n.t('Sandbox {0} is deleted. No longer forwarded: {1}.', name, ports);
    case 'disconnected':
      return l10n.t('The connection has ended. Ports of {0} that are no longer forwarded: {1}.', name, ports);
  }
}
