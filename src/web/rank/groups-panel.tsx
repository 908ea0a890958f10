import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { nameIn } from '../../words/figures.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { BandTag } from './league-table.tsx';
import { bandMoves, bands, groupHotlines, groupings, valuesOf, type Grouping } from '../../render/league.ts';

/** Lines by province, region or city tier, and who moved from which band to which. */
export const GroupsPanel = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { say } = useSpeech();
  const known = groupings.filter((key) => valuesOf(ranking.hotlines, key).length > 0);
  const [by, setBy] = useState<Grouping>(known.includes('region') ? 'region' : (known[0] ?? 'region'));
  return (
    <>
      {known.length > 0 && (
        <Panel
          title={say('rank.groups')}
          note={say('rank.groupsNote', { seconds: ranking.secondsStandard.standardSeconds })}
          actions={
            <Segmented<Grouping>
              aria-label={say('rank.groupBy')}
              value={by}
              options={known.map((key) => ({ value: key, label: say(`rank.by.${key}`) }))}
              onChange={setBy}
            />
          }
        >
          <Groups ranking={ranking} by={by} />
        </Panel>
      )}
      {ranking.previousPeriod !== null && <Moves ranking={ranking} previous={ranking.previousPeriod} />}
    </>
  );
};

const Groups = ({ ranking, by }: { readonly ranking: RankDocument; readonly by: Grouping }) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  const groups = useMemo(() => groupHotlines(ranking.hotlines, by), [ranking, by]);
  return (
    <PlainTable
      label={say('rank.groups')}
      rows={groups}
      keyOf={(group) => group.name}
      columns={[
        [say(`rank.by.${by}`), 'text', (group) => nameIn(group.name, language) || noFigure],
        [say('rank.hotlines'), 'number:0', (group) => group.hotlines],
        [say('figure.connectionRate'), 'share', (group) => group.connectionRate],
        ...bands.map((band): Column<(typeof groups)[number]> => [
          say(`band.${band}`),
          'number:0',
          (group) => group.inBand[band],
        ]),
        [say('rank.seconds'), 'number', (group) => group.meanSeconds],
        [
          say('rank.standard', { seconds: ranking.secondsStandard.standardSeconds }),
          'number',
          (group) =>
            group.judged === 0
              ? noFigure
              : `${format.count(group.met)} (${format.percent(group.met / group.judged, 0)})`,
        ],
      ]}
    />
  );
};

const Moves = ({ ranking, previous }: { readonly ranking: RankDocument; readonly previous: string }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const counts = bandMoves(ranking.hotlines);
  const beyond = ranking.hotlines.filter((row) => row.moveBeyondChance === true).length;
  return (
    <Panel
      title={say('rank.moves', { previous, period: ranking.period })}
      note={say('rank.movesNote', { n: format.count(beyond) })}
    >
      <PlainTable
        label={say('rank.moves', { previous, period: ranking.period })}
        rows={bands}
        keyOf={(band) => band}
        columns={[
          [previous, 'text', (band) => <BandTag band={band} />],
          ...bands.map((to, column): Column<(typeof bands)[number]> => [
            `${ranking.period} · ${say(`band.${to}`)}`,
            'number',
            (from, row) => (
              <span
                className={from === to || counts[row]?.[column] === 0 ? '' : column < row ? 'rose' : 'fell'}
              >
                {format.count(counts[row]?.[column])}
              </span>
            ),
          ]),
        ]}
      />
    </Panel>
  );
};
