import type { Making } from './making';
import { passwordVariable, registryOf } from './registry';

/**
 * A program for the official SDK (`npm install langsmith`). Its generated client carries every field of the wire, the
 * other one waits. Told not to repeat: what makes something could make it twice.
 */
export function typescriptProgram(making: Making): string {
  const registry = registryOf(making);
  const { call, wait } = callsOf(making);
  return [
    "import { Langsmith } from 'langsmith';",
    "import { SandboxClient } from 'langsmith/sandbox';",
    '',
    '// Needs LANGSMITH_ENDPOINT and LANGSMITH_API_KEY in the environment.',
    ...workspaceHeaders,
    'const options = { baseURL: process.env.LANGSMITH_ENDPOINT, maxRetries: 0, defaultHeaders: headers };',
    'const { sandboxes } = new Langsmith(options);',
    ...(registry
      ? [
          'const registry = await sandboxes.registries.create({',
          ...fieldLines(registry),
          `  password: process.env.${passwordVariable},`,
          '});',
        ]
      : []),
    `const made = await sandboxes.${call}{`,
    ...fieldLines(making.request),
    ...(registry ? ['  registry_id: registry.id,'] : []),
    '});',
    `const ready = await new SandboxClient({ headers }).${wait};`,
    'console.log(ready.name, ready.id, ready.status);',
    '',
  ].join('\n');
}

/** A key may be good for several workspaces; the SDK reads the variable for traces alone. */
export const workspaceHeaders = [
  'const workspace = process.env.LANGSMITH_WORKSPACE_ID;',
  "const headers = workspace ? { 'X-Tenant-Id': workspace } : undefined;",
];

/** The call up to where its fields begin, and the wait for what it made. */
function callsOf(making: Making): { call: string; wait: string } {
  switch (making.kind) {
    case 'build':
      return { call: 'snapshots.create(', wait: "waitForSnapshot(made.id ?? '', { timeout: 3600 })" };
    case 'capture':
      return {
        call: `boxes.createSnapshot(${JSON.stringify(making.sandbox)}, `,
        wait: "waitForSnapshot(made.id ?? '', { timeout: 3600 })",
      };
    case 'create':
      return { call: 'boxes.create(', wait: "waitForSandbox(made.name ?? '')" };
  }
}

function fieldLines(fields: object): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
}
