import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import { text, type Text } from '../kernel/text.ts';

type Tier = TiersModel['tiers'][number];

/** A rule of a tier on its operators, as a sentence with its number, and whether an operator keeps it. */
export interface TierRule {
  readonly says: Text;
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
  says: text(`具备 ${queue} 技能`, `has the skill ${queue}`),
  holds: ({ skills }) => skills.length === 0 || skills.includes(queue),
});

const certificate = (skill: string): TierRule => ({
  says: text(`持有 ${skill} 资格`, `holds the certificate ${skill}`),
  holds: ({ skills }) => skills.includes(skill),
});

const floorsOf = ({ requires }: Tier): TierRule[] => {
  const rules: TierRule[] = [];
  const quality = requires?.qualityScore;
  if (quality !== undefined)
    rules.push({
      says: text(`质检分不低于 ${quality}`, `quality score of at least ${quality}`),
      holds: ({ qualityScore }) => (qualityScore ?? -Infinity) >= quality,
    });
  const resolution = requires?.firstContactResolution;
  if (resolution !== undefined)
    rules.push({
      says: text(
        `首次解决率不低于 ${Math.round(100 * resolution)}%`,
        `first-contact resolution of at least ${Math.round(100 * resolution)} %`,
      ),
      holds: ({ firstContactResolution }) => (firstContactResolution ?? -Infinity) >= resolution,
    });
  const months = requires?.monthsOfService;
  if (months !== undefined)
    rules.push({
      says: text(`工龄不少于 ${months} 个月`, `at least ${months} months of service`),
      holds: ({ monthsOfService }) => (monthsOfService ?? -Infinity) >= months,
    });
  const seconds = requires?.handleTimeSeconds;
  if (seconds !== undefined)
    rules.push({
      says: text(`平均处理时长不超过 ${seconds} 秒`, `handle time of at most ${seconds} s`),
      holds: ({ handleTimeSeconds }) => (handleTimeSeconds ?? Infinity) <= seconds,
    });
  return rules;
};
