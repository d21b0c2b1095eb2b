import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Command } from '../commands/command';
import { commandRequest, commandShape, idShape, offsetShape } from '../commands/command-shapes';
import { eventStream } from '../commands/event-stream';
import type { Offsets } from '../commands/output';
import { serveSocket } from '../commands/socket';
import { invalidField } from '../failure';
import { withRunningBox } from '../lifecycle/awake';
import { readBody } from '../request-body';
import { wireRoot, type Router, type RouterDependencies, type RouterEnvironment } from '../router';
import { acceptWebSocket } from '../web-socket';
import { onPath, onWebSocket, pathPart } from './methods';

/** Input of commands comes in frames; files go by upload. */
const mostMessageBytes = 1024 * 1024;
const resumeShape = z.object({ command_id: idShape, stdout_offset: offsetShape, stderr_offset: offsetShape });

export function commandRoutes(
  router: Router,
  { lifecycle, commands, closing, pulse, bounds, log }: RouterDependencies,
): void {
  const boxOf = (context: Context<RouterEnvironment>): Promise<string> =>
    withRunningBox(lifecycle, pathPart(context, 'box'), context.get('signal'), ({ id }) =>
      Promise.resolve(id),
    );

  const stream = (context: Context<RouterEnvironment>, command: Command, from: Offsets): Response => {
    const events = eventStream(command, { from, gone: context.req.raw.signal, closing, pulse });
    const body = Readable.toWeb(Readable.from(events, { objectMode: false })) as ReadableStream<Uint8Array>;
    return new Response(body, {
      headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
    });
  };

  onWebSocket(router, `${wireRoot}/:box/execute/ws`, async (context) => {
    const boxId = await boxOf(context);
    const webSocket = await acceptWebSocket(context, { mostMessageBytes, closing, pulse });
    serveSocket(commands, boxId, webSocket, bounds.firstFrameMs, log);
  });
  onPath(router, `${wireRoot}/:box/execute/stream/start`, {
    POST: async (context) => {
      const asked = await readBody(context, commandShape);
      if (!asked.command) throw invalidField('command', 'command is required.');
      const request = { ...commandRequest(asked), killOnDisconnect: false, stdin: false };
      const command = await commands.open(await boxOf(context), asked.command_id, request);
      return stream(context, command, { stdout: 0, stderr: 0 });
    },
  });
  onPath(router, `${wireRoot}/:box/execute/stream/resume`, {
    POST: async (context) => {
      const { command_id, stdout_offset, stderr_offset } = await readBody(context, resumeShape);
      const command = await commands.find(await boxOf(context), command_id);
      return stream(context, command, { stdout: stdout_offset, stderr: stderr_offset });
    },
  });
}
