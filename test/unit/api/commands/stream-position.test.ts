import { describe, expect, it } from 'vitest';
import { StreamPosition } from '../../../../src/api/commands/stream-position';

describe('the position in an output stream', () => {
  it('goes on behind what came, in bytes', () => {
    const position = new StreamPosition();
    expect(position.accept('ä', 0)).toBe('ä');
    expect(position.resume()).toBe(2);
    expect(position.accept('b', 2)).toBe('b');
    expect(position.resume()).toBe(3);
  });

  it('takes off what is repeated', () => {
    const position = new StreamPosition();
    position.accept('abc', 0);
    expect(position.accept('abcdef', 0)).toBe('def');
    expect(position.accept('f', 5)).toBe('');
    expect(position.resume()).toBe(6);
  });

  it('goes on behind a gap that the server has dropped', () => {
    const position = new StreamPosition();
    position.accept('a', 0);
    expect(position.accept('z', 100)).toBe('z');
    expect(position.resume()).toBe(101);
  });

  it('asks again for text whose length is not known, and gives it once', () => {
    const position = new StreamPosition();
    expect(position.accept('a', 0)).toBe('a');
    expect(position.accept('\uFFFDb', 1)).toBe('\uFFFDb');
    expect(position.resume()).toBe(1);
    expect(position.accept('\uFFFDbc', 1)).toBe('c');
    expect(position.accept('d', 4)).toBe('d');
    expect(position.resume()).toBe(5);
  });

  it('takes it off in pieces, over a second break too', () => {
    const position = new StreamPosition();
    position.accept('\uFFFDbcd', 0);
    expect(position.resume()).toBe(0);
    expect(position.accept('\uFFFDb', 0)).toBe('');
    expect(position.resume()).toBe(0);
    expect(position.accept('\uFFFD', 0)).toBe('');
    expect(position.accept('bcde', 1)).toBe('e');
    expect(position.resume()).toBe(5);
  });
});
