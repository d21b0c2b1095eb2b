// Makes langsmith-sandboxes-<version>.vsix and checks it: what it holds, and that an editor installs it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { editorHostInstalled } from './setup/editor-host.mjs';
import { runMain, say } from './setup/say.mjs';
import { buildForUsers, checkVsixFiles, packVsix } from './setup/vsix.mjs';
import { checkInstall } from './suites/vsix.mjs';

const root = path.resolve(import.meta.dirname, '..');

await runMain(async () => {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const file = path.join(root, `${name}-${version}.vsix`);
  await buildForUsers(root);
  await packVsix(root, file);
  await checkVsixFiles(root);
  if (editorHostInstalled()) {
    await checkInstall(root, file);
    say('an editor installs and lists it');
  } else {
    say('not tried in an editor: none is set up here yet (npm test or npm start sets one up)');
  }
  console.log(file);
});
