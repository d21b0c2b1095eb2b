import { expect } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';
import { wireOf } from '../contract/local/fixture/wire';
import {
  echoPort,
  servicePort,
  startServices,
  uploadService,
} from '../contract/local/services/fixture/service-box';
import { test } from './editor-test';
import {
  build,
  command,
  connectLangSmith,
  container,
  expectSandbox,
  nameSandbox,
  pasted,
  signOut,
  unique,
} from './flows';

test.describe.configure({ mode: 'serial' });

const box = unique('served');
let server: LocalServer;
let workbench: Workbench;
let sandboxes: View;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  workbench = editor.workbench;
  sandboxes = workbench.view('Sandboxes');
  await connectLangSmith(workbench, server);
  const snapshot = unique('serving');
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, snapshot);
  await workbench.view('Snapshots').row(snapshot).press('Create Sandbox…');
  await nameSandbox(workbench, box);
  const wire = wireOf(server);
  await uploadService(wire, box);
  await startServices(wire, box);
});
test.afterAll(async () => {
  await signOut(workbench);
  await endLocalServer(server);
});

const port = (number: number) => sandboxes.row(String(number));

test('the ports of a sandbox are read when they are unfolded', async () => {
  await sandboxes.row(box).select();
  await sandboxes.row('Ports').select();
  await expect(port(servicePort).description).toHaveText('nc');
  await expect(port(echoPort).description).toHaveText('nc');
  await expect(sandboxes.row('Ports').description).toHaveText('2 listening');
  expect(await port(servicePort).buttons()).toEqual(['Open Port in Browser…', 'Copy Link to Port…']);
  await workbench.screenshot('120-ports');
});

test('a port is forwarded to this machine, and its row says where', async () => {
  await port(servicePort).menu('Forward Port…');
  await expect(workbench.quickInput.message).toContainText('Port on this machine');
  await workbench.screenshot('121-local-port');
  const localPort = await workbench.quickInput.value.inputValue();
  await workbench.quickInput.accept();
  await expect(port(servicePort).description).toHaveText(`nc · → 127.0.0.1:${localPort}`);
  const page = await fetch(`http://127.0.0.1:${localPort}/through-the-editor`);
  expect(await page.text()).toMatch(/^GET \/through-the-editor/);
  await workbench.notifications.find(`127.0.0.1:${localPort} on this machine leads to port ${servicePort}`);
  await workbench.screenshot('122-forwarded');
  await workbench.clearNotifications();
  await port(servicePort).press('Stop Forwarding Port');
  await expect(port(servicePort).description).toHaveText('nc');
  await expect(fetch(`http://127.0.0.1:${localPort}/`)).rejects.toThrow();
});

test('from the palette, a port that nothing listens on yet can be typed', async () => {
  await workbench.run(command('Forward Port…'));
  await workbench.quickInput.pick(box);
  await workbench.quickInput.option(String(echoPort)).waitFor();
  await workbench.screenshot('123-which-port');
  await workbench.quickInput.type('7100');
  await workbench.quickInput.pick('7100');
  await workbench.quickInput.accept('Port on this machine');
  await expect(port(7100).description).toHaveText(/^→ 127\.0\.0\.1:\d+ · nothing listens$/);
  await workbench.clearNotifications();
});

test('a link is copied, and what it is good for is said in words', async () => {
  await port(servicePort).press('Copy Link to Port…');
  await workbench.quickInput.option('1 h').waitFor();
  await workbench.screenshot('124-how-long');
  await workbench.quickInput.pick('1 h');
  await workbench.notifications.find('Link copied. Whoever has it gets in for 1 h.');
  await expect(port(servicePort).description).toHaveText('nc · shared, expires in 1 h');
  await workbench.screenshot('125-link-copied');
  expect(await workbench.page.locator('body').innerText()).not.toContain('token=');
  await workbench.clearNotifications();
  const link = await pasted(workbench);
  const browser = await workbench.page.context().newPage();
  await browser.goto(link);
  await expect(browser.locator('body')).toContainText('GET / HTTP/1.1');
  await browser.close();
});

test('a port opens in the browser', async () => {
  const opening = workbench.page.context().waitForEvent('page');
  await port(servicePort).press('Open Port in Browser…');
  const page = await opening;
  await expect(page.locator('body')).toContainText('GET / HTTP/1.1');
  expect(page.url()).not.toContain('token=');
  await page.close();
});

test('no longer sharing it says what links that were handed out still do', async () => {
  await port(servicePort).menu('Stop Sharing Port…');
  await workbench.notifications.find('No longer listed. Its links still work, for 1 h at most.');
  await expect(port(servicePort).description).toHaveText('nc');
  await workbench.screenshot('126-not-shared');
  await workbench.clearNotifications();
});

test('a port opens in the editor, at an address without a token', async () => {
  await port(servicePort).menu('Open Port in Editor…');
  await expect(port(servicePort).description).toHaveText(/→ 127\.0\.0\.1:/);
  const browser = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await expect(browser.locator('.url-input')).toHaveValue(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await expect(browser.frameLocator('iframe').locator('body')).toContainText('GET /?id=');
  await workbench.screenshot('127-in-the-editor');
  await workbench.run('View: Close All Editors');
  await expect(workbench.page.locator('.part.editor .tab')).toHaveCount(0);
  await port(servicePort).press('Stop Forwarding Port');
  await expect(port(servicePort).description).not.toHaveText(/→/);
});

test('a script that works with the sandbox opens in a document of its own', async () => {
  await sandboxes.row(box).menu('New Script from Sandbox…');
  await workbench.quickInput.pick('Python');
  await expect(workbench.page.locator('.monaco-editor .view-lines')).toContainText('LANGSMITH_ENDPOINT');
  await workbench.screenshot('128-script');
  await workbench.run('View: Revert and Close Editor');
});

test('terminals get the connection once the user wants it, and the key once that is given', async () => {
  await workbench.run(command('Use This Connection in Terminals…'));
  await expect(workbench.dialog.text).toContainText(
    'Give programs in the terminals of this workspace the API key',
  );
  await workbench.screenshot('129-give-the-key');
  await workbench.dialog.press('Give Them the Key');
  await workbench.notifications.press('New terminals and tasks of this workspace talk to', 'New Terminal');
  await expectInTerminal(`${server.endpoint} ${server.apiKey.length}\n`);
  await workbench.screenshot('130-terminal');
  await workbench.run('Terminal: Kill All Terminals');
});

test('terminals get it also after the window was reloaded, without a look at the sidebar, until it is taken back', async ({
  editor,
}) => {
  await workbench.run('View: Show Explorer');
  await editor.stored((state) => state.includes('connectionInTerminals'));
  await editor.reload();
  await expect(workbench.statusBar).toContainText(new URL(server.endpoint).host);
  await workbench.run('Terminal: Create New Terminal');
  await expectInTerminal(`${server.endpoint} ${server.apiKey.length}\n`);
  await workbench.run('Terminal: Kill All Terminals');
  await workbench.run(command('Stop Using This Connection in Terminals'));
  await workbench.notifications.find('are left with their own environment');
  await workbench.clearNotifications();
  await workbench.run('Terminal: Create New Terminal');
  await expectInTerminal(' 0\n');
  await workbench.run('Terminal: Kill All Terminals');
  await workbench.openContainer(container);
});

/** What a program in the terminal that has just been opened finds: the endpoint, and how long the key is. */
async function expectInTerminal(text: string): Promise<void> {
  await workbench.terminal.prompt();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'terminal-'));
  const told = path.join(folder, 'told');
  await workbench.terminal.type(`echo "$LANGSMITH_ENDPOINT" "\${#LANGSMITH_API_KEY}" | tee ${told}\n`);
  const read = () => readFile(told, 'utf8').catch(() => '');
  await expect.poll(read).toBe(text);
  await rm(folder, { recursive: true });
}

test('forwards end with their sandbox, which is told once', async () => {
  await sandboxes.row(box).menu('Forward Port…');
  await workbench.quickInput.pick(String(echoPort));
  await workbench.quickInput.accept('Port on this machine');
  await workbench.notifications.find('on this machine leads to');
  await workbench.clearNotifications();
  await sandboxes.row(box).menu('Stop Sandbox');
  await workbench.notifications.find(`Sandbox ${box} has stopped. No longer forwarded: ${echoPort}.`);
  await expectSandbox(workbench, box, /^stopped/);
  await expect(sandboxes.row('Ports').element).toHaveCount(0);
  await workbench.screenshot('131-stopped');
  await workbench.clearNotifications();
});
