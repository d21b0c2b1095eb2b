import type { BoxSpares } from './box-spares';
import type { CommandSpares } from './command-spares';

/** Where nothing is started ahead of time. */
export const noBoxSpares: BoxSpares = {
  claim: () => undefined,
  prepare: () => undefined,
  standBack: () => () => undefined,
  has: () => false,
  drop: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export const noCommandSpares: CommandSpares = {
  claim: () => undefined,
  prepare: () => undefined,
  drop: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
