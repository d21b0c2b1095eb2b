import { describe, expect, it } from 'vitest';
import { bringIn } from '../../../src/app/bring-in';
import { sessionOverScriptedApi } from './session-over';

describe('bringing a row into the list', () => {
  it('loads further pages until it is there', async () => {
    const { api, session } = await sessionOverScriptedApi(2);
    const box = api.addBox();
    for (let index = 0; index < 5; index++) api.addBox();
    const { boxes } = session.inventory;
    expect(await bringIn(boxes, box)).toBe(true);
    expect(boxes.items).toHaveLength(6);
  });

  it('clears a filter that hides it, and no other', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ name: 'agent' });
    const { boxes } = session.inventory;
    await boxes.setFilter('age');
    expect(await bringIn(boxes, box)).toBe(true);
    expect(boxes.filter).toBe('age');
    await boxes.setFilter('other');
    expect(await bringIn(boxes, box)).toBe(true);
    expect(boxes.filter).toBe('');
  });

  it('filters by its name when it is too far down', async () => {
    const { api, session } = await sessionOverScriptedApi(1);
    const box = api.addBox({ name: 'oldest' });
    for (let index = 0; index < 30; index++) api.addBox();
    const { boxes } = session.inventory;
    expect(await bringIn(boxes, box)).toBe(true);
    expect(boxes.filter).toBe('oldest');
  });

  it('says so when it went', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox();
    expect(await bringIn(session.inventory.boxes, { id: 'gone', name: 'gone' })).toBe(false);
    expect(session.inventory.boxes.filter).toBe('');
  });

  it('gives up when the server does not answer', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = () => ({ status: 400 });
    expect(await bringIn(session.inventory.boxes, { id: 'a', name: 'a' })).toBe(false);
  });
});
