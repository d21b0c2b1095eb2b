import type { z } from 'zod';

/** A sentence for each way a field can fail that its shape has no sentence of its own for. Undefined: zod's own. */
export function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  const field = fieldOf(issue.path ?? []);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `${field} is required.`;
      return `${field} must be ${words[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}.`;
    case 'invalid_value':
      return `${field} must be one of ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return `${field} must be at least ${String(issue.minimum)}${unit(issue.origin)}.`;
    case 'too_big':
      return `${field} must be at most ${String(issue.maximum)}${unit(issue.origin)}.`;
    case 'invalid_union':
      return `${field} has none of the forms it may have.`;
    case 'unrecognized_keys':
      return `${field} has what is not known here: ${issue.keys.join(', ')}. Leave it out.`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
      return undefined;
  }
}

const words: Record<string, string | undefined> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function fieldOf(path: PropertyKey[]): string {
  return path.length === 0 ? 'The body' : path.map(String).join('.');
}

function kindOf(input: unknown): string {
  if (typeof input === 'number') return String(input);
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'an object' : `a ${typeof input}`;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters long';
  return origin === 'array' ? ' long' : '';
}
