import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import type { Forward } from '../../app/services/forward';
import type { SharedPort } from '../../app/services/sharing';
import type { Target } from '../../app/target';
import { cutMiddle } from '../words/cut';
import { spanAhead } from '../words/time';
import type { BriefWords } from './briefly';

/** Where a forwarded port is on this machine: `localhost` may be another's, over IPv6. Addresses are not translated. */
export function localAddress({ localPort }: Pick<Forward, 'localPort'>): string {
  return `127.0.0.1:${localPort}`;
}

/** In the middle of a sentence. */
export function portOf({ name }: Pick<Box, 'name'>, port: number): string {
  return l10n.t('port {0} of sandbox {1}', port, cutMiddle(name));
}

export function openingWords(box: Pick<Box, 'name'>, port: number): BriefWords {
  const which = portOf(box, port);
  return { doing: l10n.t('Opening {0}', which), couldNot: l10n.t('Could not open {0}', which) };
}

/** In a row. */
export function sharedWords({ audience, expiresAt }: SharedPort, now: number): string {
  switch (audience) {
    case 'token':
      return expiresAt === undefined
        ? l10n.t('shared')
        : l10n.t('shared, expires in {0}', spanAhead(expiresAt - now));
    case 'restricted':
      return l10n.t('shared with who may see the sandbox');
    case 'workspace':
      return l10n.t('shared with the workspace');
  }
}

/** Who gets in by the link that was just copied, from where and until when: short, for the editor cuts off the rest. */
export function copiedSentence({ audience, expiresAt }: SharedPort, target: Target, now: number): string {
  switch (audience) {
    case 'token': {
      const left = spanAhead((expiresAt ?? now) - now);
      return target.kind === 'local'
        ? l10n.t('Link copied. On this machine, it opens the port for {0}.', left)
        : l10n.t('Link copied. Whoever has it gets in for {0}.', left);
    }
    case 'restricted':
      return l10n.t('Link copied. Who may see the sandbox gets in, until you stop sharing.');
    case 'workspace':
      return l10n.t('Link copied. The whole workspace gets in, until you stop sharing.');
  }
}

/** A token that was given out can't be taken back: short, for the editor cuts off the rest. */
export function unsharedSentence(which: string, { audience, expiresAt }: SharedPort, now: number): string {
  if (audience !== 'token') return l10n.t('Nobody can log in to {0} any more.', which);
  return l10n.t(
    'No longer listed. Its links still work, for {0} at most.',
    spanAhead((expiresAt ?? now) - now),
  );
}
