import { expect } from '@playwright/test';
import type { Box, BoxStatus } from '../../src/api/types';
import { startFaultProxy, type FaultProxy, type RequestKind } from '../harness/fault-proxy';
import { watchRows } from '../harness/rows/shown-rows';
import { untruths, type Fact } from '../harness/rows/untruths';
import { until } from '../harness/until';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';

/** A server whose every change is noted, behind a proxy that can spoil its answers. */
export interface Watched {
  readonly api: ScriptedApi;
  readonly proxy: FaultProxy;
  /** In the order of time. */
  readonly facts: readonly Fact[];
  add(name: string, status: BoxStatus): Box;
  become(name: string, status: BoxStatus): void;
  remove(name: string): void;
  /** One that is being made, and one that will go, among others. */
  make(name: string): void;
  /** That one is made, another comes and one goes: the window can’t know it yet. */
  change(name: string): void;
  /** Removes all. */
  clear(): void;
  /** Waits for so many more requests of a kind that were answered. */
  passed(kind: RequestKind, count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startWatched(): Promise<Watched> {
  const api = await startScriptedApi();
  const proxy = await startFaultProxy(api.endpoint);
  const note = ({ id, name }: Box, state: string): void =>
    void facts.push({ at: Date.now(), id, name, state });
  const named = (name: string): Box => api.boxes.find((box) => box.name === name)!;
  const facts: Fact[] = [];
  const watched: Watched = {
    api,
    proxy,
    facts,
    add: (name, status) => {
      const box = api.addBox({ name, status });
      note(box, status);
      return box;
    },
    become: (name, status) => {
      named(name).status = status;
      note(named(name), status);
    },
    remove: (name) => {
      const box = named(name);
      api.boxes.splice(api.boxes.indexOf(box), 1);
      note(box, 'absent');
    },
    make: (name) => {
      watched.add(`before-${name}`, 'ready');
      watched.add(`stopped-${name}`, 'stopped');
      watched.add(`failed-${name}`, 'failed');
      watched.add(name, 'provisioning');
    },
    change: (name) => {
      watched.become(name, 'ready');
      watched.add(`after-${name}`, 'ready');
      watched.remove(`before-${name}`);
    },
    clear: () => {
      for (const box of api.boxes.splice(0)) note(box, 'absent');
    },
    passed: async (kind, count) => {
      const answered = (): number =>
        proxy.passages.filter((each) => each.kind === kind && each.answeredAt).length;
      const wanted = answered() + count;
      await until(`${count} times ${kind}`, () => answered() >= wanted || undefined, 60_000);
    },
    close: async () => {
      await proxy.close();
      await api.close();
    },
  };
  return watched;
}

/** Watches the sandboxes’ rows while `during` goes on, prints the requests of that time, and finds no untruth. */
export async function scenario(
  title: string,
  workbench: Workbench,
  watched: Watched,
  during: () => Promise<void>,
): Promise<void> {
  const since = Date.now();
  const shown = await watchRows(workbench.page, 'Sandboxes');
  await during();
  const samples = await shown.samples();
  const seconds = Math.round((Date.now() - since) / 1000);
  console.log(
    JSON.stringify({
      scenario: title,
      seconds,
      requests: watched.proxy.counts(since),
      samples: samples.length,
    }),
  );
  expect(untruths(samples, watched.facts, watched.proxy.passages, Date.now())).toEqual([]);
}

/** Milliseconds between the answers and the next requests of that kind. */
export function pausesBetween({ proxy }: Watched, kind: RequestKind, since: number): number[] {
  const all = proxy.passages.filter((each) => each.kind === kind && each.askedAt >= since);
  return all.slice(1).map(({ askedAt }, index) => askedAt - all[index]!.answeredAt!);
}

export function refusals({ proxy }: Watched, kind: RequestKind, since: number): number {
  const all = proxy.passages.filter((each) => each.kind === kind && each.askedAt >= since);
  return all.filter(({ status = 0 }) => status >= 400).length;
}
