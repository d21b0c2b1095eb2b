import { z } from 'zod';
import { wireRoot, type Router, type RouterDependencies } from '../router';
import { execute } from '../lifecycle/exec';
import { readBody } from '../request-body';
import { envVars, optional, runConfig } from './fields';
import { onPath, pathPart } from './methods';
import { invalidRequest } from '../failure';

const mostSeconds = 24 * 3600;
const seconds = z.number().min(0).max(mostSeconds);
const argument = z.string().refine((text) => !text.includes('\0'), 'A command can not hold zero bytes.');

const executeShape = z.object({
  command: z.union([argument.min(1), z.array(argument).min(1)], {
    error: 'command must be a text for the shell, or a list of arguments.',
  }),
  timeout: optional(seconds),
  timeout_seconds: optional(seconds),
  shell: optional(argument.min(1)),
  env: optional(envVars),
  cwd: optional(argument),
  run_config: optional(runConfig),
});

export function executeRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  onPath(router, `${wireRoot}/:box/execute`, {
    POST: async (context) => {
      const request = await readBody(context, executeShape);
      if (request.run_config && (request.env || request.cwd !== undefined)) {
        throw invalidRequest('Give run_config, or env and cwd, not both.');
      }
      return context.json(await execute(lifecycle, pathPart(context, 'box'), request, context.get('signal')));
    },
  });
}
