import { expect } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import type { LocalServer } from '../harness/local-server';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';

/** What a person does, in the steps they do it. Each ends when the next can begin. */

export const container = 'LangSmith Sandboxes';
export const command = (title: string): string => `${container}: ${title}`;
/** An image of some megabytes is pulled and unpacked well within this. */
const buildPatience = { timeout: 60_000 };

/** A name that no other test has. */
export function unique(stem: string): string {
  return `${stem}-${randomBytes(3).toString('hex')}`;
}

export async function connectLocal(workbench: Workbench): Promise<void> {
  await workbench.openContainer(container);
  await workbench
    .view('Sandboxes')
    .welcome.getByRole('button', { name: 'Use This Machine’s Engine' })
    .click();
  await expect(workbench.view('Snapshots').welcome).toContainText('No snapshots yet', { timeout: 60_000 });
  await expect(workbench.view('Sandboxes').description).toHaveText('Local');
}

/** Up to the question for the key. */
export async function giveEndpoint(workbench: Workbench, endpoint: string): Promise<void> {
  await workbench.run(command('Connect…'));
  await workbench.quickInput.pick('LangSmith');
  await workbench.quickInput.pick('Self-Hosted…');
  await workbench.quickInput.answer('Where LangSmith’s API is', endpoint);
  await workbench.quickInput.answer('Workspace ID', '');
  await expect(workbench.quickInput.message).toContainText('API key for');
}

/** A self-hosted LangSmith, as far as the extension can tell. */
export async function connectLangSmith(
  workbench: Workbench,
  server: Pick<LocalServer, 'endpoint' | 'apiKey'>,
): Promise<void> {
  await workbench.openContainer(container);
  await giveEndpoint(workbench, server.endpoint);
  await workbench.quickInput.answer('API key for', server.apiKey);
  await workbench.quickInput.accept('What this connection is called');
  await workbench.quickInput.hidden();
  await expect(workbench.view('Sandboxes').description).toContainText(new URL(server.endpoint).host);
  await expect(
    workbench.view('Snapshots').welcome.or(workbench.view('Snapshots').rows.first()),
  ).toContainText(/No snapshots yet|ready/);
}

/** Whether what the browser has stored brings the window back to this connection: that it knows of it is not enough. */
export function isRemembered(state: string, endpoint: string): boolean {
  const connection = /\bconnection\\*":\{[^}]*\}/g;
  return (state.match(connection) ?? []).some((found) => found.includes(endpoint));
}

/** Leaves the window as a new user finds it. */
export async function signOut(
  workbench: Workbench,
  button: 'Sign Out' | 'Disconnect' = 'Sign Out',
): Promise<void> {
  await workbench.run(command('Sign Out…'));
  await workbench.dialog.press(button);
  await expect(workbench.view('Sandboxes').welcome).toContainText('See your sandboxes and snapshots here.');
  await expect(workbench.view('Sandboxes').rows).toHaveCount(0);
  await workbench.clearNotifications();
}

/** From the image to the press of Enter; the build goes on. */
export async function beginBuild(workbench: Workbench, image: string, name: string): Promise<void> {
  await workbench.run(command('Build Snapshot from Docker Image…'));
  await workbench.quickInput.titled('Build Snapshot');
  await workbench.quickInput.type(image);
  await workbench.quickInput.pick(image);
  await workbench.quickInput.answer('Name of the snapshot', name);
  await workbench.quickInput.pick('Build Snapshot');
}

export async function build(workbench: Workbench, image: string, name: string): Promise<void> {
  await beginBuild(workbench, image, name);
  await expectSnapshot(workbench, name, /^ready/);
}

export async function expectSnapshot(workbench: Workbench, name: string, description: RegExp): Promise<void> {
  const row = workbench.view('Snapshots').row(name);
  await expect(row.description).toHaveText(description, buildPatience);
}

export async function expectSandbox(workbench: Workbench, name: string, description: RegExp): Promise<void> {
  const row = workbench.view('Sandboxes').row(name);
  await expect(row.description).toHaveText(description, buildPatience);
}

/** The name and Enter; what asks for the snapshot was answered before. */
export async function nameSandbox(workbench: Workbench, name: string): Promise<void> {
  await workbench.quickInput.answer('Name of the sandbox', name);
  await workbench.quickInput.pick('Create Sandbox');
  await expectSandbox(workbench, name, /^ready/);
}

export async function nameCapture(workbench: Workbench, name: string): Promise<void> {
  await workbench.quickInput.answer('Name of the snapshot', name);
  await workbench.quickInput.pick('Capture Snapshot');
  await expectSnapshot(workbench, name, /^ready .*captured from/);
}

/** What was copied, as a person would paste it elsewhere; on one line. */
export async function pasted(workbench: Workbench): Promise<string> {
  await workbench.run('Developer: Open URL');
  await workbench.page.keyboard.press('ControlOrMeta+V');
  const text = await workbench.quickInput.value.inputValue();
  await workbench.quickInput.cancel();
  return text;
}

/** Types what is sought into a picker that asks the server, and takes what it finds by its label. */
export async function pickByName(workbench: Workbench, title: string, name: string): Promise<void> {
  await pickBySearch(workbench, title, name, name);
}

/**
 * The same by any text. A search for nothing comes before: a row that was there already may be exchanged for its like
 * just as it is clicked, and the click is lost with it.
 */
export async function pickBySearch(
  workbench: Workbench,
  title: string,
  text: string,
  label: string,
): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.titled(title);
  await quickInput.type(unique('nothing-has-this'));
  await quickInput.options.filter({ hasText: 'None of them' }).first().waitFor();
  await quickInput.type(text);
  await quickInput.pick(label);
}

/** By a part of its path. The picker of files asks in the same box as the one of sandboxes before it. */
export async function pickFile({ quickInput }: Workbench, start: string, label: string): Promise<void> {
  const field = quickInput.box.locator('input[placeholder^="Part of a path below"]');
  await expect(field).toBeVisible();
  await quickInput.type(start);
  // Once more when the list was told anew between the press of the button and its release.
  await expect(async () => {
    const isOffered = (await field.isVisible()) && (await quickInput.option(label).isVisible());
    if (isOffered) await quickInput.pick(label, { timeout: 3000 });
    await expect(field).toBeHidden({ timeout: 3000 });
  }).toPass();
}

/** Once more when a row was painted anew just between two clicks: the editor then forgets it. */
export async function selectRows(view: View, [first = '', ...others]: readonly string[]): Promise<void> {
  await expect(async () => {
    await view.row(first).select();
    for (const name of others) await view.row(name).selectToo();
    for (const name of [first, ...others]) {
      await expect(view.row(name).element).toHaveAttribute('aria-selected', 'true', { timeout: 1000 });
    }
  }).toPass();
}
