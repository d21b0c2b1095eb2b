import os from 'node:os';
import path from 'node:path';

/** What decides where engines may be, apart from the files themselves. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  home: string;
  /** Absent on Windows. */
  uid?: number;
}

export function ownSurroundings(): Surroundings {
  return { platform: process.platform, env: process.env, home: os.homedir(), uid: process.getuid?.() };
}

/** Where the docker command keeps its settings. */
export function dockerConfigFolder({ env, home }: Surroundings): string {
  return env['DOCKER_CONFIG'] || path.join(home, '.docker');
}
