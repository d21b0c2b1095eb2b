import type { RunConfig } from '../../api/types';
import { conflict } from '../failure';
import { findBox, updateBox, type BoxRecord } from '../store/boxes';
import { storedBox } from './find-box';
import type { Lifecycle } from './lifecycle';
import { overlay } from './run-config';

export interface BoxPatch {
  name?: string;
  idle_ttl_seconds?: number;
  delete_after_stop_seconds?: number;
  /** Merged; affects later commands only. */
  run_config?: RunConfig;
}

/** Throws 404, and 409 for a name that is taken. */
export function patchBox({ database }: Lifecycle, idOrName: string, patch: BoxPatch): BoxRecord {
  const box = storedBox({ database }, idOrName);
  const holder = patch.name === undefined ? undefined : findBox(database, patch.name);
  if (holder && holder.id !== box.id)
    throw conflict(`There is already a sandbox ${holder.name}. Choose another name.`);
  const { run_config, ...changes } = patch;
  updateBox(database, box.id, { ...changes, run_config: run_config && overlay(box.run_config, run_config) });
  return storedBox({ database }, box.id);
}
