import { z } from 'zod';
import { Secret } from '../../api/secret';
import type { ProxySecret } from '../../api/wire/proxy-config';
import { optional } from '../routes/fields';

type Kind = ProxySecret['type'];

/** A value as it was asked for. Without a value, an opaque one stays what it was. */
export type AskedSecret =
  { type: 'opaque'; value: Secret | undefined } | { type: 'plaintext' | 'workspace_secret'; value: string };

/** Sentences of their own: the usual ones would say a number that was sent. */
const text = z.string('A value of proxy_config must be a text.');
const anObject = {
  error: ({ code }: { code: string }) =>
    code === 'invalid_type'
      ? 'A header or secret of proxy_config must be an object with a type and a value.'
      : undefined,
};
const headerValue = text.regex(/^[^\r\n\0]*$/, 'The value of a header has no line breaks and no zero bytes.');

/** RFC 9110's token. */
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "A header's name has letters, digits and '-', without spaces.");

export const proxyHeader = z
  .strictObject(
    { name: headerName, ...secretOf(['plaintext', 'opaque', 'workspace_secret'], headerValue) },
    anObject,
  )
  .superRefine(needValue)
  .transform(({ name, ...secret }) => ({ name, ...asked(secret) }));

/** What is sent to a callback can't come from the workspace. */
export const callbackHeader = z
  .strictObject({ name: headerName, ...secretOf(['plaintext', 'opaque'], headerValue) }, anObject)
  .superRefine(needValue)
  .transform(({ name, ...secret }) => ({ name, ...asked(secret) }));

/** Of a provider: never in the clear. It may have several lines. */
export const credential = z
  .strictObject(secretOf(['opaque', 'workspace_secret'], text), anObject)
  .superRefine(needValue)
  .transform(asked);

/** `is_set` is what a read says; sent back, it says nothing. */
function secretOf<const K extends Kind>(kinds: K[], value: z.ZodString) {
  return { type: z.enum(kinds), value: optional(value), is_set: optional(z.boolean()) };
}

interface Given {
  type: Kind;
  value?: string;
}

function needValue({ type, value }: Given, context: z.RefinementCtx): void {
  const error = complaint(type, value);
  if (error !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: error });
}

function complaint(type: Kind, value: string | undefined): string | undefined {
  switch (type) {
    case 'opaque':
      return undefined;
    case 'plaintext':
      return value === undefined ? 'value is required with the type plaintext.' : undefined;
    case 'workspace_secret':
      return namesSecret(value ?? '')
        ? undefined
        : 'The value of a workspace_secret names the secret in braces, such as "Bearer {KEY}".';
  }
}

function namesSecret(value: string): boolean {
  return [...value.matchAll(/\{([^{}]*)\}/g)].some(([, name]) => name?.trim());
}

/** An empty opaque value is one left out, as in the wire's own JSON. */
function asked({ type, value }: Given): AskedSecret {
  if (type !== 'opaque') return { type, value: value ?? '' };
  return { type, value: value ? new Secret(value) : undefined };
}
