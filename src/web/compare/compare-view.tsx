import { Alert } from 'antd';
import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { scoreStanding } from '../../contract/score-standing.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { changeText } from '../../render/table.ts';
import { BandChart, ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Figure, Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Unusual } from '../ui/unusual.tsx';
import { useNarrow } from '../ui/use-screen.ts';
import { type Speech, useSpeech } from '../words/words.tsx';

type Missed = { readonly isMissed: boolean };
type Held = Missed & { readonly level: Missed | null };

const missesTarget = (said: Sayable): boolean => {
  if (!('code' in said)) return false;
  const { parts = [], ...held } = said.values as { parts?: readonly Sayable[] } & Partial<Held>;
  return said.code === 'week-against-target'
    ? held.isMissed === true || held.level?.isMissed === true
    : parts.some(missesTarget);
};

/** One comparison: the verdict in words, then forecast, result and causes. */
export const CompareView = ({
  compared,
  nameOf,
}: {
  readonly compared: CompareDocument;
  /** A queue's name as a planner reads it. */
  readonly nameOf: (queue: string) => string;
}) => {
  const { say, tell } = useSpeech();
  return (
    <>
      <Unusual said={compared.unusual} />
      <Alert
        type={compared.withinSamplingNoise === false || missesTarget(compared.verdict) ? 'warning' : 'info'}
        showIcon
        title={tell(compared.verdict)}
        description={
          compared.notices.length > 0
            ? compared.notices.map((notice) => <div key={tell(notice)}>{tell(notice)}</div>)
            : undefined
        }
      />
      {compared.span && compared.period !== null && (
        <Panel title={say('compare.wholePeriod', { period: compared.period })}>
          <PeriodResults span={compared.span} />
        </Panel>
      )}
      {compared.period !== null && compared.week !== null && (
        <h2>{say('compare.weekOfPeriod', { week: compared.week })}</h2>
      )}
      <Results compared={compared} />
      {compared.forecast !== null && <ForecastPart forecast={compared.forecast} nameOf={nameOf} />}
      {compared.causes.length > 0 && <CausesChart compared={compared} />}
      {compared.calibration !== null && (
        <CalibrationPanel calibration={compared.calibration} seconds={compared.answerTimeThresholdSeconds} />
      )}
      {compared.prompts.length > 0 && <PromptsSeen prompts={compared.prompts} />}
    </>
  );
};

/** Whether the week's total was forecast too high or too low, and by how much of it. */
const biasWords = (bias: number | null, { say, format }: Speech): string | undefined => {
  if (bias === null) return undefined;
  return say(bias < 0 ? 'compare.tooLow' : 'compare.tooHigh', { bias: format.percent(Math.abs(bias)) });
};

/** What the period's test calls, its traffic and the plans of its weeks say over all of it. */
const PeriodResults = ({ span }: { readonly span: NonNullable<CompareDocument['span']> }) => {
  const { say, format } = useSpeech();
  return (
    <section className="figures" aria-label={say('compare.results')}>
      <Figure
        label={say('compare.spanRate')}
        value={format.percent(span.monitored.connectionRate.value)}
        range={say('compare.interval95', {
          low: format.percent(span.monitored.connectionRate.low),
          high: format.percent(span.monitored.connectionRate.high),
        })}
        words={say('compare.spanWords', {
          k: span.monitored.connected,
          n: span.monitored.testCalls,
          days: format.count(span.days),
          actual: format.percent(span.connectionRate),
        })}
      />
      {span.planned && (
        <Figure
          label={say('compare.plannedWeeks')}
          value={format.percent(span.planned.actualConnectionRate)}
          range={say('compare.projected', { value: format.percent(span.planned.projectedConnectionRate) })}
          words={say('compare.plannedWeeksWords', {
            weeks: format.count(span.planned.weeks),
            all: format.count(span.planned.weeksWithTraffic),
          })}
        />
      )}
    </section>
  );
};

const Results = ({ compared }: { readonly compared: CompareDocument }) => {
  const speech = useSpeech();
  const { say, tell, format } = speech;
  const { monitored, projection, traffic, operators, forecast } = compared;
  const lost = (monitored?.scoreLost ?? [])
    .map(({ name, lost: points }) => `${tell(name)} ${format.decimal(points)}`)
    .join(say('list.comma'));
  return (
    <section className="figures" aria-label={say('compare.results')}>
      {forecast !== null && (
        <Figure
          label={say('compare.wapeOfLine')}
          value={format.percent(forecast.wape)}
          range={biasWords(forecast.bias, speech)}
          words={say('compare.coverage', { coverage: format.percent(forecast.coverage80, 0) })}
        />
      )}
      {traffic !== null && (
        <Figure
          label={say('compare.trafficRate')}
          value={format.percent(traffic.actualConnectionRate)}
          range={say('compare.projectedAll', { value: format.percent(traffic.projectedConnectionRate) })}
          words={say('compare.levels', {
            actual: format.percent(traffic.actualServiceLevel),
            projected: format.percent(traffic.projectedServiceLevel),
          })}
        />
      )}
      {monitored !== null && (
        <>
          <Figure
            label={say('compare.monitoredRate')}
            value={format.percent(monitored.connectionRate.value)}
            range={say('compare.interval95', {
              low: format.percent(monitored.connectionRate.low),
              high: format.percent(monitored.connectionRate.high),
            })}
            words={say('compare.tests', { k: monitored.connected, n: monitored.testCalls })}
          />
          <Figure
            label={say('figure.band')}
            value={say(`band.${monitored.band}`)}
            range={
              projection === null
                ? undefined
                : say('compare.projected', { value: say(`band.${projection.likeliestBand}`) })
            }
            words={say('compare.meanSeconds', { seconds: format.seconds(monitored.meanSeconds) })}
          />
          <Figure
            label={say('figure.score')}
            value={format.decimal(monitored.score)}
            basis={lost === '' ? undefined : { label: say('compare.scoreLost'), text: lost }}
            range={
              projection === null || !scoreStanding(projection.indicators).hasTotal
                ? undefined
                : say('compare.projected', { value: format.decimal(projection.score.mean) })
            }
            words={
              monitored.score !== null || monitored.scoreStanding === undefined
                ? say('compare.scoreFrom', { k: monitored.connected, n: monitored.testCalls })
                : say('figure.noTotal', {
                    low: format.decimal(monitored.scoreStanding.low),
                    high: format.decimal(monitored.scoreStanding.high),
                    weight: format.percent(monitored.scoreStanding.knownWeight, 0),
                  })
            }
          />
        </>
      )}
      {operators !== null && (
        <Figure
          label={say('compare.operatorHours')}
          value={format.count(operators.presentHours)}
          range={say('compare.planned', { value: format.count(operators.plannedHours) })}
          words={operators.presentInCalls === true ? say('compare.presentInCalls') : undefined}
        />
      )}
    </section>
  );
};

const ForecastPart = ({
  forecast,
  nameOf,
}: {
  readonly forecast: NonNullable<CompareDocument['forecast']>;
  readonly nameOf: (queue: string) => string;
}) => {
  const { say, language, format } = useSpeech();
  return (
    <Panel title={say('compare.forecastTitle')} note={say('compare.forecastNote')}>
      <ActualChart forecast={forecast} />
      <PlainTable
        label={say('compare.days')}
        rows={forecast.days}
        columns={[
          [say('day.day'), 'text', (day) => format.day(day.date)],
          [say('compare.forecast'), 'number:0', (day) => day.forecast],
          [say('compare.range80'), 'number', (day) => `${format.count(day.q10)}–${format.count(day.q90)}`],
          [say('compare.actual'), 'number:0', (day) => day.actual],
          [
            say('compare.error'),
            'number',
            (day) => changeText(day.forecast, day.actual, 'number:0', language),
          ],
          [
            say('compare.inside'),
            'text',
            (day) =>
              day.actual === null
                ? ''
                : say(day.actual >= day.q10 && day.actual <= day.q90 ? 'compare.yes' : 'compare.no'),
          ],
        ]}
      />
      {forecast.queues.length > 1 && <QueuesTable queues={forecast.queues} nameOf={nameOf} />}
    </Panel>
  );
};

/** Forecast with its 80 % band against what came, per interval. */
const ActualChart = ({
  forecast: { intervals },
}: {
  readonly forecast: NonNullable<CompareDocument['forecast']>;
}) => {
  const { say } = useSpeech();
  return (
    <BandChart
      label={say('compare.chartLabel')}
      tableLabel={say('compare.intervals')}
      axis={say('compare.axis')}
      starts={intervals.starts}
      curves={[
        { label: say('compare.actual'), values: intervals.actual, colour: colours.actual, counted: true },
        { label: say('compare.forecast'), values: intervals.forecast, colour: colours.primary },
      ]}
      bands={[
        {
          label: say('calls.band80'),
          low: intervals.q10,
          high: intervals.q90,
          lowLabel: say('calls.q10'),
          highLabel: say('calls.q90'),
          colour: colours.band80,
        },
      ]}
    />
  );
};

type Calibration = NonNullable<CompareDocument['calibration']>;

/** The projection run on what really came and who really sat there: what is left is the model's own error. */
const CalibrationPanel = ({
  calibration,
  seconds,
}: {
  readonly calibration: Calibration;
  /** Within so many a call counts as answered in time. */
  readonly seconds: number;
}) => {
  const { say, language, format } = useSpeech();
  const rows = [
    {
      name: say('figure.connectionRate'),
      projected: calibration.projectedConnectionRate,
      actual: calibration.actualConnectionRate,
    },
    {
      name: say('compare.abandonShare'),
      projected: calibration.projectedAbandonShare,
      actual: calibration.actualAbandonShare,
    },
    {
      name: say('figure.serviceLevel', { n: seconds }),
      projected: calibration.projectedServiceLevel,
      actual: calibration.actualServiceLevel,
    },
  ];
  return (
    <Panel
      title={say('compare.calibration')}
      note={say('compare.calibrationNote', {
        n: format.count(calibration.intervals),
        error: format.percent(calibration.meanAbsoluteError),
      })}
    >
      <PlainTable
        rows={rows}
        columns={[
          [say('compare.measure'), 'text', (row) => row.name],
          [say('compare.projection'), 'share', (row) => row.projected],
          [say('compare.actual'), 'share', (row) => row.actual],
          [
            say('compare.gapPoints'),
            'number',
            (row) => changeText(row.projected, row.actual, 'share', language),
          ],
        ]}
      />
    </Panel>
  );
};

/** What each prompt that played was believed to do, and what the counts say that it did. */
const PromptsSeen = ({ prompts }: { readonly prompts: CompareDocument['prompts'] }) => {
  const { say, tell, format } = useSpeech();
  return (
    <Panel title={say('compare.prompts')} note={say('compare.promptsNote')}>
      <PlainTable
        rows={prompts}
        columns={[
          [say('prompts.prompt'), 'text', (row) => tell(row.name)],
          [say('compare.seenIn'), 'text', (row) => say(`compare.from.${row.from}`)],
          [say('compare.heard'), 'number:0', (row) => row.heard],
          [say('compare.predictedShare'), 'share', (row) => row.predictedShare],
          [
            say('compare.seenShare'),
            'number',
            (row) => (
              <>
                {format.percent(row.seenShare)}
                <small className="under">
                  {format.percent(row.low)} – {format.percent(row.high)}
                </small>
              </>
            ),
          ],
          [
            say('compare.callers'),
            'number',
            (row) => `${format.count(row.predictedCallers)} / ${format.count(row.seenCallers)}`,
          ],
        ]}
      />
    </Panel>
  );
};

type QueueScore = NonNullable<CompareDocument['forecast']>['queues'][number];

/** How far off the forecast of each queue was. */
const QueuesTable = ({
  queues,
  nameOf,
}: {
  readonly queues: readonly QueueScore[];
  readonly nameOf: (queue: string) => string;
}) => {
  const { say } = useSpeech();
  return (
    <>
      <h3>{say('compare.queues')}</h3>
      <PlainTable
        label={say('compare.queues')}
        rows={queues}
        columns={[
          [say('calls.queue'), 'text', (row) => nameOf(row.queue)],
          [say('compare.wape'), 'share', (row) => row.wape],
          [say('compare.bias'), 'points', (row) => row.bias],
          [say('compare.inRange'), 'share:0', (row) => row.coverage80],
        ]}
      />
    </>
  );
};

/** Bars of a waterfall that starts at `start`: each effect from where the ones before it have led to. */
export const waterfall = (start: number, effects: readonly number[]): [number, number][] => {
  let reached = start;
  return effects.map((effect): [number, number] => {
    const from = reached;
    reached += effect;
    return [from, reached];
  });
};

/**
 * A name broken into lines of about `most` places, where Chinese characters take two: at blanks, and inside a word
 * only where it is too long by itself.
 */
export const brokenName = (name: string, most: number): string[] => {
  const lines: string[] = [];
  const width = (part: string): number => [...part].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0);
  for (const word of name.split(/ |(?<=\p{Script=Han})/u)) {
    const last = lines.at(-1);
    const blank = last === undefined || /\p{Script=Han}$/u.test(last) ? '' : ' ';
    if (last !== undefined && width(last + blank + word) <= most)
      lines[lines.length - 1] = last + blank + word;
    else lines.push(word);
  }
  return lines;
};

/** What a bar says of the rate, and its colour. */
const barKinds = [
  { kind: 'raises', colour: colours.good },
  { kind: 'lowers', colour: colours.bad },
  { kind: 'gap', colour: colours.primary },
] as const;

interface Bar {
  readonly name: string;
  readonly bar: readonly [from: number, to: number];
  readonly shown: string;
  readonly kind: (typeof barKinds)[number]['kind'];
}

/** Bars of the causes in points, each from where the ones before it have led to; the whole gap is the last. */
const barsOf = ({ causes }: CompareDocument, gap: number, { say, tell, format }: Speech): readonly Bar[] => {
  const steps = waterfall(
    0,
    causes.map(({ effect }) => effect * 100),
  );
  return [
    ...causes.map((cause, i) => ({
      name: tell(cause.name),
      bar: steps[i] ?? ([0, 0] as const),
      shown: format.points(cause.effect),
      kind: cause.effect < 0 ? ('lowers' as const) : ('raises' as const),
    })),
    {
      name: say('causes.gap'),
      bar: [0, gap * 100] as const,
      shown: format.points(gap),
      kind: 'gap' as const,
    },
  ];
};

/** The axis of rates, and that of names: beside the bars where there is no room for words below each. */
const scalesOf = (bars: readonly Bar[], title: string, lying: boolean) => {
  const rates = { title: { display: true, text: title } };
  const names = {
    grid: { display: false },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      callback(this: { readonly chart: { readonly width: number } }, _: unknown, i: number) {
        const { name = '', shown = '' } = bars[i] ?? {};
        const places = lying ? 18 : Math.max(4, Math.floor(this.chart.width / bars.length / 7));
        return [...brokenName(name, places), shown];
      },
    },
  };
  return lying ? { x: rates, y: names } : { x: names, y: rates };
};

/** Why the connection rate came out otherwise than projected, cause by cause, in percentage points. */
const CausesChart = ({ compared }: { readonly compared: CompareDocument }) => {
  const speech = useSpeech();
  const lying = useNarrow();
  const { say, tell } = speech;
  const { causes } = compared;
  const gap = compared.gap ?? causes.reduce((sum, { effect }) => sum + effect, 0);
  const bars = barsOf(compared, gap, speech);
  return (
    <Panel title={say('causes.title')} note={say('causes.note')}>
      <ChartView
        key={lying ? 'lying' : 'standing'}
        label={say('causes.label')}
        height={lying ? 60 + 48 * bars.length : 260}
        data={{
          labels: bars.map((each) => each.name),
          datasets: barKinds
            .filter(({ kind }) => bars.some((each) => each.kind === kind))
            .map(({ kind, colour }) => ({
              type: 'bar' as const,
              label: say(`causes.${kind}`),
              data: bars.map((each): [number, number] | null => (each.kind === kind ? [...each.bar] : null)),
              backgroundColor: colour,
              // Bars of one kind stand where those of all would.
              grouped: false,
              minBarLength: 2,
              maxBarThickness: lying ? 24 : 60,
            })),
        }}
        options={{
          indexAxis: lying ? 'y' : 'x',
          plugins: {
            tooltip: { callbacks: { label: (item) => ` ${bars[item.dataIndex]?.shown ?? ''}` } },
          },
          scales: scalesOf(bars, say('causes.axis'), lying),
        }}
        table={null}
      />
      <PlainTable
        rows={[
          ...causes.map((cause) => ({ name: tell(cause.name), effect: cause.effect })),
          { name: say('causes.gap'), effect: gap },
        ]}
        columns={[
          [say('causes.cause'), 'text', (row) => row.name],
          [say('causes.column'), 'points:2', (row) => row.effect],
        ]}
      />
    </Panel>
  );
};
