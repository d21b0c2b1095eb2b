import { expect, it } from 'vitest';
import { agentRequests } from '../../../../src/api/commands/agent-requests';

/** An SSH agent's message, as its protocol frames it. */
function message(type: number, body = ''): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(bytes.length + 1);
  header.writeUInt8(type, 4);
  return Buffer.concat([header, bytes]);
}

function filtered(bytes: Buffer, atATime: number): { passed: string; refused: number; isBroken: boolean } {
  const passed: Buffer[] = [];
  const result = { passed: '', refused: 0, isBroken: false };
  const take = agentRequests({
    pass: (part) => void passed.push(part),
    refuse: () => (result.refused += 1),
    broken: () => (result.isBroken = true),
  });
  for (let at = 0; at < bytes.length; at += atATime) take(bytes.subarray(at, at + atATime));
  return { ...result, passed: Buffer.concat(passed).toString('hex') };
}

it.each([1, 3, 7, 1000])('listing, signing and extensions pass, however they are cut (%i)', (atATime) => {
  const [list, sign, bind] = [message(11), message(13, 'key and data'), message(27, 'session-bind')];
  const refusedOnes = [17, 18, 19, 20, 21, 22, 23, 25, 26, 1, 255].map((type) => message(type, 'x'));
  expect(filtered(Buffer.concat([list, ...refusedOnes, sign, bind]), atATime)).toEqual({
    passed: Buffer.concat([list, sign, bind]).toString('hex'),
    refused: refusedOnes.length,
    isBroken: false,
  });
});

it.each([
  ['no length', Buffer.from([0, 0, 0, 0, 11])],
  ['a length beyond all messages', Buffer.from([0, 4, 0, 1, 13])],
  ['a page of text', Buffer.from('GET / HTTP/1.1')],
])('%s is no request, and nothing of it or after it passes', (_, bytes) => {
  const all = Buffer.concat([bytes, message(11)]);
  expect(filtered(all, 4)).toEqual({ passed: '', refused: 0, isBroken: true });
});
