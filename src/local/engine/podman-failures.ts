import type { EngineErrorKind } from './engine-error';

/** Podman answers 500 where Docker's status says what happened; its words say it too. Seen with 4.3.1. */
const kinds: [RegExp, EngineErrorKind][] = [
  [/container state improper|can only create exec sessions on running containers/, 'conflict'],
  [/that name is already in use/, 'conflict'],
  [/image (?:is )?in use by/, 'conflict'],
  [/copier: put: .*(?:is a directory|file exists)/, 'conflict'],
  [/no such (?:container|image|exec session)/i, 'not-found'],
];

export function podmanFailureKind(message: string): EngineErrorKind | undefined {
  return kinds.find(([words]) => words.test(message))?.[1];
}
