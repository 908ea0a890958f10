import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { nameIn } from '../../kernel/name-in.ts';
import { comparePeriods } from '../../monitoring/periods.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Figure, Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { BandTag } from './league-table.tsx';
import { bands, fallChance, placeIn, type Hotline } from '../../report/league.ts';

/** A line in one period, with how many lines it was ranked among. */
export interface Standing {
  readonly period: string;
  readonly row: Hotline;
  readonly among: number;
}

/** One line's rows out of many rankings, oldest period first; periods without it are left out. */
export const standingsOf = (
  rankings: readonly Pick<RankDocument, 'period' | 'hotlines'>[],
  hotline: string,
): Standing[] =>
  rankings
    .flatMap(({ period, hotlines }) => {
      const row = hotlines.find((each) => each.hotline === hotline);
      return row === undefined ? [] : [{ period, row, among: hotlines.length }];
    })
    .sort((a, b) => comparePeriods(a.period, b.period));

/** One hotline through the years: rate with its interval, band, seconds, score and rank. */
export const HotlineView = ({
  hotline,
  periods,
}: {
  readonly hotline: string;
  readonly periods: readonly string[];
}) => {
  const { say } = useSpeech();
  const [loaded, retry] = useLoad(`${hotline} ${periods.join()}`, (signal) =>
    Promise.all(periods.map((period) => callApi('rank', { query: { period }, signal }))),
  );
  return (
    <>
      <a href={placeHref('rank')}>← {say('rank.back')}</a>
      <LoadedView loaded={loaded} retry={retry}>
        {(rankings) => {
          const standings = standingsOf(rankings, hotline);
          const latest = standings.at(-1);
          return latest === undefined ? (
            <EmptyView title={say('rank.unknown', { hotline })} />
          ) : (
            <Standings standings={standings} latest={latest} limits={limitsOf(rankings)} />
          );
        }}
      </LoadedView>
    </>
  );
};

const limitsOf = (rankings: readonly RankDocument[]): number[] => {
  const edges = rankings[0]?.monitor?.bands;
  return edges === undefined ? [] : [100 * edges.hotFrom, 100 * edges.warmFrom];
};

const Standings = ({
  standings,
  latest,
  limits,
}: {
  readonly limits: readonly number[];
  readonly standings: readonly Standing[];
  readonly latest: Standing;
}) => {
  const { say, language } = useSpeech();
  const { row } = latest;
  return (
    <>
      <div className="row title">
        <h1>{nameIn(row.name, language)}</h1>
        <span className="note">{placeIn(row, language)}</span>
      </div>
      <LatestFigures latest={latest} />
      <Panel title={say('rank.years')} note={say('rank.yearsNote')}>
        <YearsChart standings={standings} limits={limits} />
        <YearsTable standings={standings} />
      </Panel>
    </>
  );
};

const LatestFigures = ({ latest: { period, row, among } }: { readonly latest: Standing }) => {
  const { say } = useSpeech();
  const format = useFormat();
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
            : say(row.meetsSecondsStandard ? 'rank.met' : 'rank.missed')
        }
        tone={row.meetsSecondsStandard === null ? 'plain' : row.meetsSecondsStandard ? 'good' : 'bad'}
      />
      <Figure label={say('figure.score')} value={format.decimal(row.score)} />
    </section>
  );
};

const YearsChart = ({
  standings,
  limits,
}: {
  readonly standings: readonly Standing[];
  /** Lower edges of hot and warm, percent. */
  readonly limits: readonly number[];
}) => {
  const { say } = useSpeech();
  const percents = (pick: (row: Hotline) => number): number[] => standings.map(({ row }) => pick(row) * 100);
  return (
    <ChartView
      label={say('rank.yearsLabel')}
      height={260}
      data={{
        labels: standings.map(({ period }) => period),
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
            data: standings.map(({ row }): [number, number] => [row.low * 100, row.high * 100]),
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
                  borderColor: colours.seen,
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

const YearsTable = ({ standings }: { readonly standings: readonly Standing[] }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <PlainTable
      label={say('rank.years')}
      rows={standings}
      keyOf={({ period }) => period}
      columns={[
        { key: 'period', head: say('rank.period'), cell: ({ period }) => period },
        {
          key: 'tests',
          head: say('rank.tests'),
          numeric: true,
          cell: ({ row }) => `${format.count(row.connected)} / ${format.count(row.testCalls)}`,
        },
        {
          key: 'rate',
          head: say('figure.connectionRate'),
          numeric: true,
          cell: ({ row }) => (
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
          cell: ({ row }) => (
            <>
              <BandTag band={row.band} />
              {row.moveBeyondChance === true && <abbr title={say('rank.beyond')}> *</abbr>}
            </>
          ),
        },
        {
          key: 'rank',
          head: say('rank.rank'),
          numeric: true,
          cell: ({ row, among }) => (
            <>
              {format.count(row.rank)} / {format.count(among)}
              <small className="under">
                {format.count(row.rankLow)}–{format.count(row.rankHigh)}
              </small>
            </>
          ),
        },
        {
          key: 'seconds',
          head: say('rank.seconds'),
          numeric: true,
          cell: ({ row }) => format.decimal(row.meanSeconds),
        },
        {
          key: 'score',
          head: say('figure.score'),
          numeric: true,
          cell: ({ row }) => format.decimal(row.score),
        },
      ]}
    />
  );
};
