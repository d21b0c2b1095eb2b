import { createRequire } from 'node:module';
import path from 'node:path';
import * as sdk from 'langsmith/sandbox';
import { generatedSuite } from './suite/generated';
import { officialSuite } from './suite/official-suite';
import { verifierSuite } from './suite/verifier';

const root = path.dirname(createRequire(__filename).resolve('langsmith/package.json'));

officialSuite({
  spares: true,
  sdk,
  declarations: [
    ...['client', 'sandbox', 'command_handle', 'service_url', 'verify'].map(
      (name) => `lib/sandbox/${name}.d.mts`,
    ),
    ...['sandboxes', 'boxes', 'snapshots', 'registries'].map((name) => `resources/sandboxes/${name}.d.mts`),
  ].map((file) => path.join(root, file)),
  more: (stage) => {
    generatedSuite(stage);
    verifierSuite(stage);
  },
});
