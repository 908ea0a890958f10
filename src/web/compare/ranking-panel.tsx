import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { RankDocument } from '../../contract/documents.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { LoadedView } from '../ui/states.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { rankingCsv } from './ranking-csv.ts';

type Row = RankDocument['hotlines'][number];
const pageRows = 50;

/** The bureau's table of many hotlines: bands, year on year, regions, and every line with its range. */
export const RankingPanel = ({ periods }: { readonly periods: readonly string[] }) => {
  const { say } = useSpeech();
  const [period, setPeriod] = useState(periods[0]);
  if (period === undefined)
    return (
      <Panel title={say('rank.title')}>
        <p className="note">{say('rank.none')}</p>
      </Panel>
    );
  return (
    <Panel
      title={say('rank.title')}
      note={say('rank.note')}
      actions={
        <Select
          aria-label={say('compare.period')}
          value={period}
          style={{ minWidth: 120 }}
          options={periods.map((each) => ({ value: each, label: each }))}
          onChange={setPeriod}
        />
      }
    >
      <PeriodRanking key={period} period={period} />
    </Panel>
  );
};

const PeriodRanking = ({ period }: { readonly period: string }) => {
  const [loaded, retry] = useLoad(period, (signal) => callApi('rank', { query: { period }, signal }));
  return (
    <LoadedView loaded={loaded} retry={retry}>
      {(ranking) => (
        <>
          <Notices ranking={ranking} />
          <BandTable ranking={ranking} />
          <HotlineTable ranking={ranking} />
        </>
      )}
    </LoadedView>
  );
};

const Notices = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { tell } = useSpeech();
  return ranking.notices.map((notice) => (
    <p key={notice.en} className="note">
      {tell(notice)}
    </p>
  ));
};

const BandTable = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <PlainTable
      label={say('rank.bands')}
      rows={ranking.bands}
      keyOf={(row) => row.band}
      columns={[
        {
          key: 'band',
          head: say('figure.band'),
          cell: (row) => <span className={`band ${row.band}`}>{say(`band.${row.band}`)}</span>,
        },
        {
          key: 'lines',
          head: say('rank.hotlines'),
          numeric: true,
          cell: (row) => format.count(row.hotlines),
        },
        { key: 'share', head: say('rank.share'), numeric: true, cell: (row) => format.percent(row.share) },
        {
          key: 'previous',
          head: ranking.previousPeriod ?? say('rank.previous'),
          numeric: true,
          cell: (row) => format.count(row.previous),
        },
        { key: 'change', head: say('rank.change'), numeric: true, cell: (row) => format.signed(row.change) },
      ]}
    />
  );
};

const HotlineTable = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  const [region, setRegion] = useState('');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(pageRows);
  const rows = useMemo(
    () =>
      ranking.hotlines.filter(
        (row) =>
          (region === '' || row.region === region) &&
          (search === '' || `${row.name} ${row.hotline}`.toLowerCase().includes(search.toLowerCase())),
      ),
    [ranking, region, search],
  );
  return (
    <>
      <div className="row">
        <Input
          aria-label={say('rank.search')}
          placeholder={say('rank.search')}
          value={search}
          style={{ maxWidth: 220 }}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Select
          aria-label={say('rank.region')}
          value={region}
          style={{ minWidth: 140 }}
          options={[
            { value: '', label: say('rank.allRegions') },
            ...ranking.regions.map((each) => ({ value: each.region, label: each.region })),
          ]}
          onChange={setRegion}
        />
        <Button
          onClick={() =>
            saveFile(`huawu-ranking-${ranking.period}.csv`, rankingCsv(rows, language), 'text/csv')
          }
        >
          CSV
        </Button>
        <span className="note">{say('rank.found', { n: format.count(rows.length) })}</span>
      </div>
      <Hotlines rows={rows.slice(0, shown)} />
      {rows.length > shown && <Button onClick={() => setShown(shown + 100)}>{say('rank.more')}</Button>}
    </>
  );
};

const Hotlines = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const move = (row: Row): string =>
    row.previousBand === null
      ? noFigure
      : `${say(`band.${row.previousBand}`)} → ${say(`band.${row.band}`)}${row.moveBeyondChance === true ? ' *' : ''}`;
  return (
    <PlainTable
      label={say('rank.title')}
      rows={rows}
      keyOf={(row) => row.hotline}
      columns={[
        { key: 'name', head: say('rank.hotline'), cell: (row) => row.name },
        {
          key: 'rank',
          head: say('rank.rank'),
          numeric: true,
          cell: (row) => `${row.rank} (${row.rankLow}–${row.rankHigh})`,
        },
        { key: 'region', head: say('rank.region'), cell: (row) => row.region ?? noFigure },
        {
          key: 'tests',
          head: say('rank.tests'),
          numeric: true,
          cell: (row) => `${row.connected}/${row.testCalls}`,
        },
        {
          key: 'rate',
          head: say('figure.connectionRate'),
          numeric: true,
          cell: (row) => (
            <>
              {format.percent(row.connectionRate)}
              <small className="under">
                {format.percent(row.low, 0)}–{format.percent(row.high, 0)}
              </small>
            </>
          ),
        },
        {
          key: 'band',
          head: say('figure.band'),
          cell: (row) => <span className={`band ${row.band}`}>{say(`band.${row.band}`)}</span>,
        },
        { key: 'move', head: say('rank.move'), cell: move },
        {
          key: 'seconds',
          head: say('rank.seconds'),
          numeric: true,
          cell: (row) => format.decimal(row.meanSeconds),
        },
        { key: 'score', head: say('figure.score'), numeric: true, cell: (row) => format.decimal(row.score) },
      ]}
    />
  );
};
