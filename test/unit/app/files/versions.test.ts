import { beforeEach, describe, expect, it } from 'vitest';
import { Versions } from '../../../../src/app/files/versions';

const file = 'id/path';
let versions: Versions;

/** As the editor opens a file: it asks for the time, then for the bytes. */
beforeEach(() => {
  versions = new Versions();
  versions.told(file, { modifiedAt: 1000, size: 3 });
  versions.read(file, '"one"');
});

describe('a state that stands where another was read', () => {
  it('is unknown to the editor', () => {
    expect(versions.isUnknown(file, '"two"')).toBe(true);
    expect(versions.isUnknown(file, '"one"')).toBe(false);
  });

  it('is known when the editor was told a newer time and another size, of which it asks by itself', () => {
    versions.told(file, { modifiedAt: 2000, size: 4 });
    expect(versions.isUnknown(file, '"two"')).toBe(false);
  });

  it.each([
    ['its size is the same', { modifiedAt: 2000, size: 3 }],
    ['its time is the same', { modifiedAt: 1000, size: 4 }],
    ['its time is older', { modifiedAt: 500, size: 4 }],
  ])('is unknown when %s, of which the editor takes no notice', (_, look) => {
    versions.told(file, look);
    expect(versions.isUnknown(file, '"two"')).toBe(true);
  });

  it('is compared with what was written last, whose time the editor asks for', () => {
    versions.written(file, '"two"');
    versions.told(file, { modifiedAt: 2000, size: 4 });
    expect(versions.isUnknown(file, '"two"')).toBe(false);
    expect(versions.isUnknown(file, '"three"')).toBe(true);
  });

  it('is not compared with what was forgotten, or never named', () => {
    versions.forget(file);
    expect(versions.isUnknown(file, '"two"')).toBe(false);
    versions.read(file, undefined);
    expect(versions.isUnknown(file, '"two"')).toBe(false);
  });
});

it('what was used longest ago is forgotten first', () => {
  for (let at = 0; at < 1000; at++) versions.read(`id/${at}`, '"it"');
  expect([versions.etag(file), versions.etag('id/0')]).toEqual([undefined, '"it"']);
});
