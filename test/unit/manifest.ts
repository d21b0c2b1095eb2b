import { readFileSync } from 'node:fs';
import path from 'node:path';

interface MenuItem {
  command: string;
  when?: string;
  group?: string;
}

export interface Manifest {
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: {
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    views: Record<string, { id: string; name: string }[]>;
    viewsWelcome: { view: string; contents: string; when: string }[];
    walkthroughs: { steps: { id: string; media: { svg: string }; completionEvents: string[] }[] }[];
    commands: { command: string; title: string; category: string; icon?: string }[];
    menus: Record<'view/title' | 'view/item/context' | 'commandPalette', MenuItem[]>;
    configuration: { properties: Record<string, { scope?: string; markdownDescription?: string }> };
  };
}

export const root = path.resolve(import.meta.dirname, '../..');

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

export function manifest(): Manifest {
  return readJson('package.json') as Manifest;
}
