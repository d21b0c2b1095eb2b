import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/local/engine/engine-error';
import { despitePauseNews, isRefusedForPause } from '../../../../src/local/engine/pause-news';

const never = new AbortController().signal;

function refusing(...messages: string[]): { send: () => Promise<string>; left: string[] } {
  const left = [...messages];
  const send = (): Promise<string> => {
    const message = left.shift();
    return message ? Promise.reject(new EngineError('conflict', message)) : Promise.resolve('done');
  };
  return { send, left };
}

it.each([
  'Container 7ead is already paused',
  'Container 7ead is paused, unpause the container before exec',
  'Container 7ead is not paused',
])('what the engine refuses for a pause that is over is sent again: %s', async (message) => {
  const { send, left } = refusing(message, message);
  expect(await despitePauseNews(send, never)).toBe('done');
  expect(left).toEqual([]);
});

it('another refusal is passed on at once', async () => {
  const { send, left } = refusing('Container 7ead is not running', 'never sent');
  await expect(despitePauseNews(send, never)).rejects.toThrow('is not running');
  expect(left).toEqual(['never sent']);
});

it('a container that stays paused is told as such', async () => {
  const { send } = refusing(...new Array<string>(1_000).fill('Container 7ead is already paused'));
  await expect(despitePauseNews(send, never)).rejects.toThrow('is already paused');
});

it('the wait can be called off', async () => {
  const callOff = new AbortController();
  const { send } = refusing(...new Array<string>(1_000).fill('Container 7ead is already paused'));
  const sent = despitePauseNews(send, callOff.signal);
  callOff.abort(new Error('called off'));
  await expect(sent).rejects.toThrow('called off');
});

it.each([
  ['Container 7ead is paused, unpause the container before exec', true],
  ['can only create exec sessions on running containers: container state improper', true],
  ['Container 7ead is not running', false],
  ['cannot overwrite directory "/a" with non-directory', false],
])('%s: refused for what may be a pause: %s', (message, isSo) => {
  expect(isRefusedForPause(new EngineError('conflict', message))).toBe(isSo);
});
