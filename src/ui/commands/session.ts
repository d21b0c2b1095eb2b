import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { connect } from './connect';

/** The session to work in; connects first where there is none. Undefined when the user does not want to. */
export async function sessionFor(desk: Desk): Promise<Session | undefined> {
  await desk.connections.restore();
  const { session } = desk.connections.current.value;
  if (session) return session;
  await connect(desk);
  return desk.connections.current.value.session;
}
