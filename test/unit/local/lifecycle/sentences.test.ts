import { describe, expect, it } from 'vitest';
import { EngineError, type EngineErrorKind } from '../../../../src/local/engine/engine-error';
import { bootFailure } from '../../../../src/local/lifecycle/boot-failure';
import { buildFailure } from '../../../../src/local/lifecycle/build-failure';
import { TaskEnded } from '../../../../src/local/lifecycle/tasks';

const subject = { image: 'host.example.com/app:1', host: 'host.example.com', platform: 'linux/amd64' };
const limitMs = 3_600_000;
const built = (kind: EngineErrorKind, registry?: string): string =>
  buildFailure(new EngineError(kind, 'in its words'), { ...subject, registry }, limitMs);

describe('a failed build', () => {
  it('names the registry whose credentials were refused', () => {
    for (const kind of ['wrong-credentials', 'no-credentials'] as const) {
      expect(built(kind, 'mine')).toBe(
        'host.example.com refused the user name or password of registry mine.',
      );
      expect(built(kind)).toContain('host.example.com asks for a user name and a password');
    }
  });

  it('gives the engine’s words where they help', () => {
    for (const kind of [
      'registry-unreachable',
      'disk-full',
      'engine-unreachable',
      'other',
      'conflict',
    ] as const) {
      expect(built(kind)).toContain('in its words');
    }
    expect(built('disk-full')).toContain('disk is full');
    expect(built('wrong-platform')).toContain('Choose an image for linux/amd64.');
  });

  it('tells when it was cut off, or took too long', () => {
    expect(buildFailure(new TaskEnded('server-stops'), subject, limitMs)).toContain('local server stopped');
    const timeout = new DOMException('', 'TimeoutError');
    expect(buildFailure(timeout, subject, limitMs)).toBe(
      'The build took more than 60 minutes and was ended.',
    );
  });
});

describe('a failed boot', () => {
  it.each([
    ['not-found', 'ImagePull'],
    ['disk-full', 'Unschedulable'],
    ['engine-unreachable', 'Unschedulable'],
    ['other', 'SandboxConfig'],
  ] as const)('by %s is of the type %s, with a status that nobody retries', (kind, type) => {
    expect(bootFailure(new EngineError(kind, 'in its words'), 1000)).toMatchObject({ status: 422, type });
  });

  it('for want of room says to make some', () => {
    const { message } = bootFailure(new EngineError('disk-full', 'in its words'), 1000);
    expect(message).toContain('Free some space there and start the sandbox again: in its words');
  });
});
