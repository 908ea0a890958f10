import { useSpeech } from '../../words/words.tsx';
import { NumberField } from '../number-field.tsx';
import { fractionOf, percentOf } from '../percent.ts';
import type { EditedModels } from '../use-models.ts';
import type { Shifts } from './shift-bars.ts';

/** What it costs to have too few or too many, which decides how closely shifts follow the requirement. */
export const ShiftPrices = ({
  models,
  shifts,
}: {
  readonly models: EditedModels;
  readonly shifts: Shifts;
}) => {
  const { say } = useSpeech();
  const { prices } = shifts;
  const price = (name: 'underPerHour' | 'severeUnderPerHour' | 'overPerHour') => (
    <NumberField
      label={say(`bars.${name}`)}
      unit={say('bars.perHour')}
      value={prices[name]}
      wrong={models.wrong('shifts', `prices.${name}`)}
      change={(value) =>
        models.edit('shifts', { ...shifts, prices: { ...prices, [name]: value ?? 0 } }, name)
      }
    />
  );
  return (
    <>
      <h3>{say('bars.prices')}</h3>
      <p className="note">{say('bars.pricesNote')}</p>
      <div className="settings-grid">
        {price('underPerHour')}
        <NumberField
          label={say('bars.mildUnderShare')}
          unit="%"
          value={percentOf(prices.mildUnderShare)}
          wrong={models.wrong('shifts', 'prices.mildUnderShare')}
          change={(value) =>
            models.edit(
              'shifts',
              { ...shifts, prices: { ...prices, mildUnderShare: fractionOf(value ?? 0) } },
              'mildUnderShare',
            )
          }
        />
        {price('severeUnderPerHour')}
        {price('overPerHour')}
        <NumberField
          label={say('bars.minimumPerStart')}
          unit={say('bars.people')}
          value={shifts.minimumPerStart ?? 1}
          wrong={models.wrong('shifts', 'minimumPerStart')}
          change={(value) =>
            models.edit('shifts', { ...shifts, minimumPerStart: value ?? 0 }, 'minimumPerStart')
          }
        />
      </div>
    </>
  );
};
