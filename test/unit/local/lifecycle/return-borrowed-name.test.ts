import { expect, it } from 'vitest';
import type { EngineImage } from '../../../../src/local/engine/engine';
import { EngineError } from '../../../../src/local/engine/engine-error';
import type { Lifecycle } from '../../../../src/local/lifecycle/lifecycle';
import { returnBorrowedName } from '../../../../src/local/lifecycle/return-borrowed-name';
import {
  findBorrowedName,
  recordBorrowedName,
  recordPulledImage,
} from '../../../../src/local/store/borrowed-names';
import { lifecycleOver } from '../fixture/lifecycle';

const reference = 'registry.example.com/team/app:1';

/** A server over an engine where the name bears `now`; what is done to names goes to `done`. */
function server(now: string, done: string[], refusal?: EngineError): Lifecycle {
  return lifecycleOver({
    inspectImage: (asked) => Promise.resolve({ id: asked === reference ? now : asked } as EngineImage),
    removeImage: (name) =>
      refusal ? Promise.reject(refusal) : Promise.resolve(void done.push(`drop ${name}`)),
    tagImage: (id, repository, tag) => Promise.resolve(void done.push(`${repository}:${tag} is ${id}`)),
  });
}

it.each([
  ['that was new is dropped', null, 'pulled', 'pulled', [`drop ${reference}`]],
  ['that another image had is its again', 'before', 'pulled', 'pulled', [`${reference} is before`]],
  ['that somebody moved meanwhile is left', null, 'pulled', 'of the user', []],
  ['whose pull is not known to have ended is left', null, undefined, 'of the user', []],
  ['whose pull changed nothing is left', 'before', 'before', 'before', []],
])('a borrowed name %s', async (_, previous, pulled, now, expected) => {
  const done: string[] = [];
  const lifecycle = server(now, done);
  const { database } = lifecycle;
  recordBorrowedName(database, { reference, snapshot_id: 's', previous_image_id: previous });
  if (pulled) recordPulledImage(database, reference, pulled);
  await returnBorrowedName(lifecycle, reference);
  expect(done).toEqual(expected);
  expect(findBorrowedName(database, reference)).toBeUndefined();
});

it.each([
  ['is settled where a container stands on it', 'conflict', undefined],
  ['stays recorded where the engine does not answer', 'engine-unreachable', { reference }],
] as const)('a borrowed name that can not be dropped %s', async (_, kind, left) => {
  const lifecycle = server('pulled', [], new EngineError(kind, 'on purpose'));
  const { database } = lifecycle;
  recordBorrowedName(database, { reference, snapshot_id: 's', previous_image_id: null });
  recordPulledImage(database, reference, 'pulled');
  await returnBorrowedName(lifecycle, reference);
  if (left) expect(findBorrowedName(database, reference)).toMatchObject(left);
  else expect(findBorrowedName(database, reference)).toBeUndefined();
});
