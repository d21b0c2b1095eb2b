import { extensions } from 'vscode';
import type { InTests } from '../../src/extension';

/** The extension under test, activated. */
export async function activated(): Promise<InTests> {
  const extension = extensions.getExtension<InTests>('langsmith-sandboxes.langsmith-sandboxes');
  if (!extension) throw new Error('The extension under test is not installed.');
  return extension.activate();
}
