import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Shortage } from '../../render/shortages.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** Who is short where: operator-hours by tier and day, and the moment at which most are short. */
export const ShortageTable = ({
  plan,
  shortage,
}: {
  readonly plan: PlanDocument;
  readonly shortage: Shortage;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const short = shortage.tiers.filter((tier) => tier.worst !== undefined);
  const nameOf = (key: string): string => {
    const tier = plan.tiers.find((each) => each.tier === key);
    return tier === undefined ? key : tell(tier.name);
  };
  const hours = (value: number | undefined): string =>
    value === undefined || value < 0.05 ? noFigure : format.decimal(value);
  return (
    <PlainTable
      label={say('attention.table')}
      rows={short}
      keyOf={(tier) => tier.tier}
      columns={[
        { key: 'tier', head: say('attention.table'), cell: (tier) => nameOf(tier.tier) },
        ...plan.days.map((day, i) => ({
          key: day.date,
          head: format.day(day.date),
          numeric: true,
          cell: (tier: Shortage['tiers'][number]) => hours(tier.dayOpenHours[i]),
        })),
        { key: 'week', head: say('operators.week'), numeric: true, cell: (tier) => hours(tier.openHours) },
        {
          key: 'worst',
          head: say('attention.worst'),
          wide: true,
          cell: ({ worst }) =>
            worst === undefined
              ? noFigure
              : say('attention.worstAt', {
                  at: format.moment(worst.start),
                  n: format.decimal(worst.operators),
                }),
        },
      ]}
    />
  );
};
