import { beforeAll, describe, expect, it } from 'vitest';
import type { GlobReply } from '../../../src/local/files/glob';
import type { GrepReply } from '../../../src/local/files/grep';
import { testEnvironment } from '../../harness/env';
import { engineRoom } from '../engine/fixture/engine-room';
import { gnuFilesystem } from '../engine/fixture/gnu-filesystem';
import { busyboxFilesystem, scratchFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from './fixture/running-server';
import { sentence, unique } from './fixture/wire';

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
let box: string;

const tree = String.raw`
mkdir -p /srv/tree/sub/.hidden /srv/tree/empty /tmp/inside && cd /srv/tree
printf 'needle one\nother\nlast needle' > a.txt
printf 'a needle' > sub/.hidden/dot
printf 'needle' > 'with space.txt'
printf 'needle' > "$(printf 'line\nend.txt')"
printf 'a needle' > 'ünï-cödé 😀.md'
printf 'needle' > -dash
printf 'needle \000 binary' > binary
: > nothing
ln -s a.txt link.txt; ln -s . sub/loop; ln -s /etc outside; ln -s nowhere dangling
ln a.txt sub/second-name.txt; mkfifo pipe
printf 'needle in memory' > /tmp/inside/file
find /srv/tree /tmp/inside -exec touch -h -d '2020-02-03 04:05:06' {} +`; // in archives, one engine rounds times up

/** A `find` that writes down how each of its runs ended. */
const watchedFind = String.raw`
mkdir /own && cp /bin/find /own/find && rm /bin/find
printf '#!/bin/sh\n/own/find "$@"; code=$?; echo $code >> /srv/ends; exit $code\n' > /bin/find
chmod +x /bin/find; touch -d @0 /bin`;

const glob = (pattern: string, path = '/srv/tree', more = {}): Promise<GlobReply> =>
  running.wire.expect<GlobReply>(200, 'POST', `/${box}/glob`, { pattern, path, ...more });
const grep = (pattern: string, path = '/srv/tree', more = {}): Promise<GrepReply> =>
  running.wire.expect<GrepReply>(200, 'POST', `/${box}/grep`, { pattern, path, ...more });
const paths = ({ matches }: GlobReply | GrepReply): string[] => matches.map(({ path }) => path);

const images = [
  { image: 'a busybox image', filesystem: busyboxFilesystem, ends: '' }, // its shell is its find
  { image: 'a GNU image', filesystem: gnuFilesystem, ends: '0\n' },
];

describe.each(images)('in $image', ({ filesystem, ends }) => {
  beforeAll(async () => {
    const image = await room.image(await filesystem());
    box = (await running.wire.boot({ snapshot_id: (await running.wire.build(unique(), image)).id })).id;
    expect(await running.wire.execute(box, tree)).toMatchObject({ exit_code: 0, stderr: '' });
  });

  describe('glob', () => {
    it('tells kind, size and time, in the order of the paths', async () => {
      const { matches, truncated } = await glob('**');
      expect(truncated).toBe(false);
      const byPath = new Map(matches.map((match) => [match.path, match]));
      expect(byPath.get('/srv/tree/a.txt')).toMatchObject({
        is_dir: false,
        size_bytes: 28,
        modified_at: '2020-02-03T04:05:06.000Z',
      });
      expect(byPath.get('/srv/tree/sub')).toMatchObject({ is_dir: true, size_bytes: 0 });
      const names = paths({ matches, truncated });
      expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(names).toContain('/srv/tree/line\nend.txt');
      expect(names).not.toContain('/srv/tree/pipe');
    });

    it('stays in its folder: links are told, and not followed', async () => {
      expect(paths(await glob('sub/**/*'))).toEqual([
        '/srv/tree/sub/.hidden',
        '/srv/tree/sub/.hidden/dot',
        '/srv/tree/sub/loop',
        '/srv/tree/sub/second-name.txt',
      ]);
      expect((await glob('outside')).matches).toMatchObject([{ is_dir: false, size_bytes: 4 }]);
      expect((await glob('../*')).matches).toEqual([]);
      expect(paths(await glob('s*', '/srv/tree/sub/loop/../.'))).toEqual(['/srv/tree/sub/second-name.txt']);
    });

    it('begins behind a link, and names what it finds by the path that was asked for', async () => {
      expect(paths(await glob('hidden*', '/srv/tree/outside'))).toEqual([]);
      expect(paths(await glob('pass*', '/srv/tree/outside/'))).toEqual(['/srv/tree/outside/passwd']);
    });

    it('gives the first of many, and says that there are more', async () => {
      const all = await glob('**');
      expect(await glob('**', '/srv/tree', { limit: 2 })).toEqual({
        matches: all.matches.slice(0, 2),
        truncated: true,
      });
      expect((await glob('**', '/srv/tree', { limit: all.matches.length })).truncated).toBe(false);
      expect((await glob('**', '/srv/tree', { limit: 1e9 })).matches).toEqual(all.matches);
    });

    it.each([
      [400, { path: 'srv/tree', pattern: '*' }, 'absolute path'],
      [400, { path: '/srv/tree/a.txt', pattern: '*' }, 'is not a directory'],
      [404, { path: '/no/where', pattern: '*' }, 'There is no /no/where'],
      [422, { path: '/srv', pattern: '' }, 'pattern'],
      [422, { path: '/srv', pattern: '*', limit: 0 }, 'limit'],
      [422, { pattern: '*' }, 'path is required'],
      [422, { path: '/srv\0', pattern: '*' }, 'Zero bytes'],
    ])('answers %i to %j', async (status, body, reason) => {
      const answer = await running.wire.call('POST', `/${box}/glob`, body);
      expect([answer.status, sentence(answer)]).toEqual([status, expect.stringContaining(reason)]);
    });
  });

  describe('grep', () => {
    it('finds the lines that hold a text, by path and line, and passes over what is no text', async () => {
      const { matches } = await grep('needle');
      expect(matches).toEqual([
        { path: '/srv/tree/-dash', line: 1, text: 'needle' },
        { path: '/srv/tree/a.txt', line: 1, text: 'needle one' },
        { path: '/srv/tree/a.txt', line: 3, text: 'last needle' },
        { path: '/srv/tree/line\nend.txt', line: 1, text: 'needle' },
        { path: '/srv/tree/sub/.hidden/dot', line: 1, text: 'a needle' },
        { path: '/srv/tree/sub/second-name.txt', line: 1, text: 'needle one' },
        { path: '/srv/tree/sub/second-name.txt', line: 3, text: 'last needle' },
        { path: '/srv/tree/with space.txt', line: 1, text: 'needle' },
        { path: '/srv/tree/ünï-cödé 😀.md', line: 1, text: 'a needle' },
      ]);
      expect((await grep('n.*e')).matches).toEqual([]);
      expect((await grep('-e')).matches).toEqual([]);
    });

    it('looks only into files that fit, and stops at its limit', async () => {
      expect(paths(await grep('needle', '/srv/tree', { glob: '*.md' }))).toHaveLength(1);
      expect(paths(await grep('last', '/srv/tree', { glob: 'second*' }))).toEqual([
        '/srv/tree/sub/second-name.txt',
      ]);
      expect(paths(await grep('needle', '/srv/tree', { glob: 'sub/*' }))).toHaveLength(2);
      const few = await grep('needle', '/srv/tree', { limit: 2 });
      expect([paths(few), few.truncated]).toEqual([['/srv/tree/-dash', '/srv/tree/a.txt'], true]);
    });

    it.each([
      [422, { path: '/srv', pattern: 'a\nb' }, 'one line'],
      [404, { path: '/no/where', pattern: 'a' }, 'There is no'],
    ])('answers %i to %j', async (status, body, reason) => {
      const answer = await running.wire.call('POST', `/${box}/grep`, body);
      expect([answer.status, sentence(answer)]).toEqual([status, expect.stringContaining(reason)]);
    });
  });

  it('a sandbox’s own programs and the engine’s archive find the same, /tmp and / included', async () => {
    const find = (): Promise<unknown[]> =>
      Promise.all([
        glob('**'),
        glob('**', '/tmp'),
        glob('*', '/').then(paths), // the times of mount points depend on who looks
        glob('tmp/**', '/').then(paths),
        grep('needle'),
        grep('needle', '/tmp'),
        grep('needle', '/', { glob: '[-a-z]*' }),
      ]);
    await running.wire.execute(box, watchedFind);
    const withPrograms = await find();
    expect(
      (
        await running.wire.execute(
          box,
          'for end in $(cat /srv/ends); do [ "$end" = "$last" ] || echo $end; last=$end; done',
        )
      ).stdout,
      'its programs did it',
    ).toBe(ends);
    await running.wire.execute(box, 'rm /bin/sh; touch -d @0 /bin');
    expect(await find()).toEqual(withPrograms);
    expect(withPrograms[3]).toEqual(['/tmp', '/tmp/inside', '/tmp/inside/file']);
  });
});

it('an image without any program is searched as well', async () => {
  const image = await room.image(await scratchFilesystem());
  const { id } = await running.wire.boot({ snapshot_id: (await running.wire.build('none', image)).id });
  await running.wire.upload(id, '/data/in.txt', 'bare needle');
  const found = { pattern: 'needle', path: '/data' };
  expect(await running.wire.expect(200, 'POST', `/${id}/grep`, found)).toEqual({
    matches: [{ path: '/data/in.txt', line: 1, text: 'bare needle' }],
    truncated: false,
  });
});
