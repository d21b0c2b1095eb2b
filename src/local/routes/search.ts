import { z } from 'zod';
import { glob } from '../files/glob';
import { grep } from '../files/grep';
import { readBody } from '../request-body';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { optional } from './fields';
import { onPath, pathPart } from './methods';

const mostPatternLength = 4096;
const plainText = z
  .string()
  .max(mostPatternLength)
  .refine((text) => !text.includes('\0'), 'Zero bytes can not be used here.');
const pattern = plainText.min(1);
const limit = optional(z.int().min(1));

const globShape = z.object({ pattern, path: plainText, limit });
const grepShape = z.object({
  pattern: pattern.refine((text) => !/[\r\n]/.test(text), 'pattern is looked for within one line.'),
  path: plainText,
  glob: optional(pattern),
  limit,
});

export function searchRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  onPath(router, `${wireRoot}/:box/glob`, {
    POST: async (context) => {
      const request = await readBody(context, globShape);
      return context.json(await glob(lifecycle, pathPart(context, 'box'), request, context.get('signal')));
    },
  });
  onPath(router, `${wireRoot}/:box/grep`, {
    POST: async (context) => {
      const request = await readBody(context, grepShape);
      return context.json(await grep(lifecycle, pathPart(context, 'box'), request, context.get('signal')));
    },
  });
}
