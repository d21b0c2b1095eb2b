import { l10n } from 'vscode';
import type { EndpointProblem } from '../../api/endpoint';
import type { ImageProblem } from '../../app/image-reference';
import type { DurationProblem } from '../../app/duration';
import { longestSandboxName, longestSnapshotName, type NameProblem } from '../../app/names';
import type { Bounds, QuantityProblem } from '../../app/quantities';
import type { PairProblem, PairRules } from '../../app/pairs';
import { cloudEndpoint, longestProfileName, type ProfileNameProblem } from '../../app/target';
import { span } from './time';

/** What is wrong with what was typed, and what to do: shown under the field. */
export function endpointProblem(problem: EndpointProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter an endpoint, such as {0}.', cloudEndpoint);
    case 'not-a-url':
      return l10n.t('This is not a URL. Enter one such as {0}.', cloudEndpoint);
    case 'scheme':
      return l10n.t('An endpoint starts with https:// or http://.');
    case 'credentials':
      return l10n.t('Leave the user name and password out of the endpoint.');
    case 'query':
      return l10n.t('An endpoint has no query and no fragment.');
    case 'in-the-clear':
      return l10n.t('Over http:// the API key could be read on the way. Use https://.');
  }
}

export function profileNameProblemText(problem: ProfileNameProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a name for the connection.');
    case 'too-long':
      return l10n.t('A connection’s name has at most {0} characters.', longestProfileName);
    case 'reserved':
      return l10n.t('“Local” and names that end in “(env)” are taken. Choose another.');
    case 'taken':
      return l10n.t('A connection to another endpoint or workspace has this name. Choose another.');
  }
}

/** It travels in a header. */
export function workspaceProblem(text: string): string | undefined {
  return /^[\w-]*$/.test(text)
    ? undefined
    : l10n.t('A workspace’s ID is made of letters, digits and hyphens.');
}

export function imageProblem(problem: ImageProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter an image, such as python:3.12-slim.');
    case 'spaces':
      return l10n.t('An image has no spaces in it.');
    case 'url':
      return l10n.t('Leave out the “https://”: an image is written as host/name:tag.');
    case 'uppercase':
      return l10n.t('An image’s name is in lowercase.');
    case 'malformed':
      return l10n.t('This is not an image. Enter one as name, name:tag or host/name:tag.');
  }
}

export function snapshotNameProblem(problem: NameProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a name for the snapshot.');
    case 'too-long':
      return l10n.t('A snapshot’s name has at most {0} characters.', longestSnapshotName);
    case 'uppercase':
      return l10n.t('A snapshot’s name is in lowercase.');
    case 'characters':
      return l10n.t('Use lowercase letters, digits and single . _ - between them; / separates parts.');
    case 'reserved':
    case 'system':
      return l10n.t('Names under system/ are LangSmith’s own.');
  }
}

export function sandboxNameProblem(problem: NameProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a name for the sandbox.');
    case 'too-long':
      return l10n.t('A sandbox’s name has at most {0} characters.', longestSandboxName);
    case 'uppercase':
      return l10n.t('A sandbox’s name is in lowercase.');
    case 'characters':
    case 'system':
      return l10n.t('Use lowercase letters, digits and hyphens; begin and end with a letter or digit.');
    case 'reserved':
      return l10n.t('An id, or a word of the API’s own, is no name. Choose another.');
  }
}

export function quantityProblem(problem: QuantityProblem, { least, most }: Bounds): string {
  switch (problem) {
    case 'not-a-number':
      return l10n.t('Enter a number from {0} to {1}.', least, most);
    case 'not-whole':
      return l10n.t('Enter a whole number.');
    case 'too-small':
      return l10n.t('{0} is the least.', least);
    case 'too-large':
      return l10n.t('{0} is the most.', most);
  }
}

export function durationProblem(problem: DurationProblem, mostSeconds: number): string {
  switch (problem) {
    case 'not-a-duration':
      return l10n.t('Enter a time such as 30 min, 2 h or 1 d; 0 is never.');
    case 'not-whole':
      return l10n.t('Enter whole minutes.');
    case 'too-long':
      return l10n.t('{0} is the most.', span(mostSeconds * 1000));
  }
}

export function pairProblem(problem: PairProblem, { longestKey, longestValue }: PairRules): string {
  switch (problem) {
    case 'no-key':
      return l10n.t('A name stands before the “=”.');
    case 'no-value':
      return l10n.t('Enter it as NAME=value.');
    case 'key-too-long':
      return l10n.t('A name has at most {0} bytes.', longestKey);
    case 'value-too-long':
      return l10n.t('A value has at most {0} bytes.', longestValue);
    case 'zero-byte':
      return l10n.t('Zero bytes can not be in it.');
  }
}
