import { EngineError, type EngineErrorKind } from './engine-error';
import { cleanSentence, isDiskFull } from './http/reply-failure';

/** Words of registries, of the Go client's network layer and of the engines; the first that fits decides. */
const words: [RegExp, EngineErrorKind | 'refused' | 'denied'][] = [
  [/toomanyrequests|rate limit/i, 'other'],
  [/invalid (?:reference|repository|tag)|must be lowercase/i, 'bad-reference'],
  [
    /no matching manifest|no image found in|cannot be used on this platform|does not match the specified platform/i,
    'wrong-platform',
  ],
  [
    /no basic auth credentials|unauthorized|authentication required|incorrect username or password/i,
    'refused',
  ],
  [/access denied|denied:|access to the resource is denied|403 \(?Forbidden/i, 'denied'],
  [
    /manifest unknown|name unknown|manifest for .* not found|manifest .*: not found|(?:repository|failed to resolve reference) .*not found/i,
    'image-not-found',
  ],
  [
    /dial tcp|no such host|connection (?:refused|reset)|timeout|deadline exceeded|unreachable|no route to host/i,
    'registry-unreachable',
  ],
  [
    /x509:|tls: |HTTP response to HTTPS client|(?:HTTP status|unexpected status).*: 5\d\d|(?:^|: )(?:unexpected )?EOF$/i,
    'registry-unreachable',
  ],
];

/** Gives the engine's failure of a pull its kind. Engines tell little by status: the sentence decides. */
export function pullFailure(failure: EngineError, hadCredentials: boolean): EngineError {
  if (failure.kind === 'engine-unreachable') return failure;
  const message = cleanSentence(failure.message);
  return new EngineError(kindOf(message, hadCredentials) ?? fallback(failure.kind), message, {
    cause: failure,
  });
}

function kindOf(message: string, hadCredentials: boolean): EngineErrorKind | undefined {
  if (isDiskFull(message)) return 'disk-full';
  const found = words.find(([expression]) => expression.test(message))?.[1];
  if (found === 'refused') return hadCredentials ? 'wrong-credentials' : 'no-credentials';
  // Registries hide private images so: with credentials one was let in, but not to this image.
  if (found === 'denied') return hadCredentials ? 'image-not-found' : 'no-credentials';
  return found;
}

function fallback(kind: EngineErrorKind): EngineErrorKind {
  return kind === 'not-found' ? 'image-not-found' : kind;
}
