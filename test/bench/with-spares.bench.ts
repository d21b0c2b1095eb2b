import { spareContests } from './spares';

spareContests([]);
