import { getAbout } from '../api/local';
import type { CallOptions } from '../api/transport';
import type { Session } from './session';

/** Our local server and its engine, in words for a report; of LangSmith nothing is known. Never rejects. */
export async function aboutServer(
  { target, transport }: Session,
  call: CallOptions,
): Promise<string | undefined> {
  if (target.kind !== 'local') return undefined;
  return getAbout(transport, call).then(
    ({ version, engine }) => `${version} on ${engine.product} ${engine.version}`,
    () => 'does not answer',
  );
}
