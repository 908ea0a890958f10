import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { nameIn } from '../../words/figures.ts';
import { PlainTable, type Column } from '../ui/plain-table.tsx';
import { noFigure, useFormat, type Format } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech, type Speech } from '../words/words.tsx';
import { fallChance, placeIn, stepsUp, type BandName, type Hotline } from '../../render/league.ts';

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
  const said = say(steps > 0 ? 'rank.rose' : steps < 0 ? 'rank.fell' : 'rank.stayed');
  return (
    <>
      <span aria-label={said}>{arrow}</span> {say('rank.from', { band: say(`band.${row.previousBand}`) })}
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
  const { say, language } = useSpeech();
  const format = useFormat();
  const ofTraffic = basis === 'traffic';
  return (
    <PlainTable
      label={say('rank.title')}
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
          (row) => (
            <>
              {format.percent(row.connectionRate)}
              <small className="under">
                {format.percent(row.low, 0)}–{format.percent(row.high, 0)}
              </small>
            </>
          ),
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
        ...(ofTraffic ? [] : monitoredColumns(say, format, standardSeconds)),
      ]}
    />
  );
};

/** What only a monitor's test calls tell: seconds to an operator, and the score. */
const monitoredColumns = (
  say: Speech['say'],
  format: Format,
  standardSeconds: number,
): readonly Column<Hotline>[] => [
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
