import { expect, it } from 'vitest';
import { portNumber } from '../../../../src/app/services/port-number';
import { portPlace, portRowId, portsRowId } from '../../../../src/app/services/port-place';

it('rows lead back to the sandbox and the port they stand for, and no other rows do', () => {
  expect(portPlace('box')).toEqual({ boxId: 'box', port: undefined });
  expect(portPlace(portsRowId('box'))).toEqual({ boxId: 'box', port: undefined });
  expect(portPlace(portRowId('box', 8080))).toEqual({ boxId: 'box', port: 8080 });
  expect(portPlace('box/snapshot/python')).toBeUndefined();
  expect(portPlace(undefined)).toBeUndefined();
});

it.each([
  ['1', 1],
  ['65535', 65_535],
  ['0', undefined],
  ['65536', undefined],
  ['80 ', undefined],
  ['-1', undefined],
  ['', undefined],
])('%j is the port %s', (text, port) => {
  expect(portNumber(text)).toBe(port);
});
