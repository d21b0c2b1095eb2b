import type { MiddlewareHandler } from 'hono';
import type { RouterDependencies, RouterEnvironment } from '../router';
import { dialBox } from '../dial/dial-box';
import { linkKey } from '../links/link-key';
import { serviceAgent } from '../services/service-agent';
import { serviceDoor } from '../services/service-door';
import { servicePurpose } from './service-urls';

/** What runs in sandboxes, for those who have a token of it. */
export function services({
  lifecycle,
  dialer,
  closing,
}: RouterDependencies): MiddlewareHandler<RouterEnvironment> {
  return serviceDoor({
    key: linkKey(lifecycle, servicePurpose),
    agent: serviceAgent(({ boxId, port }) => dialBox(lifecycle, dialer, boxId, port, closing)),
  });
}
