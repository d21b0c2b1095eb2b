import type { BoxSpares } from './box-spares';

/** Where nothing is started ahead of time. */
export const noBoxSpares: BoxSpares = {
  claim: () => undefined,
  prepare: () => undefined,
  standBack: () => () => undefined,
  has: () => false,
  drop: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
