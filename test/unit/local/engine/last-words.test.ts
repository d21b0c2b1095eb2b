import { Readable } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { docker } from '../../../../src/local/engine/docker';
import { EngineError } from '../../../../src/local/engine/engine-error';
import type { EngineHttp } from '../../../../src/local/engine/http/http';
import { lastWords, type LastWords } from '../../../../src/local/engine/last-words';
import { podman } from '../../../../src/local/engine/podman';

const never = new AbortController().signal;
const patience = { timeout: 30_000, interval: 10 };
const megabyte = 1024 * 1024;
const made: LastWords[] = [];
afterEach(() => made.splice(0).forEach((words) => words.stop()));

type Answer = { Running: boolean } | Promise<{ Running: boolean }> | Error;

/** Over an engine that gives these answers, and the last one for ever. */
function words(answers: Answer[], dialect = docker) {
  const given = [...answers];
  let asked = 0;
  const send = async (): Promise<unknown> => {
    asked += 1;
    const answer = await (given.length > 1 ? given.shift() : given[0]);
    if (!answer || answer instanceof Error) throw answer ?? new Error('not asked for');
    return Readable.from([JSON.stringify({ ExitCode: null, Pid: 1, ...answer })]);
  };
  const http = { url: 'scripted', send } as unknown as EngineHttp;
  const subject = lastWords({ http, dialect }, 'command', never);
  made.push(subject);
  return { subject, asked: () => asked };
}

/** A reader who comes when `come` is called, and whether the wait for it is over. */
function reader(subject: LastWords, unreadBytes = 0) {
  let come = (): void => undefined;
  let isOver = false;
  const wait = (): Promise<void> => new Promise((resolve) => (come = resolve));
  const over = subject.unlessEnded(() => unreadBytes, wait).then(() => void (isOver = true));
  return { come: () => come(), isOver: () => isOver, over };
}

it('a reader of a process that runs is waited for', async () => {
  const { subject, asked } = words([{ Running: true }]);
  const slow = reader(subject);
  await vi.waitFor(() => expect(asked()).toBeGreaterThanOrEqual(3), patience);
  expect(slow.isOver()).toBe(false);
  slow.come();
  await slow.over;
});

it('a reader of a process that has ended is not', async () => {
  const { subject } = words([{ Running: true }, { Running: false }]);
  await reader(subject).over;
  await reader(subject, megabyte).over;
});

it('an engine that does not answer may be waiting for the output: 2 MB are taken until it says that it runs', async () => {
  let answer: (state: { Running: boolean }) => void = () => undefined;
  const late = new Promise<{ Running: boolean }>((resolve) => (answer = resolve));
  const { subject, asked } = words([late, { Running: true }]);
  await reader(subject).over;
  const full = reader(subject, 2 * megabyte);
  answer({ Running: true });
  await vi.waitFor(() => expect(asked()).toBeGreaterThanOrEqual(3), patience);
  expect(full.isOver()).toBe(false);
  full.come();
  await full.over;
  const slow = reader(subject);
  await new Promise((resolve) => setImmediate(resolve));
  expect(slow.isOver()).toBe(false);
  slow.come();
});

it('a process that is gone has ended', async () => {
  const { subject } = words([new EngineError('not-found', 'no such exec')]);
  await reader(subject).over;
});

it('one who reads again after a full wait is let on as soon as there is room', async () => {
  const { subject } = words([{ Running: false }]);
  let unread = 2 * megabyte;
  const over = subject.unlessEnded(
    () => unread,
    () => new Promise(() => undefined),
  );
  unread = megabyte;
  await over;
});

it('an engine that can’t be asked changes nothing', async () => {
  const { subject, asked } = words([new Error('away')]);
  const slow = reader(subject);
  await vi.waitFor(() => expect(asked()).toBeGreaterThanOrEqual(3), patience);
  expect(slow.isOver()).toBe(false);
  slow.come();
});

it('an engine that waits itself is not asked', async () => {
  const { subject, asked } = words([{ Running: true }], podman);
  const slow = reader(subject);
  const control = words([{ Running: true }]);
  const controlled = reader(control.subject);
  await vi.waitFor(() => expect(control.asked()).toBeGreaterThanOrEqual(2), patience);
  expect([asked(), slow.isOver()]).toEqual([0, false]);
  for (const each of [slow, controlled]) each.come();
  await slow.over;
});
