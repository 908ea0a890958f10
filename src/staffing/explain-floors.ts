import type { TiersModel } from '../contract/models/tiers-model.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';
import { valueAt } from '../kernel/value-at.ts';

/** In how many intervals floors keep operators whom no target needs: by tier its own queues' share, and presence. */
export interface FloorsHeld {
  readonly byTier: Int32Array;
  byPresence: number;
}

/** Why a requirement is not the least that its targets need, where it is not. */
export const explainFloors = (
  { byTier, byPresence }: FloorsHeld,
  tiers: TiersModel['tiers'],
): StaffingFinding[] => {
  const reserved = tiers.flatMap(({ name }, k) => {
    const intervals = valueAt(byTier, k);
    return intervals === 0 ? [] : [{ tier: name, intervals }];
  });
  return [
    ...(reserved.length === 0 ? [] : [staffingFinding('operators-reserved-for-queues', { tiers: reserved })]),
    ...(byPresence === 0 ? [] : [staffingFinding('least-presence-decides', { intervals: byPresence })]),
  ];
};
