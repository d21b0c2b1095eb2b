import { expect, test } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startConnectProxy } from '../harness/connect-proxy';
import { openEditor, type Editor } from '../harness/editor';
import { until } from '../harness/until';
import { makeCertificate } from '../unit/api/network/certificates';
import { startScriptedApi } from '../unit/app/scripted-api';
import { connectLangSmith, container, expectSandbox, giveEndpoint } from './flows';

/** No name server knows it. */
const host = 'langsmith-sandboxes.invalid';
const endpoint = `https://${host}`;

async function inEditor(settings: Record<string, unknown>, use: (editor: Editor) => Promise<void>) {
  const editor = await openEditor({ settings });
  try {
    await use(editor);
  } finally {
    await editor.close();
  }
}

test('the editor’s proxy leads to a server that no other way leads to', async () => {
  const api = await startScriptedApi();
  api.addBox({ name: 'behind' });
  const proxy = await startConnectProxy(api.endpoint, await makeCertificate(host));
  const network = { 'http.proxy': `http://127.0.0.1:${proxy.port}`, 'http.proxyStrictSSL': false };
  await inEditor(network, async ({ workbench }) => {
    await connectLangSmith(workbench, { endpoint, apiKey: api.apiKey });
    await expectSandbox(workbench, 'behind', /^ready/);
    expect(proxy.asked).toContain(`${host}:443`);
  });
  await proxy.close();
  await api.close();
});

test('a SOCKS proxy is not passed by in silence', async () => {
  await inEditor({ 'http.proxy': 'socks5://somebody:hidden@127.0.0.1:1080' }, async (editor) => {
    const { workbench } = editor;
    const { quickInput } = workbench;
    await workbench.openContainer(container);
    await giveEndpoint(workbench, endpoint);
    for (let time = 0; time < 2; time++) {
      await quickInput.type('a key');
      await quickInput.accept();
      await expect(quickInput.message).toContainText('the proxy socks5://127.0.0.1:1080 is passed by');
      await workbench.screenshot('99-socks-proxy');
      await quickInput.type('');
    }
    const lines = (await logOf(editor)).split('\n').filter((line) => line.includes('is passed by'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('hidden');
  });
});

async function logOf({ dataFolder }: Editor): Promise<string> {
  const folder = path.join(dataFolder, 'logs');
  return until('the log', async () => {
    const files = await readdir(folder, { recursive: true });
    const ours = files.filter((file) => path.basename(file) === 'LangSmith Sandboxes.log');
    const texts = await Promise.all(ours.map((file) => readFile(path.join(folder, file), 'utf8')));
    return texts.some((text) => text.includes('is passed by')) ? texts.join('') : undefined;
  });
}
