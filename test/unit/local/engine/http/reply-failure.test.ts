import { expect, it } from 'vitest';
import { replyFailure } from '../../../../../src/local/engine/http/reply-failure';

const body = (message: string): string => JSON.stringify({ message });

it.each([
  [404, 'No such container: x', 'not-found'],
  [409, 'Conflict. The container name "/x" is already in use', 'conflict'],
  [500, 'write /x: no space left on device', 'disk-full'],
  [400, 'cannot overwrite directory "/a" with non-directory "/a"', 'conflict'],
  [500, 'can only create exec sessions on running containers: container state improper', 'conflict'],
  [
    500,
    'creating container storage: the container name "x" is already in use by y: that name is already in use',
    'conflict',
  ],
  [500, 'anything else', 'other'],
])('%i "%s" is %s', (status, message, kind) => {
  expect(replyFailure(status, body(message))).toMatchObject({ name: 'EngineError', kind, message });
});

it('a reply that is no JSON is told as it is', () => {
  expect(replyFailure(502, 'Bad\n Gateway').message).toBe('Bad Gateway');
});

it('a reply without text is told by its status', () => {
  expect(replyFailure(500, '').message).toBe('The container engine answered 500.');
});
