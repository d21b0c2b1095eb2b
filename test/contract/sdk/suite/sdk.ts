import type * as Official from 'langsmith/sandbox';

export type Sdk = typeof Official;
export type Client = Official.SandboxClient;
export type Sandbox = Official.Sandbox;

/** What one run of the suite works on. */
export interface Stage {
  sdk: Sdk;
  client: Client;
  /** Of this run alone; part of each name. */
  unique: string;
  endpoint: string;
  image: string;
  /** Members that were asked for. */
  seen: Set<string>;
  /** Booted when the suite begins. */
  box: Sandbox;
  /** The snapshot it comes from. */
  snapshot: Official.Snapshot;
}

/** Whether this version of the SDK has the member. */
export function has(sdk: Sdk, owner: 'SandboxClient' | 'Sandbox' | 'CommandHandle', member: string): boolean {
  return member in sdk[owner].prototype;
}

export const gibibyte = 1024 ** 3;
