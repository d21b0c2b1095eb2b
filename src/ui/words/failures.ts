import { l10n } from 'vscode';
import { ApiError, type Obstacle } from '../../api/errors';
import type { Failure } from '../../app/failure';
import { namesInShort, sandboxes } from './count';
import { fileProblemWords } from './file-problems';

/** Why something could not be done, as the second half of a sentence, without its full stop. */
export function why(failure: Failure): string {
  const { cause, reason } = failure;
  switch (cause) {
    case 'unauthorized':
      return l10n.t('the server refused the API key');
    case 'forbidden':
      return hasSentence(failure) ? reason : l10n.t('this API key may not do that in a sandbox');
    case 'unreachable':
      return failure.obstacle ? obstacleWords(failure.obstacle) : l10n.t('the server does not answer');
    case 'deadline':
      return l10n.t('the server did not answer in time');
    case 'ambiguous':
      return l10n.t('the connection broke before the answer came, so it may have been done');
    case 'quota':
      return reason || l10n.t('the quota of this workspace is used up');
    case 'timeout':
      return reason || l10n.t('the server ran out of time');
    case 'unavailable':
      return reason || l10n.t('the server has no room at the moment');
    case 'not-found':
      return reason || l10n.t('it is not there any more');
    case 'conflict':
    case 'invalid':
    case 'server':
    case 'resource-failed':
    case 'registry-refused':
      return reason || l10n.t('the server gave no reason');
    case 'still-going':
      return l10n.t('it is still {0}', reason);
    case 'in-use':
      return inUse(failure.users ?? []);
    case 'busy':
      return l10n.t('another action on it is under way; try again when that has ended');
    case 'cut-off':
      return l10n.t('its window closed before the end was seen; look at what there is, and try again');
    case 'file':
      return fileProblemWords(failure.error) ?? l10n.t('the server gave no reason');
    case 'no-key':
      return l10n.t('its API key is not stored any more');
    case 'no-engine':
      return l10n.t('no container engine answers on this machine');
    case 'local-key-refused':
      return l10n.t(
        'a local server runs already with another key (process {0}); it ends by itself 5 minutes after its last window',
        reason,
      );
    case 'local-exited':
      return reason
        ? l10n.t('the local server ended: {0}', reason)
        : l10n.t('the local server ended without a word');
    case 'local-silent':
      return l10n.t('the local server did not become ready within a minute');
    case 'defect':
      return reason || l10n.t('this extension has a fault, which the log describes');
  }
}

/** The head of a file has no body, and so no sentence of the server’s. */
function hasSentence({ error, reason }: Failure): boolean {
  return reason !== '' && !(error instanceof ApiError && error.errorType === undefined);
}

/** As `why`, for what was only asked for: nothing can have been done. */
export function whyNotRead(failure: Failure): string {
  return failure.cause === 'ambiguous' ? l10n.t('the connection broke before the answer came') : why(failure);
}

/** `what` is such as “Could not build snapshot python”. */
export function failureSentence(what: string, failure: Failure): string {
  return sentence(what, why(failure));
}

/** A server's own words may bring their full stop. */
export function sentence(what: string, reason: string): string {
  return /[.!?…]$/.test(reason) ? `${what}: ${reason}` : `${what}: ${reason}.`;
}

function inUse(users: readonly { readonly name: string }[]): string {
  const names = namesInShort(users.map(({ name }) => name));
  return l10n.t('it is in use by {0} ({1})', sandboxes(users.length), names);
}

function obstacleWords({ unusedProxy, ...obstacle }: Obstacle): string {
  const words = problemWords(obstacle);
  if (unusedProxy === undefined) return words;
  return l10n.t(
    '{0}; the proxy {1} is passed by, as only http:// and https:// proxies can be used',
    words,
    unusedProxy,
  );
}

function problemWords({ problem, code }: Obstacle): string {
  switch (problem) {
    case 'host-unknown':
      return l10n.t('the host name is unknown');
    case 'certificate':
      return l10n.t('the server’s certificate is not trusted ({0})', code);
    case 'connect-timeout':
      return l10n.t('the server did not accept a connection in time');
    case 'no-server':
      return l10n.t('no server answers there ({0})', code);
  }
}
