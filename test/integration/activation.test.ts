import assert from 'node:assert/strict';
import { commands as editor, extensions } from 'vscode';
import { commands, views } from '../../src/contributions';
import { activated, started } from './access';

suite('the extension', () => {
  test('starts without reading what nobody has asked for', async () => {
    const { isOpen } = await started();
    assert.equal(isOpen(), false);
  });

  test('activates without connecting to anything', async () => {
    const { desk } = await activated();
    assert.equal(desk.connections.current.value.state, 'signed-out');
  });

  test('registers exactly the commands of its table', async () => {
    await activated();
    const all = await editor.getCommands(true);
    // The editor makes commands of its own for each view, such as `<view>.focus`.
    const ofViews = Object.values(views).map((view) => `${view}.`);
    const own = all.filter(
      (id) =>
        id.startsWith('langsmithSandboxes.') &&
        !ofViews.some((prefix) => id.startsWith(prefix)) &&
        id !== 'langsmithSandboxes.resetViewContainerLocation',
    );
    assert.deepEqual(own.sort(), Object.values(commands).sort());
  });

  test('has its views', async () => {
    await activated();
    const all = await editor.getCommands(true);
    for (const view of Object.values(views)) assert.ok(all.includes(`${view}.focus`), view);
  });

  test('works in untrusted and in virtual workspaces', () => {
    const manifest = extensions.getExtension('langsmith-sandboxes.langsmith-sandboxes')?.packageJSON as {
      capabilities: { untrustedWorkspaces: { supported: string }; virtualWorkspaces: boolean };
    };
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });

  test('shows its log', async () => {
    await activated();
    await editor.executeCommand(commands.showLog);
  });
});
