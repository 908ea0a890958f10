import type { HotlineDocument, RankDocument } from '../../contract/documents/rank-document.ts';
import {
  type BandName,
  bands,
  fallChance,
  type Hotline,
  placeIn,
  stepsUp,
  traits,
} from '../../render/league.ts';
import { nameIn, noFigure } from '../../words/figures.ts';
import { useAnswer } from '../api/use-load.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Figure, Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { type Speech, useSpeech } from '../words/words.tsx';

/** A connection rate with the range that its test calls leave open. */
const RateWithRange = ({
  of: { connectionRate, low, high },
}: {
  readonly of: { readonly connectionRate: number; readonly low: number; readonly high: number };
}) => {
  const { format } = useSpeech();
  return (
    <>
      {format.percent(connectionRate)}
      <small className="under">
        {format.percent(low, 0)}–{format.percent(high, 0)}
      </small>
    </>
  );
};

export const BandTag = ({ band }: { readonly band: BandName }) => {
  const { say } = useSpeech();
  return <span className={`band ${band}`}>{say(`band.${band}`)}</span>;
};

/** Where the line was, whether it went up or down, and a star where that is more than chance. */
const MoveCell = ({ row }: { readonly row: Hotline }) => {
  const { say } = useSpeech();
  const steps = stepsUp(row);
  if (steps === null || row.previousBand === null) return noFigure;
  const arrow = steps > 0 ? '↑' : steps < 0 ? '↓' : '→';
  const text = say(steps > 0 ? 'rank.rose' : steps < 0 ? 'rank.fell' : 'rank.stayed');
  return (
    <>
      <span aria-label={text}>{arrow}</span> {say('rank.from', { band: say(`band.${row.previousBand}`) })}
      {row.moveBeyondChance === true && (
        <>
          {' '}
          <abbr title={say('rank.beyond')}>*</abbr>
        </>
      )}
    </>
  );
};

/** One row per line: rank with its range, rate with its interval, band, move, risk, seconds, score. */
export const LeagueTable = ({
  rows,
  basis,
  period,
  standardSeconds,
}: {
  readonly rows: readonly Hotline[];
  readonly basis: NonNullable<RankDocument['basis']>;
  readonly period: string;
  readonly standardSeconds: number;
}) => {
  const speech = useSpeech();
  const { say, language, format } = speech;
  const ofTraffic = basis === 'traffic';
  return (
    <PlainTable
      rows={rows}
      keyOf={(row) => row.hotline}
      columns={[
        [
          say(ofTraffic ? 'rank.line' : 'rank.hotline'),
          'text',
          (row) => (
            <>
              {ofTraffic ? (
                row.name
              ) : (
                <a href={placeHref('rank', { period, hotline: row.hotline })}>{nameIn(row.name, language)}</a>
              )}
              <small className="under">{placeIn(row, language)}</small>
            </>
          ),
          { sortBy: (row) => nameIn(row.name, language) },
        ],
        [
          say('rank.rank'),
          'number',
          (row) => (
            <>
              {format.count(row.rank)}
              <small className="under">
                {format.count(row.rankLow)}–{format.count(row.rankHigh)}
              </small>
            </>
          ),
          { sortBy: (row) => row.rank },
        ],
        [
          say(ofTraffic ? 'rank.inTimeRate' : 'figure.connectionRate'),
          'number',
          (row) => <RateWithRange of={row} />,
          { sortBy: (row) => row.connectionRate },
        ],
        [
          say(ofTraffic ? 'rank.traffic' : 'rank.tests'),
          'number',
          (row) => `${format.count(row.connected)} / ${format.count(row.testCalls)}`,
          { sortBy: (row) => row.testCalls },
        ],
        [say('figure.band'), 'text', (row) => <BandTag band={row.band} />],
        [say('rank.sinceBefore'), 'text', (row) => <MoveCell row={row} />],
        [
          say(ofTraffic ? 'rank.trafficRisk' : 'rank.risk'),
          'number',
          (row) => (row.band === 'dead' ? noFigure : format.percent(fallChance(row), 0)),
          { sortBy: (row) => (row.band === 'dead' ? null : fallChance(row)) },
        ],
        ...(ofTraffic ? [] : monitoredColumns(speech, standardSeconds)),
      ]}
    />
  );
};

/** What only a monitor's test calls tell: seconds to an operator, and the score. */
const monitoredColumns = ({ say, format }: Speech, standardSeconds: number): readonly Column<Hotline>[] => [
  [
    say('rank.seconds'),
    'number',
    (row) => (
      <>
        {format.decimal(row.meanSeconds)}
        {row.meetsSecondsStandard !== null && (
          <small className={`under ${row.meetsSecondsStandard ? 'holds' : 'fails'}`}>
            {say(row.meetsSecondsStandard ? 'rank.met' : 'rank.missed', { seconds: standardSeconds })}
          </small>
        )}
      </>
    ),
    { sortBy: (row) => row.meanSeconds },
  ],
  [say('figure.score'), 'number', (row) => row.score, { sorts: true }],
];

type Row = HotlineDocument['periods'][number];

/** One hotline through the years: rate with its interval, band, seconds, score and rank. */
export const HotlineView = ({
  hotline,
  period,
}: {
  readonly hotline: string;
  /** Of the league table that the reader came from. */
  readonly period: string | null;
}) => {
  const { say } = useSpeech();
  const [loaded, retry] = useAnswer('hotline', { query: { hotline } });
  const unknown =
    loaded.state === 'failed' && loaded.problem.problems.some(({ rule }) => rule === 'never-monitored');
  return (
    <>
      <a href={placeHref('rank', period === null ? {} : { period })}>← {say('rank.back')}</a>
      {loaded.state !== 'ready' && (
        <div className="row title">
          <h1>{say('nav.rank')}</h1>
        </div>
      )}
      {unknown ? (
        <EmptyView title={say('rank.unknown', { hotline })} />
      ) : (
        <LoadedView loaded={loaded} retry={retry}>
          {(document) => <Standings document={document} />}
        </LoadedView>
      )}
    </>
  );
};

const Standings = ({ document }: { readonly document: HotlineDocument }) => {
  const { say, language, format } = useSpeech();
  const { periods, bands: edges, standardSeconds } = document;
  const latest = periods.at(-1);
  if (latest === undefined) return null;
  const has = traits.filter((trait) => latest[trait] === true).map((trait) => say(`rank.yes.${trait}`));
  return (
    <>
      <div className="row title">
        <h1>{nameIn(document.name, language)}</h1>
        <span className="note">
          {[placeIn(latest, language), ...has].filter((each) => each !== '').join(' · ')}
        </span>
      </div>
      <LatestFigures latest={latest} standardSeconds={standardSeconds} />
      <Panel
        title={say('rank.years')}
        note={say('rank.yearsNote', {
          hot: format.percent(edges.hotFrom, 0),
          warm: format.percent(edges.warmFrom, 0),
        })}
      >
        <YearsChart periods={periods} limits={[100 * edges.hotFrom, 100 * edges.warmFrom]} />
        <YearsTable periods={periods} />
      </Panel>
    </>
  );
};

const LatestFigures = ({
  latest: row,
  standardSeconds,
}: {
  readonly latest: Row;
  readonly standardSeconds: number;
}) => {
  const { period, among } = row;
  const { say, format } = useSpeech();
  const chances = bands.map(
    (band) =>
      `${say(`band.${band}`)} ${format.percent((row.risk?.nextBandChances ?? row.bandChances)[band], 0)}`,
  );
  return (
    <section className="figures" aria-label={say('rank.latest', { period })}>
      <Figure
        label={say('rank.rateOf', { period })}
        value={format.percent(row.connectionRate)}
        range={say('rank.interval', { low: format.percent(row.low), high: format.percent(row.high) })}
        words={say('rank.pooled', { rate: format.percent(row.pooledRate) })}
      />
      <Figure
        label={say('figure.band')}
        value={say(`band.${row.band}`)}
        range={
          row.band === 'dead' ? undefined : say('rank.fall', { chance: format.percent(fallChance(row), 0) })
        }
        words={say('rank.next', { chances: chances.join(say('list.comma')) })}
      />
      <Figure
        label={say('rank.rank')}
        value={format.count(row.rank)}
        range={say('rank.rankRange', { low: format.count(row.rankLow), high: format.count(row.rankHigh) })}
        words={say('rank.among', { n: format.count(among) })}
      />
      <Figure
        label={say('rank.seconds')}
        value={format.seconds(row.meanSeconds)}
        range={
          row.meetsSecondsStandard === null
            ? undefined
            : say(row.meetsSecondsStandard ? 'rank.met' : 'rank.missed', { seconds: standardSeconds })
        }
        tone={row.meetsSecondsStandard === null ? 'plain' : row.meetsSecondsStandard ? 'good' : 'bad'}
      />
      <Figure label={say('figure.score')} value={format.decimal(row.score)} />
    </section>
  );
};

const YearsChart = ({
  periods,
  limits,
}: {
  readonly periods: readonly Row[];
  /** Lower edges of hot and warm, percent. */
  readonly limits: readonly number[];
}) => {
  const { say } = useSpeech();
  const percents = (pick: (row: Row) => number): number[] => periods.map((row) => pick(row) * 100);
  return (
    <ChartView
      label={say('rank.yearsLabel')}
      height={260}
      data={{
        labels: periods.map(({ period }) => period),
        datasets: [
          {
            type: 'line',
            label: say('figure.connectionRate'),
            data: percents((row) => row.connectionRate),
            borderColor: colours.primary,
            backgroundColor: colours.primary,
            pointStyle: 'circle',
            pointRadius: 4,
            clip: 8,
          },
          {
            type: 'bar',
            label: say('rank.interval95'),
            data: periods.map((row): [number, number] => [row.low * 100, row.high * 100]),
            backgroundColor: colours.band80,
            maxBarThickness: 22,
          },
        ],
      }}
      options={{
        scales: {
          x: { grid: { display: false } },
          y: { min: 0, max: 100, title: { display: true, text: say('rank.axis') } },
        },
        plugins: {
          annotation: {
            annotations: Object.fromEntries(
              limits.map((limit) => [
                `limit${limit}`,
                {
                  type: 'line',
                  yMin: limit,
                  yMax: limit,
                  borderColor: colours.actual,
                  borderWidth: 1,
                  borderDash: [4, 4],
                },
              ]),
            ),
          },
        },
      }}
      table={null}
    />
  );
};

const YearsTable = ({ periods }: { readonly periods: readonly Row[] }) => {
  const { say, language, format } = useSpeech();
  const moved = new Set(periods.map((row) => placeIn(row, language))).size > 1;
  return (
    <PlainTable
      rows={periods}
      keyOf={({ period }) => period}
      columns={[
        [say('rank.period'), 'text', ({ period }) => period],
        [
          say('rank.tests'),
          'number',
          (row) => `${format.count(row.connected)} / ${format.count(row.testCalls)}`,
        ],
        [say('figure.connectionRate'), 'number', (row) => <RateWithRange of={row} />],
        [
          say('figure.band'),
          'text',
          (row) => (
            <>
              <BandTag band={row.band} />
              {row.moveBeyondChance === true && <abbr title={say('rank.beyond')}> *</abbr>}
            </>
          ),
        ],
        [
          say('rank.rank'),
          'number',
          (row) => (
            <>
              {format.count(row.rank)} / {format.count(row.among)}
              <small className="under">
                {format.count(row.rankLow)}–{format.count(row.rankHigh)}
              </small>
            </>
          ),
        ],
        [say('rank.seconds'), 'number', (row) => row.meanSeconds],
        [say('figure.score'), 'number', (row) => row.score],
        moved && [say('rank.place'), 'text', (row) => placeIn(row, language), { wide: true }],
      ]}
    />
  );
};
