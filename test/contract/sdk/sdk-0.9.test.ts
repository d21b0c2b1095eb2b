import { createRequire } from 'node:module';
import path from 'node:path';
import * as sdk from 'langsmith-0.9/sandbox';
import { officialSuite } from './suite/official-suite';
import { generatedSuite09 } from './suite/generated-0.9';
import type { Sdk } from './suite/sdk';

const root = path.dirname(createRequire(__filename).resolve('langsmith-0.9/package.json'));

officialSuite({
  // The suite asks whether a member is there before it calls what this version does not have.
  sdk: sdk as unknown as Sdk,
  declarations: [
    ...['client', 'sandbox', 'command_handle'].map((name) => `dist/sandbox/${name}.d.ts`),
    ...['sandboxes', 'boxes', 'snapshots', 'registries'].map(
      (name) => `dist/_openapi_client/resources/sandboxes/${name}.d.ts`,
    ),
  ].map((file) => path.join(root, file)),
  more: generatedSuite09,
});
