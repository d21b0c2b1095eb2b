import { cold } from './rig';
import { spareContests } from './spares';

spareContests(cold);
