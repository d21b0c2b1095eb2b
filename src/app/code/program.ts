import { curlProgram } from './curl';
import type { Making } from './making';
import { pythonProgram } from './python';
import { typescriptProgram } from './typescript';

export const languages = ['curl', 'python', 'typescript'] as const;
export type Language = (typeof languages)[number];

/** A small, complete program that asks the server for the same. It holds no key and no password. */
export function programFor(making: Making, language: Language): string {
  switch (language) {
    case 'curl':
      return curlProgram(making);
    case 'python':
      return pythonProgram(making);
    case 'typescript':
      return typescriptProgram(making);
  }
}
