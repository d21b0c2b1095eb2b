import { wireRoot, type Router, type RouterDependencies } from '../router';
import { Failure, invalidRequest } from '../failure';
import { getBox } from '../lifecycle/find-box';
import { linkKey } from '../links/link-key';
import { readBody } from '../request-body';
import { serviceLinks } from '../services/service-links';
import {
  deleteServiceUrls,
  listServiceUrls,
  recordServiceUrl,
  type ServiceUrlRecord,
} from '../store/service-urls';
import { onPath, pathPart } from './methods';
import { serviceUrlShape } from './service-url-shapes';

const defaultSeconds = 600;
const defaultRows = 20;
const mostRows = 100;

/** What signs the tokens of services. */
export const servicePurpose = 'service-url';

export function serviceUrlRoutes(router: Router, { lifecycle, endpoint }: RouterDependencies): void {
  const { database } = lifecycle;
  const key = linkKey(lifecycle, servicePurpose);

  onPath(router, `${wireRoot}/boxes/:box/service-url`, {
    POST: async (context) => {
      const { port, access, ...request } = await readBody(context, serviceUrlShape);
      if (access !== undefined && access !== 'off') throw noSignIn();
      const { id: boxId } = await getBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      const { expires_in_seconds = defaultSeconds, embed_origins = [] } = request;
      const target = { boxId, port };
      const links = await serviceLinks(key, endpoint(context), target, expires_in_seconds, embed_origins);
      recordServiceUrl(database, { box_id: boxId, port, embed_origins, expires_at: links.expires_at });
      return context.json(links);
    },
  });
  onPath(router, `${wireRoot}/boxes/:box/service-urls`, {
    GET: async (context) => {
      const { id } = await getBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      const size = wholeNumber(context.req.query('page_size'), 'page_size', mostRows) ?? defaultRows;
      const after = wholeNumber(context.req.query('cursor'), 'cursor', Number.MAX_SAFE_INTEGER) ?? 0;
      const rows = listServiceUrls(database, id, after, size + 1);
      const page = rows.slice(0, size);
      const next = rows.length > size ? String(page.at(-1)?.seq) : null;
      return context.json({ items: page.map(reply), next_cursor: next });
    },
    DELETE: async (context) => {
      const { id } = await getBox(lifecycle, pathPart(context, 'box'), context.get('signal'));
      deleteServiceUrls(database, id, wholeNumber(context.req.query('port'), 'port', 65_535));
      return context.body(null, 204);
    },
  });
}

function reply({ port, embed_origins, created_at, expires_at }: ServiceUrlRecord): unknown {
  const embedding = embed_origins.length > 0 ? { embed_origins } : {};
  return { port, access: 'token', created_at, created_by: null, expires_at, ...embedding };
}

function wholeNumber(text: string | undefined, name: string, most: number): number | undefined {
  if (!text) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  const range =
    most < Number.MAX_SAFE_INTEGER ? `a whole number from 1 to ${most}` : 'one that this list gave';
  throw invalidRequest(`${name} must be ${range}.`);
}

function noSignIn(): Failure {
  return new Failure(
    501,
    'NotImplemented',
    'The local server has no sign-in to share a service by. Leave access out to get a link with a token.',
  );
}
