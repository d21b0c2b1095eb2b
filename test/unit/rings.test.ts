import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

// Type-aware rules need a file on disk; the ring rules don't, so they are run alone on made-up files.
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: (await import('../../eslint.config.mjs')).ringRulesAlone,
});

async function refusals(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result!.messages.map(({ message }) => message);
}

describe('the ring rule refuses', () => {
  it.each([
    ['src/api/made-up.ts', `import { window } from 'vscode'; window;`, /never imports vscode/],
    ['src/api/made-up.ts', `import type { Uri } from 'vscode'; export type A = Uri;`, /never imports vscode/],
    ['src/api/made-up.ts', `import { a } from '../app/inventory'; a;`, /nothing outside itself/],
    ['src/api/made-up.ts', `import { a } from '../local/server'; a;`, /nothing outside itself/],
    ['src/local/made-up.ts', `import * as vscode from 'vscode'; vscode;`, /never imports vscode/],
    [
      'src/local/routes/made-up.ts',
      `import { a } from '../../app/inventory'; a;`,
      /knows nothing of the extension/,
    ],
    [
      'src/local/routes/made-up.ts',
      `import { Transport } from '../../api/transport'; Transport;`,
      /not the client/,
    ],
    ['src/app/made-up.ts', `import { window } from 'vscode'; window;`, /by its types only/],
    ['src/app/made-up.ts', `import { a } from '../ui/trees/rows'; a;`, /never reaches out/],
    ['src/app/made-up.ts', `import { a } from '../local/main'; a;`, /never reaches out/],
    ['src/ui/made-up.ts', `import { request } from 'undici'; request;`, /no network calls/],
    ['src/ui/trees/made-up.ts', `import { get } from 'node:http'; get;`, /no network calls/],
    ['src/extension.ts', `import { a } from './local/main'; a;`, /another process/],
    ['src/window.ts', `import { a } from './local/main'; a;`, /another process/],
  ])('%s: %s', async (file, code, reason) => {
    expect(await refusals(file, code)).toEqual([expect.stringMatching(reason)]);
  });
});

describe('the ring rule allows', () => {
  it.each([
    ['src/local/made-up.ts', `import type { Box } from '../api/types'; export type A = Box;`],
    ['src/local/engine/made-up.ts', `import { Secret } from '../../api/secret'; Secret;`],
    ['src/app/made-up.ts', `import type { Memento } from 'vscode'; export type A = Memento;`],
    ['src/app/made-up.ts', `import { listBoxes } from '../api/boxes'; listBoxes;`],
    ['src/app/made-up.ts', `import { getAbout } from '../api/local'; getAbout;`],
    ['src/ui/made-up.ts', `import * as vscode from 'vscode'; vscode;`],
  ])('%s: %s', async (file, code) => {
    expect(await refusals(file, code)).toEqual([]);
  });
});
