import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';

type Tier = TiersModel['tiers'][number];

/** A rule of a tier on its operators, with its number, and whether an operator keeps it. */
export interface TierRule {
  readonly rule: StaffingFinding;
  readonly holds: (operator: OperatorRecord) => boolean;
}

/**
 * What a tier asks of an operator: the skills of the queues that it is for (its first preference; an operator
 * without any skill on record is taken to have them), its own certificates and its floors. A figure that is
 * not known keeps no floor.
 */
export const rulesOfTier = (tier: Tier): readonly TierRule[] => [
  ...tier.queues.filter(({ preference }) => preference === 1).map(({ queue }) => queueSkill(queue)),
  ...(tier.requires?.skills ?? []).map(certificate),
  ...floorsOf(tier),
];

const queueSkill = (queue: string): TierRule => ({
  rule: staffingFinding('skill-for-queue', { queue }),
  holds: ({ skills }) => skills.length === 0 || skills.includes(queue),
});

const certificate = (skill: string): TierRule => ({
  rule: staffingFinding('certificate-held', { certificate: skill }),
  holds: ({ skills }) => skills.includes(skill),
});

const floorsOf = ({ requires }: Tier): TierRule[] => {
  const rules: TierRule[] = [];
  const quality = requires?.qualityScore;
  if (quality !== undefined)
    rules.push({
      rule: staffingFinding('least-quality-score', { score: quality }),
      holds: ({ qualityScore }) => (qualityScore ?? -Infinity) >= quality,
    });
  const resolution = requires?.firstContactResolution;
  if (resolution !== undefined)
    rules.push({
      rule: staffingFinding('least-first-contact-resolution', { share: resolution }),
      holds: ({ firstContactResolution }) => (firstContactResolution ?? -Infinity) >= resolution,
    });
  const months = requires?.monthsOfService;
  if (months !== undefined)
    rules.push({
      rule: staffingFinding('least-months-of-service', { months }),
      holds: ({ monthsOfService }) => (monthsOfService ?? -Infinity) >= months,
    });
  const seconds = requires?.handleTimeSeconds;
  if (seconds !== undefined)
    rules.push({
      rule: staffingFinding('longest-handle-time', { seconds }),
      holds: ({ handleTimeSeconds }) => (handleTimeSeconds ?? Infinity) <= seconds,
    });
  return rules;
};
