import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, contextKeys, settings, viewContainer, views } from '../../src/contributions';
import { manifest, readJson, root } from './manifest';

const { capabilities, contributes } = manifest();
const menuItems = Object.values(contributes.menus).flat();
const sorted = (ids: Iterable<string>): string[] => [...ids].sort();

/** Whether an item is offered on a row with these tags when it is selected alone. */
function matches(when: string | undefined, tags: string): boolean {
  const patterns = [...(when ?? '').matchAll(/viewItem =~ \/((?:[^/\\]|\\.)+)\//g)];
  return patterns.length > 0 && patterns.every(([, pattern]) => new RegExp(pattern!).test(tags));
}

describe('the table of ids and the manifest have the same', () => {
  it('commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(
      sorted(Object.values(commands)),
    );
  });

  it('views, in the one container', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([viewContainer]);
    expect(Object.keys(contributes.views)).toEqual([viewContainer]);
    const ids = contributes.views[viewContainer]!.map(({ id }) => id);
    expect(sorted(ids)).toEqual(sorted(Object.values(views)));
  });

  it('settings', () => {
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(
      sorted(Object.values(settings)),
    );
  });

  it('context keys', () => {
    const clauses = [...menuItems, ...contributes.viewsWelcome].map(({ when }) => when ?? '');
    const known = new Set<string>(Object.values(views));
    const read = clauses
      .flatMap((clause) => clause.match(/langsmithSandboxes\.\w+/g) ?? [])
      .filter((id) => !known.has(id));
    expect(sorted(new Set(read))).toEqual(sorted(Object.values(contextKeys)));
  });
});

describe('in the manifest', () => {
  it('every id carries the one prefix', () => {
    for (const id of [...Object.values(commands), ...Object.values(views), ...Object.values(settings)]) {
      expect(id).toMatch(/^langsmithSandboxes\./);
    }
  });

  it('menus and welcome texts lead to commands that exist', () => {
    const known = new Set<string>(Object.values(commands));
    const texts = JSON.stringify(readJson('package.nls.json'));
    const linked = [...texts.matchAll(/command:([\w.]+)/g)].map(([, id]) => id!);
    for (const id of [...menuItems.map(({ command }) => command), ...linked]) expect(known).toContain(id);
  });

  it('each step of the walkthrough has a picture in colours of the theme, and an end that can come', () => {
    const known = [...Object.values(commands), ...Object.values(contextKeys)].join('|');
    for (const { media, completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const picture = readFileSync(path.join(root, media.svg), 'utf8');
      expect(picture).toContain('var(--vscode-foreground');
      expect(picture).not.toMatch(/(stroke|fill)="#/);
      for (const event of completionEvents) {
        expect(event).toMatch(new RegExp(`^on(Command|Context):(${known})( == '[a-z-]+')?$`));
      }
    }
  });

  it('each command has a title in Title Case, and “…” only in the title', () => {
    const texts = readJson('package.nls.json') as Record<string, string>;
    for (const { title, category } of contributes.commands) {
      expect(category).toBe('%category%');
      const words = texts[title.slice(1, -1)]!.replace('…', '').split(' ');
      for (const word of words) expect(word).toMatch(/^([A-Z]|a$|to$|from$|it$|It$|of$|in$|with$|since$)/);
    }
  });

  it('every command in a title bar or inline on a row has an icon', () => {
    const withIcon = new Set(contributes.commands.filter(({ icon }) => icon).map(({ command }) => command));
    const shown = menuItems.filter(({ group }) => /^(navigation|inline)/.test(group ?? ''));
    for (const { command } of shown) expect(withIcon).toContain(command);
  });

  it('at most two buttons stand in a title bar and on a row, whatever its state', () => {
    const groups = (menu: 'view/title' | 'view/item/context', group: RegExp) =>
      contributes.menus[menu].filter((item) => group.test(item.group ?? '')).map(({ when }) => when ?? '');
    for (const view of Object.values(views)) {
      const ofView = (clauses: string[]) => clauses.filter((when) => when.includes(`view == ${view}`));
      expect(ofView(groups('view/title', /^navigation/)).length).toBeLessThanOrEqual(2);
      for (const state of ['ready', 'stopped', 'failed', 'provisioning', 'building', 'deleting']) {
        const onRow = ofView(groups('view/item/context', /^inline/)).filter((when) => when.includes(state));
        expect(onRow.length).toBeLessThanOrEqual(2);
      }
    }
  });

  it('commands that need a row are not in the palette, and all others are', () => {
    const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false');
    expect(sorted(hidden.map(({ command }) => command))).toEqual(
      sorted([
        commands.connectLangSmith,
        commands.connectLocal,
        commands.copyPath,
        commands.deleteFile,
        commands.newFile,
        commands.newFolder,
        commands.openFile,
        commands.refreshFiles,
        commands.renameFile,
        commands.createSandboxFrom,
        commands.forceDeleteSandbox,
        commands.howToGetEngine,
        commands.loadMore,
        commands.refreshPorts,
        commands.showActivity,
        commands.showFailure,
        commands.showResource,
      ]),
    );
  });

  it('capture is offered on a running sandbox only', () => {
    const clauses = contributes.menus['view/item/context']
      .filter(({ command }) => command === commands.captureSnapshot)
      .map(({ when }) => when);
    expect(new Set(clauses)).toEqual(new Set([`view == ${views.sandboxes} && viewItem =~ /\\b(ready)\\b/`]));
  });

  it('nothing that changes a resource is offered on a row that is being deleted', () => {
    const harmless = new Set<string>([
      commands.copyId,
      commands.copyName,
      commands.copyLink,
      commands.copyDiagnostics,
      commands.showDetails,
    ]);
    const offered = contributes.menus['view/item/context'].filter(({ when }) => {
      return ['sandbox deleting', 'snapshot deleting'].some((value) => matches(when, value));
    });
    expect(offered.map(({ command }) => command).filter((id) => !harmless.has(id))).toEqual([]);
  });

  it('groups, and rows below a resource’s, offer nothing that is done with a resource, however many are selected', () => {
    const offered = contributes.menus['view/item/context'].filter(({ when }) =>
      ['group', 'child', 'child link'].some((value) => matches(when, value)),
    );
    expect(new Set(offered.map(({ command }) => command))).toEqual(new Set([commands.showResource]));
    for (const { when } of contributes.menus['view/item/context']) {
      if (when?.includes('(listMultiSelection ||')) expect(when).toMatch(/viewItem =~ \/\^\w+\\b\/ && \(/);
    }
  });

  it('every text is a key of package.nls.json, and every key is used', () => {
    const text = JSON.stringify({ capabilities, contributes });
    const used = new Set([...text.matchAll(/%([\w.]+)%/g)].map(([, key]) => key!));
    expect(sorted(used)).toEqual(sorted(Object.keys(readJson('package.nls.json') as object)));
    expect(text).not.toMatch(/"(title|contents|markdownDescription|category)":"[^%]/);
  });

  it('a workspace that is not trusted names no shell, and none names the engine or gives away the keys of an SSH agent', () => {
    expect(capabilities.untrustedWorkspaces).toMatchObject({
      supported: 'limited',
      restrictedConfigurations: [settings.localEngine, settings.terminalShell],
    });
    for (const setting of [settings.localEngine, settings.forwardSshAgent]) {
      expect(contributes.configuration.properties[setting]?.scope).toBe('machine');
    }
  });

  it('the icons are there', () => {
    for (const { icon } of contributes.viewsContainers.activitybar) {
      expect(existsSync(path.join(root, icon))).toBe(true);
    }
  });
});
