import type { TiersModel } from '../contract/models/tiers-model.ts';
import { absenceChance, assumedOnTheDay, type AbsenceLaw } from '../kernel/absence.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { text, type Text } from '../kernel/text.ts';

type Tier = TiersModel['tiers'][number];

/** How a tier's absences are drawn. */
interface DrawnAbsence {
  readonly tier: Tier;
  /** Mean chance over the horizon that an operator on the roster stays away. */
  readonly chance: number;
  readonly daySpread: number;
  /** Shrinkage is one figure, without its kinds. */
  readonly undivided: boolean;
}

const drawnAbsences = (tiers: readonly Tier[], horizon: Horizon, law: AbsenceLaw): readonly DrawnAbsence[] =>
  tiers.flatMap((tier) => {
    const chances = absenceChance(tier.shrinkage, horizon);
    const chance = chances.reduce((sum, value) => sum + value, 0) / Math.max(1, chances.length);
    if (!(chance > 0)) return [];
    const daySpread = law.daySpread[tier.tier] ?? 0;
    return [{ tier, chance, daySpread, undivided: typeof tier.shrinkage === 'number' }];
  });

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/** By what law operators are taken to stay away, and where the model could say it better. */
export const explainAbsences = (
  tiers: readonly Tier[],
  horizon: Horizon,
  law: AbsenceLaw | undefined,
): Text[] => {
  const drawn = law === undefined ? [] : drawnAbsences(tiers, horizon, law);
  if (drawn.length === 0) return [];
  const listed = (language: keyof Text, mark: string): string =>
    drawn
      .map(({ tier, chance, daySpread }) => {
        const days = language === 'en' ? 'its days differ by' : '各日相差';
        const more =
          daySpread > 0
            ? language === 'en'
              ? ` (${days} ${percent(daySpread)})`
              : `（${days} ${percent(daySpread)}）`
            : '';
        return `${tier.name[language]} ${percent(chance)}${more}`;
      })
      .join(mark);
  const undivided = drawn.some((own) => own.undivided);
  return [
    text(
      `缺勤按情景抽取：每名座席各凭偶然整班缺勤，概率为 ${listed('zh-CN', '、')}。${undivided ? `缩减率只有一个数时，假定其中 ${percent(assumedOnTheDay)} 的付薪工时为当天才知道的缺勤（病假 5%、迟到 1%），其余为计划内；请在 models/tiers.json 中分类写明，并给事先不知道的类别标 onTheDay。` : ''}`,
      `Absences are drawn on each path: every operator stays away for a whole shift by luck of their own, with a chance of ${listed('en', ', ')}.${undivided ? ` Of shrinkage given as one figure, ${percent(assumedOnTheDay)} of the paid time are taken to be lost on the day (5% sickness, 1% lateness), the rest as planned: name its kinds in models/tiers.json and mark those that nobody knows beforehand with onTheDay.` : ''}`,
    ),
  ];
};
