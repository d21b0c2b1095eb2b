import { attachCommand, startCommand, type Command } from '../../../src/api/commands/command';
import { listenTo } from './listening';
import { asTheirs, mine, theirs, type Operation } from './operation';

const talks = 'seq 1 3000; seq 1 500 >&2; echo grüße; exit 4';
const asks = `printf 'ready '; read line; echo "got $line"`;
const inTerminal = `test -t 0 && test -t 1 && echo terminal; stty size; echo err >&2; ${asks}`;
const sleeps = 'echo up; sleep 61 & sleep 61';
const nowhere = '01890a5d-ac96-774b-bcce-b302099a8057';

export const commands: Operation[] = [
  {
    what: 'follow a command',
    theirs: async (side) => {
      const handle = await (await theirs(side)).run(talks, { wait: false });
      const heard = await listenTo(handle).toTheEnd();
      return [heard, (await handle.result).exit_code, typeof handle.pid];
    },
    ours: async (side) => {
      const command = startCommand(side.transport, await mine(side), { ...asTheirs, command: talks });
      const heard = await listenTo(command.output()).toTheEnd();
      return [heard, await command.exited(), typeof (await command.started)];
    },
  },
  {
    what: 'give a command input and end it',
    theirs: async (side) => {
      const handle = await (await theirs(side)).run('cat; echo end', { wait: false, closeInput: false });
      handle.sendInput('grüße ');
      handle.closeInput();
      return handle.result;
    },
    ours: async (side) => {
      const request = { ...asTheirs, command: 'cat; echo end', close_stdin: false };
      const command = startCommand(side.transport, await mine(side), request);
      const written = command.write('grüße ');
      command.closeInput();
      await written;
      return resultOf(command);
    },
  },
  {
    what: 'talk to a command in a terminal',
    theirs: async (side) => {
      const handle = await (await theirs(side)).run(inTerminal, { wait: false, pty: true });
      const listening = listenTo(handle);
      await listening.until('ready ');
      handle.sendInput('hello\n');
      return [await listening.toTheEnd(), (await handle.result).exit_code];
    },
    ours: async (side) => {
      const request = { ...asTheirs, command: inTerminal, pty: true };
      const command = startCommand(side.transport, await mine(side), request);
      const listening = listenTo(command.output());
      await listening.until('ready ');
      await command.write('hello\n');
      return [await listening.toTheEnd(), await command.exited()];
    },
  },
  {
    what: 'kill a command',
    theirs: async (side) => {
      const handle = await (await theirs(side)).run(sleeps, { wait: false });
      const listening = listenTo(handle);
      await listening.until('up\n');
      handle.kill();
      return [await listening.toTheEnd(), (await handle.result).exit_code];
    },
    ours: async (side) => {
      const command = startCommand(side.transport, await mine(side), { ...asTheirs, command: sleeps });
      const listening = listenTo(command.output());
      await listening.until('up\n');
      const code = await command.kill();
      return [await listening.toTheEnd(), code];
    },
  },
  {
    what: 'attach to a command that runs, from an offset',
    theirs: async (side) => {
      const box = await theirs(side);
      const handle = await box.run(asks, { wait: false, closeInput: false });
      const first = listenTo(handle);
      await first.until('ready ');
      const again = await box.reconnect(handle.commandId ?? '', { stdoutOffset: 2 });
      const second = listenTo(again, 2);
      await second.until('ady ');
      again.sendInput('hello\n');
      const heard = [await first.toTheEnd(), await second.toTheEnd()];
      return [heard, (await handle.result).exit_code, (await again.result).exit_code];
    },
    ours: async (side) => {
      const box = await mine(side);
      const request = { ...asTheirs, command: asks, close_stdin: false };
      const command = startCommand(side.transport, box, request);
      const first = listenTo(command.output());
      await first.until('ready ');
      const again = attachCommand(side.transport, box, command.id, { offsets: { stdout: 2 } });
      const second = listenTo(again.output(), 2);
      await second.until('ady ');
      await again.write('hello\n');
      const heard = [await first.toTheEnd(), await second.toTheEnd()];
      return [heard, await command.exited(), await again.exited()];
    },
  },
  {
    what: 'hear a command again that has ended',
    theirs: async (side) => {
      const box = await theirs(side);
      const handle = await box.run(talks, { wait: false });
      const first = await handle.result;
      const whole = await box.reconnect(handle.commandId ?? '');
      const part = await box.reconnect(handle.commandId ?? '', { stdoutOffset: 9, stderrOffset: 4 });
      return [first, await whole.result, await part.result];
    },
    ours: async (side) => {
      const box = await mine(side);
      const command = startCommand(side.transport, box, { ...asTheirs, command: talks });
      const first = await resultOf(command);
      const whole = await resultOf(attachCommand(side.transport, box, command.id));
      const offsets = { stdout: 9, stderr: 4 };
      const part = await resultOf(attachCommand(side.transport, box, command.id, { offsets }));
      return [first, whole, part];
    },
  },
  {
    what: 'follow a command over a connection that breaks',
    theirs: async (side) => {
      const handle = await (await theirs(side)).run(asks, { wait: false, closeInput: false });
      const listening = listenTo(handle);
      await listening.until('ready ');
      const heard = listening.toTheEnd();
      await side.breakSockets();
      handle.sendInput('hello\n');
      return [await heard, (await handle.result).exit_code];
    },
    ours: async (side) => {
      const request = { ...asTheirs, command: asks, close_stdin: false };
      const command = startCommand(side.transport, await mine(side), request);
      const listening = listenTo(command.output());
      await listening.until('ready ');
      const heard = listening.toTheEnd();
      await side.breakSockets();
      await command.write('hello\n');
      return [await heard, await command.exited()];
    },
  },
  {
    what: 'attach to a command that is nowhere',
    theirs: async (side) => {
      const handle = await (await theirs(side)).reconnect(nowhere);
      return errorTypeOf(handle.result);
    },
    ours: async (side) => errorTypeOf(attachCommand(side.transport, await mine(side), nowhere).exited()),
  },
];

async function resultOf(command: Command): Promise<unknown> {
  const { stdout, stderr } = await listenTo(command.output()).toTheEnd();
  return { stdout, stderr, exit_code: await command.exited() };
}

async function errorTypeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'made',
    (error: unknown) => (error as { errorType?: string }).errorType,
  );
}
