import { expect } from '@playwright/test';
import type { Box } from '../../src/api/types';
import { unique as uniqueName, wireOf, type Wire } from '../contract/local/fixture/wire';
import { breakingLineTo, type BreakingLine } from '../harness/breaking-line';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import { until } from '../harness/until';
import type { Workbench } from '../harness/workbench/workbench';
import { drawsInOtherSizes } from './drawn-size';
import { test } from './editor-test';
import { connectLangSmith, container, expectSandbox, pickByName, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

let server: LocalServer;
let line: BreakingLine;
let wire: Wire;
let box: Box;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  wire = wireOf(server);
  line = await breakingLineTo(server.endpoint);
  const name = `terminals-${uniqueName()}`;
  await wire.build(name, `${testEnvironment().registryOpen}/sandbox-screen:1`);
  box = await wire.boot({ snapshot: name, name, run_config: { work_dir: '/opt' } });
  workbench = editor.workbench;
  await connectLangSmith(workbench, { endpoint: line.endpoint, apiKey: server.apiKey });
});
test.afterAll(async () => {
  await signOut(workbench);
  await line.close();
  await endLocalServer(server);
});

const said = async (command: string): Promise<string> => (await wire.execute(box.id, command)).stdout.trim();
const saidSoon = (command: string): Promise<string> =>
  until(command, async () => (await said(command)) || undefined);

test('a terminal opens by its row’s button, in the sandbox’s folder, and draws', async () => {
  await workbench.view('Sandboxes').row(box.name).press('Open Terminal');
  const { terminal } = workbench;
  await terminal.prompt();
  await terminal.type("pwd; printf '\\033[1;32mgr\\xc3\\xbcn\\033[0m \\xe6\\xbc\\xa2\\xe5\\xad\\x97\\n'\n");
  await expect(terminal.screen).toContainText('/opt');
  await expect(terminal.screen).toContainText('grün 漢字');
  await expect(terminal.screen.getByText('grün', { exact: true })).toHaveCSS('font-weight', /bold|[67]00/);
  await workbench.screenshot('100-terminal');
});

test('its size follows the window’s', async () => {
  const { page, terminal } = workbench;
  await terminal.type(
    'until [ -e /root/enough ]; do stty size > /root/size; sleep 0.1; done; clear; echo $((5 * 5))\n',
  );
  const columns = async (): Promise<number> => Number((await saidSoon('cat /root/size')).split(' ')[1]);
  const before = await columns();
  const viewport = page.viewportSize()!;
  await page.setViewportSize({ width: viewport.width - 300, height: viewport.height });
  await until('fewer columns', async () => (await columns()) < before || undefined);
  const fewer = await columns();
  await page.setViewportSize(viewport);
  await until('more columns', async () => (await columns()) > fewer || undefined);
  await said('touch /root/enough');
  await expect(terminal.screen).toContainText('25');
});

const sizeInside = (): Promise<string> => said('stty size -F $(cat /opt/tty)');

test('vim has the screen in each size of it, edits and saves a file, and gives the shell’s screen back', async () => {
  const { page, terminal } = workbench;
  await workbench.run('View: Toggle Maximized Panel');
  await said('head -c 300 /dev/zero | tr "\\0" x > /opt/lines; seq 100 101 >> /opt/lines');
  await terminal.type('tty > /opt/tty; echo before-the-$((2 * 3))th\n');
  await expect(terminal.screen).toContainText('before-the-6th');
  await terminal.type("vim '+set ruler' /opt/lines\n");
  await expect(terminal.screen).toContainText(/xxx.*101.*~.*1,1/s);
  await expect(terminal.screen).not.toContainText('before-the-6th');

  await terminal.type('Oedited in a sandbox');
  await page.keyboard.press('Escape');
  await expect(terminal.screen).toContainText(/edited in a sandbox.*xxx/s);
  await drawsInOtherSizes(workbench, sizeInside, '103-terminal-vim');
  await terminal.type(':wq\n');
  await expect(terminal.screen).toContainText('before-the-6th');
  await expect(terminal.screen).not.toContainText('edited in a sandbox');
  expect(await said('head -1 /opt/lines')).toBe('edited in a sandbox');
});

test('less pages through a file in each size of the screen, finds a text, and quits', async () => {
  const { terminal } = workbench;
  await said("cd /opt; seq 1000 | sed 's/.*/line-&-of-many/' > many; head -c 900 many | tr '\\n' + >> many");
  await terminal.type('less /opt/many\n');
  await expect(terminal.screen).toContainText('line-1-of-many');
  await terminal.type(' ');
  await expect(terminal.screen).not.toContainText('line-1-of-many');
  await terminal.type('/line-700-\n');
  await expect(terminal.screen).toContainText(/line-700-of-many.*line-701-of-many/s);
  await terminal.type('G');
  await drawsInOtherSizes(workbench, sizeInside, '104-terminal-less');
  await terminal.type('q');
  await expect(terminal.screen).toContainText('before-the-6th');
  await expect(terminal.screen).not.toContainText('line-1000-of-many');
});

test('htop draws what runs in the sandbox, in each size of the screen, and quits', async () => {
  const { terminal } = workbench;
  await terminal.type('htop\n');
  await expect(terminal.screen).toContainText(/Mem\[.*PID.*USER.*Command.*htop.*F10Quit/s);
  await drawsInOtherSizes(workbench, sizeInside, '105-terminal-htop');
  await terminal.type('q');
  await expect(terminal.screen).toContainText('before-the-6th');
  await expect(terminal.screen).not.toContainText('F10Quit');
  await workbench.run('View: Toggle Maximized Panel');
});

test('a program that asks for the mouse is told the cell that is clicked', async () => {
  const { page, terminal } = workbench;
  await terminal.type(
    "stty raw -echo; printf '\\033[?1049h\\033[?1000h\\033[?1006h\\033[5;20H\\033[7mhere\\033[m'; " +
      "head -c 20 > /opt/mouse; printf '\\033[?1006l\\033[?1000l\\033[?1049l'; stty sane\n",
  );
  const { x, y } = (await terminal.screen.getByText('here', { exact: true }).boundingBox())!;
  await page.mouse.click(x + 2, y + 5);
  await terminal.prompt();
  expect(await said('cat -v /opt/mouse')).toBe('^[[<0;20;5M^[[<0;20;5m');
});

test('colours come as they were sent: of 256, and of all', async () => {
  const { terminal } = workbench;
  await terminal.type("clear; printf '\\033[38;5;208mof-256\\033[m \\033[38;2;10;200;30mof-all\\033[m\\n'\n");
  await expect(terminal.screen.getByText('of-256', { exact: true })).toHaveCSS('color', 'rgb(255, 135, 0)');
  await expect(terminal.screen.getByText('of-all', { exact: true })).toHaveCSS('color', 'rgb(10, 200, 30)');
});

test('when the connection breaks it goes on, and shows what was said meanwhile', async () => {
  const { terminal } = workbench;
  await terminal.type(
    'tty > /root/tty; echo $$ > /root/shell; while read line; do echo "got <$line>"; done\n',
  );
  await terminal.type('first\n');
  await expect(terminal.screen).toContainText('got <first>');
  line.breakNext(1, 1);
  await said('echo said-meanwhile > $(cat /root/tty)');
  await until('the connection to break', () => line.left === 0 || undefined);
  await expect(terminal.screen).toContainText('said-meanwhile');
  await terminal.type('second\n');
  await expect(terminal.screen).toContainText('got <second>');
  await workbench.page.keyboard.press('Control+C');
});

test('after a window reload it is attached to again, with what it showed', async ({ editor }) => {
  const shell = await saidSoon('cat /root/shell');
  await workbench.terminal.type('echo before-$((40 + 2))\n');
  await expect(workbench.terminal.screen).toContainText('before-42');
  await editor.stored((state) => state.includes('commandId'));
  await editor.reload();
  await workbench.notifications.press(/A terminal in sandbox .* can be attached to again/, 'Reattach');
  await expect(workbench.terminal.screen).toContainText('before-42');
  await workbench.terminal.type('echo $$ > /root/again\n');
  expect(await saidSoon('cat /root/again')).toBe(shell);
  await workbench.screenshot('101-terminal-reattached');
});

test('a server that was restarted has ended it, and the terminal says so', async () => {
  await server.kill9();
  server = await startLocalServer({ dataDir: server.dataDir, apiKey: server.apiKey });
  wire = wireOf(server);
  line.leadTo(server.endpoint);
  await expect(workbench.terminal.screen).toContainText('The server knows nothing of it any more', {
    timeout: 60_000,
  });
  await expect(workbench.terminal.screen).toContainText(/before-42.*knows nothing of it any more/s);
  await workbench.screenshot('102-terminal-ended');
  await workbench.terminal.type('x');
  await expect(workbench.terminal.tab(box.name)).toHaveCount(0);
});

test('the + menu has it, and a stopped sandbox is woken only when that is wanted', async () => {
  await workbench.openContainer(container);
  await wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  await expectSandbox(workbench, box.name, /^stopped/);
  const open = async (button: 'Start' | 'Cancel'): Promise<void> => {
    const [withProfile] = await workbench.commandsLike('Create New Terminal With Profile');
    await workbench.run(withProfile!);
    await workbench.quickInput.pick('Sandbox (LangSmith)');
    await pickByName(workbench, 'Open Terminal', box.name);
    await expect(workbench.dialog.text).toContainText('is stopped. Start it?');
    await workbench.dialog.press(button);
  };
  await open('Cancel');
  await expect(workbench.terminal.tab('Sandbox')).toHaveCount(0);
  expect(await workbench.notifications.messages()).toEqual([]);
  await expectSandbox(workbench, box.name, /^stopped/);
  await open('Start');
  await expect(workbench.terminal.tab(box.name)).toBeVisible({ timeout: 60_000 });
  await workbench.terminal.prompt();
  await workbench.terminal.type('exit\n');
  await expect(workbench.terminal.tab(box.name)).toHaveCount(0);
  await expectSandbox(workbench, box.name, /^ready/);
});
