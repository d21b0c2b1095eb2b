import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/local/arguments';
import { defaultDataFolder } from '../../../src/local/data-directory';

describe('arguments', () => {
  it('have defaults', () => {
    expect(parseArguments([])).toEqual({
      host: '127.0.0.1',
      port: 0,
      dataDir: undefined,
      engine: undefined,
      defaultImage: undefined,
      linger: undefined,
      sealKeyFromStdin: false,
      spares: true,
    });
  });

  it('are taken in both forms', () => {
    const args = [
      '--host',
      '::1',
      '--port=8080',
      '--data-dir',
      '/x',
      '--engine',
      'unix:///s',
      '--linger',
      '30',
    ];
    const all = [...args, '--default-image=python:3.13', '--seal-key-stdin', '--no-spares'];
    expect(parseArguments(all)).toEqual({
      host: '::1',
      port: 8080,
      dataDir: '/x',
      engine: 'unix:///s',
      defaultImage: 'python:3.13',
      linger: 30,
      sealKeyFromStdin: true,
      spares: false,
    });
    expect(parseArguments(['--help', '--port', '1'])).toBe('help');
  });

  it.each([
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536".'],
    [['--port', '1.5'], '--port must be a whole number'],
    [['--port='], '--port must be a whole number'],
    [['--linger', '-1'], '--linger'],
    [['--default-image', 'no image'], '--default-image must be an image'],
    [['--default-image='], '--default-image must be an image'],
    [['--host', ''], '--host needs a value.'],
    [['--unknown'], "Unknown option '--unknown'"],
    [['--seal-key-stdin=yes'], '--seal-key-stdin'],
    [['stray'], 'Unexpected argument'],
  ])('%j are refused with a sentence', (args, reason) => {
    expect(() => parseArguments(args)).toThrow(reason);
    expect(() => parseArguments(args)).toThrow('See --help.');
  });
});

it('state is kept where each system keeps it', () => {
  const folder = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): string =>
    defaultDataFolder(platform, env, '/home/me').replaceAll('\\', '/');
  expect(folder('linux')).toBe('/home/me/.local/state/langsmith-sandboxes');
  expect(folder('linux', { XDG_STATE_HOME: '/state' })).toBe('/state/langsmith-sandboxes');
  expect(folder('darwin')).toBe('/home/me/Library/Application Support/langsmith-sandboxes');
  expect(folder('win32', { LOCALAPPDATA: 'C:/Local' })).toBe('C:/Local/langsmith-sandboxes');
});
