import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, extensions } from 'vscode';
import { startsIn, type Activation, type Start } from './figures';

/** Inherited by every module that is loaded, the editor's own way of loading extensions included. */
interface Loads {
  load: (file: string) => void;
}

/** An extension that activates others and writes down what that took, one JSON line for each start of the host. */
export async function activate(): Promise<void> {
  const { ACTIVATION_FIGURES: file = '', ACTIVATION_SUBJECTS: subjects = '' } = process.env;
  const [warmUp = '', ...measured] = subjects.split(' ');
  const starts = startsIn(file).length;
  await calm();
  // The first activation of a host meets what is slow but once.
  await activation(warmUp);
  const start: Start = {};
  for (const id of starts % 2 === 0 ? measured : measured.toReversed()) {
    await calm();
    start[id] = await activation(id);
  }
  appendFileSync(file, `${JSON.stringify(start)}\n`);
}

/** Then it is measured all the same. */
const calmWithinMs = 10_000;

/** Until this process has little to do, and the window answers at once. Other extensions are starting, too. */
async function calm(): Promise<void> {
  const deadline = performance.now() + calmWithinMs;
  for (let quiet = 0, look = 0; quiet < 5 && performance.now() < deadline; look++) {
    const before = performance.eventLoopUtilization();
    await sleep(50);
    const { utilization } = performance.eventLoopUtilization(before);
    const askedAt = performance.now();
    await commands.executeCommand('setContext', 'activationProbe.look', look);
    quiet = utilization < 0.1 && performance.now() - askedAt < 10 ? quiet + 1 : 0;
  }
}

async function activation(id: string): Promise<Activation> {
  const extension = extensions.getExtension(id);
  if (!extension || extension.isActive) throw new Error(`${id} is not there, or was activated before.`);
  const loads = Module.prototype as unknown as Loads;
  const { load } = loads;
  let [loadMs, callMs] = [0, 0];
  loads.load = function (this: { exports: { activate: (...args: unknown[]) => unknown } }, file) {
    const startedAt = performance.now();
    load.call(this, file);
    if (!file.startsWith(extension.extensionPath)) return;
    loadMs = performance.now() - startedAt;
    const { activate: own, ...rest } = this.exports;
    const timed = (...args: unknown[]): unknown => {
      const calledAt = performance.now();
      const result = own(...args);
      callMs = performance.now() - calledAt;
      return result;
    };
    this.exports = { ...rest, activate: timed };
  };
  const startedAt = performance.now();
  await extension.activate();
  const wholeMs = performance.now() - startedAt;
  loads.load = load;
  return { wholeMs, loadMs, callMs };
}
