import { Button, Input, Select } from 'antd';
import { nameIn } from '../../words/name-in.ts';
import { useSpeech } from '../words/words.tsx';
import {
  bands,
  groupings,
  moves,
  noFilter,
  tellingTraits,
  valuesOf,
  type Filter,
  type Hotline,
} from '../../render/league.ts';

/** Everything that the league table can be narrowed by. */
export const LeagueFilters = ({
  rows,
  standardSeconds,
  filter,
  change,
}: {
  readonly standardSeconds: number;
  readonly rows: readonly Hotline[];
  readonly filter: Filter;
  readonly change: (filter: Filter) => void;
}) => {
  const { say, language } = useSpeech();
  const choices = (name: keyof Filter, all: string, options: readonly { value: string; label: string }[]) => (
    <Select
      key={name}
      aria-label={all}
      value={filter[name]}
      style={{ minWidth: 130 }}
      showSearch={options.length > 10}
      optionFilterProp="label"
      options={[{ value: '', label: all }, ...options]}
      onChange={(value: string) => change({ ...filter, [name]: value })}
    />
  );
  return (
    <div className="row">
      <Input
        aria-label={say('rank.search')}
        placeholder={say('rank.search')}
        value={filter.search}
        style={{ maxWidth: 180 }}
        onChange={(event) => change({ ...filter, search: event.target.value })}
      />
      {groupings.map((key) => {
        const values = valuesOf(rows, key);
        return values.length < 2
          ? null
          : choices(
              key,
              say(`rank.all.${key}`),
              values.map((value) => ({ value, label: nameIn(value, language) })),
            );
      })}
      {tellingTraits(rows).map((trait) =>
        choices(
          trait,
          say(`rank.all.${trait}`),
          (['yes', 'no'] as const).map((each) => ({ value: each, label: say(`rank.${each}.${trait}`) })),
        ),
      )}
      {choices(
        'band',
        say('rank.all.band'),
        bands.map((band) => ({ value: band, label: say(`band.${band}`) })),
      )}
      {choices(
        'move',
        say('rank.all.move'),
        moves.map((move) => ({ value: move, label: say(`rank.move.${move}`) })),
      )}
      {rows.some((row) => row.meetsSecondsStandard !== null) &&
        choices(
          'seconds',
          say('rank.all.seconds'),
          (['met', 'missed'] as const).map((each) => ({
            value: each,
            label: say(`rank.${each}`, { seconds: standardSeconds }),
          })),
        )}
      <Button disabled={filter === noFilter} onClick={() => change(noFilter)}>
        {say('rank.clear')}
      </Button>
    </div>
  );
};
