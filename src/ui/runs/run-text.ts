import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { l10n, type TextDocument } from 'vscode';
import { upload } from '../../api/files';
import { lineToRun } from '../../app/runs/interpreters';
import { awakeSandbox } from '../commands/awake-sandbox';
import type { Desk } from '../desk';
import { isKeptReadOnly } from '../files/kept-read-only';
import { notice } from '../notice';

const uploadPatience = { timeoutMs: 60_000 };

/** Uploads the text into a folder of its own in the sandbox and runs it there by its language, in a terminal. */
export async function runText(
  desk: Desk,
  title: string,
  { languageId, uri }: Pick<TextDocument, 'languageId' | 'uri'>,
  asWritten: string,
): Promise<void> {
  const text = asWritten.replaceAll('\r\n', '\n');
  const name = path.posix.basename(uri.path);
  const file = `/tmp/run-${randomBytes(4).toString('hex')}/${name}`;
  const line = lineToRun(file, languageId, text);
  if (line === undefined) {
    const advice = l10n.t('Its first line can say it, such as {0}.', '#!/usr/bin/env python3');
    void notice('warning', `${l10n.t('Nothing says how to run {0} in a sandbox.', name)} ${advice}`);
    return;
  }
  // To run it there it is uploaded.
  const isRefused = (id: string): boolean => isKeptReadOnly(desk, { id, path: file });
  const chosen = await awakeSandbox(desk, undefined, title, isRefused);
  if (!chosen || isRefused(chosen.box.id)) return; // A start takes a while.
  const { session, box } = chosen;
  const program = async (): Promise<{ line: string }> => {
    await upload(session.transport, box, file, Buffer.from(text), uploadPatience);
    return { line };
  };
  desk.terminals.open({ ...chosen, title: `${box.name}: ${name}`, program }, 'stay');
}
