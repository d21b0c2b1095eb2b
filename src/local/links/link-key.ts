import { hkdfSync } from 'node:crypto';
import type { Lifecycle } from '../lifecycle/lifecycle';

const keyBytes = 32;

/** A key to sign links with: the same after a restart, and good for this purpose and data directory only. */
export function linkKey(
  { sealKey, instance }: Pick<Lifecycle, 'sealKey' | 'instance'>,
  purpose: string,
): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', sealKey, instance, purpose, keyBytes));
}
