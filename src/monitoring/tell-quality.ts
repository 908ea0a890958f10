import type { MonitoringProjection } from '../contract/documents/monitoring-projection.ts';
import { text, type Text } from '../kernel/text.ts';
import type { TierEvidence } from './tier-evidence.ts';

type OccupancyEvidence = NonNullable<MonitoringProjection['occupancyEffects']>[number];

const sourceNames: Readonly<Record<OccupancyEvidence['source'], Text>> = {
  'quality-score': text('礼仪与沟通得分', 'Etiquette and communication'),
  'first-contact-resolution': text('问题解决得分', 'Problem solving'),
};

/** What the line's own data says of occupancy and of its tiers, in sentences. */
export const tellQuality = (
  effects: readonly OccupancyEvidence[],
  grading: TierEvidence | undefined,
  names: Readonly<Record<string, Text>>,
): Text[] => {
  const named = (tier: string): Text => names[tier] ?? text(tier, tier);
  return [
    ...(grading === undefined ? [] : [...heldBackText(grading, named), ...regradingText(grading, named)]),
    ...effects.map(effectText),
  ];
};

const effectText = (effect: OccupancyEvidence): Text => {
  const name = sourceNames[effect.source];
  const { slope, standardError, rows, pValue, usedSlope, shiftPoints } = effect;
  if (slope === null || standardError === null)
    return text(
      `${name['zh-CN']}：本线已知占用率的拨测只有 ${rows} 次，看不出是否随忙碌程度变化，按不变处理`,
      `${name.en}: only ${rows} of the line's own test calls have a known occupancy, too few to tell whether points move with it; they are taken not to`,
    );
  const per = (value: number): string => (value / 10).toFixed(2);
  const seen = text(
    `占用率每高 10 个百分点 ${per(slope)} 分（标准误 ${per(standardError)}，p = ${pValue.toFixed(3)}，${rows} 次拨测）`,
    `${per(slope)} points for ten points more of occupancy (standard error ${per(standardError)}, p = ${pValue.toFixed(3)}, ${rows} test calls)`,
  );
  return effect.found
    ? text(
        `${name['zh-CN']}随忙碌程度变化：${seen['zh-CN']}；收缩后按 ${per(usedSlope)} 分计，本计划因此变动 ${shiftPoints.toFixed(1)} 分`,
        `${name.en} moves with occupancy: ${seen.en}; shrunk to ${per(usedSlope)}, which moves this plan by ${shiftPoints.toFixed(1)} points`,
      )
    : text(
        `${name['zh-CN']}看不出随忙碌程度变化：${seen['zh-CN']}，按不变处理`,
        `${name.en} shows no move with occupancy: ${seen.en}; none is assumed`,
      );
};

const heldBackText = ({ tiers }: TierEvidence, named: (tier: string) => Text): Text[] => {
  const [worst] = tiers
    .filter(({ heldBack }) => (heldBack ?? 0) > 0.005)
    .toSorted((a, b) => (b.heldBack ?? 0) - (a.heldBack ?? 0));
  if (worst === undefined) return [];
  const name = named(worst.tier);
  const share = (100 * worst.answeredShare).toFixed(0);
  const lost = (worst.heldBack ?? 0).toFixed(2);
  const { training } = worst;
  const trained =
    training === null || training.scoreGain <= 0
      ? text('', '')
      : text(
          `；把其中低于本级中位数的 ${training.operators} 人培训到中位数，总分 +${training.scoreGain.toFixed(2)}`,
          `; training its ${training.operators} operators below the tier's median up to it brings ${training.scoreGain.toFixed(2)}`,
        );
  return [
    text(
      `最拖累总分的是「${name['zh-CN']}」：接听拨测时段 ${share}% 的电话，与各级最好水平相比少 ${lost} 分${trained['zh-CN']}`,
      `The tier "${name.en}" holds the score back most: it answers ${share} % of the calls at test times and costs ${lost} points of score against the best figures of any tier${trained.en}`,
    ),
  ];
};

const regradingText = ({ regrading }: TierEvidence, named: (tier: string) => Text): Text[] => {
  if (regrading === null) return [];
  const [into, outOf] = [named(regrading.into), named(regrading.outOf)];
  const gain = regrading.scoreGain.toFixed(2);
  return [
    text(
      `调级：把「${outOf['zh-CN']}」里表现最好且技能相符的 ${regrading.operators} 人与「${into['zh-CN']}」里最弱的 ${regrading.operators} 人对调，总分 +${gain}`,
      `Re-grading: exchanging the strongest ${regrading.operators} of "${outOf.en}" who have the skills for the weakest ${regrading.operators} of "${into.en}" brings ${gain} points of score`,
    ),
  ];
};
