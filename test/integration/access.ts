import { extensions } from 'vscode';
import type { InTests } from '../../src/extension';
import type { Window } from '../../src/window';

/** The extension under test as the editor starts it. */
export async function started(): Promise<InTests> {
  const extension = extensions.getExtension<InTests>('langsmith-sandboxes.langsmith-sandboxes');
  if (!extension) throw new Error('The extension under test is not installed.');
  return extension.activate();
}

/** All of it. */
export async function activated(): Promise<Window> {
  return (await started()).window();
}
