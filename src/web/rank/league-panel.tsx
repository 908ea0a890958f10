import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { Panel } from '../ui/panel.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { LeagueFilters } from './league-filters.tsx';
import { LeagueTable } from './league-table.tsx';
import { filterHotlines, noFilter, riskiestFirst } from '../../render/league.ts';
import { rankingCsv } from '../../render/ranking-csv.ts';

const pageRows = 50;
type Order = 'risk' | 'rank';

const notes = {
  'test-calls': { rank: 'rank.note', risk: 'rank.riskNote' },
  traffic: { rank: 'rank.trafficNote', risk: 'rank.trafficRiskNote' },
} as const;

/** The league table: by rank, or with the lines that are likeliest to fall a band first. */
export const LeaguePanel = ({
  ranking,
  names,
}: {
  readonly ranking: RankDocument;
  /** What queues are called, by key. */
  readonly names: ReadonlyMap<string, string>;
}) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  const [filter, setFilter] = useState(noFilter);
  const [order, setOrder] = useState<Order>('rank');
  const [shown, setShown] = useState(pageRows);
  const { standardSeconds } = ranking.secondsStandard;
  const ofTraffic = ranking.basis === 'traffic';
  const rows = useMemo(() => {
    const named = ranking.hotlines.map((row) => ({ ...row, name: names.get(row.hotline) ?? row.name }));
    const passing = filterHotlines(named, filter);
    return order === 'risk' ? riskiestFirst(passing) : passing;
  }, [ranking, names, filter, order]);
  return (
    <Panel
      title={say('rank.title')}
      note={say(notes[ofTraffic ? 'traffic' : 'test-calls'][order])}
      actions={
        <span className="row">
          <Segmented<Order>
            aria-label={say('rank.order')}
            value={order}
            options={[
              { value: 'rank', label: say('rank.byRank') },
              { value: 'risk', label: say('rank.byRisk') },
            ]}
            onChange={setOrder}
          />
          <Button
            onClick={() =>
              saveFile(
                `huawu-ranking-${ranking.period}.csv`,
                rankingCsv(rows, standardSeconds, language),
                'text/csv',
              )
            }
          >
            {say('rank.csv')}
          </Button>
        </span>
      }
    >
      <LeagueFilters
        rows={ranking.hotlines}
        standardSeconds={standardSeconds}
        filter={filter}
        change={setFilter}
      />
      <p className="note" role="status">
        {say(ofTraffic ? 'rank.foundLines' : 'rank.found', {
          n: format.count(rows.length),
          all: format.count(ranking.hotlines.length),
        })}
      </p>
      <LeagueTable
        rows={rows.slice(0, shown)}
        basis={ranking.basis ?? 'test-calls'}
        period={ranking.period}
        standardSeconds={standardSeconds}
      />
      {rows.length > shown && (
        <Button onClick={() => setShown(shown + 100)}>
          {say('rank.more', { n: format.count(rows.length - shown) })}
        </Button>
      )}
      <ul className="note">
        {ranking.notices.map((notice) => (
          <li key={tell(notice)}>{tell(notice)}</li>
        ))}
      </ul>
    </Panel>
  );
};
