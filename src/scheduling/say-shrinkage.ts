import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { shrinkageByInterval, weeklyShare } from '../kernel/shrinkage.ts';
import { text, type Text } from '../kernel/text.ts';

type Tier = TiersModel['tiers'][number];

/** How heads follow from operators ready for calls, and what shrinkage consists of where its kinds are known. */
export const sayShrinkage = (tiers: readonly Tier[], horizon: Horizon): Text[] => {
  const byTier = tiers.map(({ shrinkage }) => shrinkageByInterval(shrinkage, horizon));
  if (!byTier.some((row) => row.some((part) => part > 0))) return [];
  return [
    text(
      '排班人数 = 在岗可接话人数 ÷（1 − 缩减率），逐时段向上取整。',
      'Operators scheduled = ready operators ÷ (1 − shrinkage), rounded up per interval.',
    ),
    ...tiers.flatMap((tier, k) => sayKinds(tier, byTier[k] ?? new Float64Array(0), horizon.intervalMinutes)),
  ];
};

const percent = (share: number): string => `${Math.round(1000 * share) / 10}%`;

const weekdays: Readonly<Record<keyof Text, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

const sayKinds = ({ name, shrinkage }: Tier, row: Float64Array, intervalMinutes: number): Text[] => {
  if (typeof shrinkage === 'number') return [];
  const listed = (language: keyof Text): string =>
    shrinkage
      .map((kind) => {
        const when = [
          kind.weekdays?.map((day) => weekdays[language][day - 1]).join(language === 'en' ? ' ' : '、') ?? '',
          kind.from === undefined && kind.to === undefined
            ? ''
            : `${kind.from ?? '00:00'}–${kind.to ?? '24:00'}`,
        ].filter((part) => part !== '');
        return when.length === 0
          ? `${kind.name[language]} ${percent(kind.share)}`
          : `${kind.name[language]} ${percent(kind.share)} (${when.join(' ')}; ${percent(weeklyShare(kind))})`;
      })
      .join(language === 'en' ? ', ' : '，');
  const mean = row.reduce((sum, part) => sum + part, 0) / Math.max(1, row.length);
  const most = row.reduce((high, part) => Math.max(high, part), 0);
  const hours = (row.filter((part) => part > most - 1e-9).length * intervalMinutes) / 60;
  return [
    text(
      `${name['zh-CN']}的缩减率：${listed('zh-CN')}；全周平均 ${percent(mean)}，最高 ${percent(most)}（${hours} 小时）。`,
      `Shrinkage of ${name.en}: ${listed('en')}; ${percent(mean)} on average, ${percent(most)} at most (for ${hours} hours).`,
    ),
  ];
};
