import type { ReactNode } from 'react';
import type { PlanDay, PlanDocument } from '../../contract/documents/plan-document.ts';
import { shortAt, shortBesides } from '../../contract/shortages.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { noFigure } from '../../words/figures.ts';
import { placeHref, placeWith } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

type Tier = PlanDocument['tiers'][number];

/** Operators needed and on duty of the given tiers in one interval. */
const atInterval = (tiers: readonly Tier[], i: number): { required: number; scheduled: number } => ({
  required: tiers.reduce((sum, tier) => sum + (tier.required[i] ?? 0), 0),
  scheduled: tiers.reduce((sum, tier) => sum + (tier.scheduled[i] ?? 0), 0),
});

/** How many are short once tiers help each other, and what is beside the difference of required and on duty; empty: none. */
export const useShort = (): ((tiers: readonly Tier[], at: number) => string) => {
  const { say, format } = useSpeech();
  return (tiers, at) => {
    const open = shortAt({ tiers }, at);
    const besides = shortBesides(tiers, at);
    const key =
      besides === 0
        ? 'day.short'
        : besides < 0
          ? 'day.shortHelped'
          : tiers.length > 1
            ? 'day.shortOver'
            : 'day.shortLent';
    return open > 0 ? say(key, { n: format.decimal(open), over: format.decimal(Math.abs(besides)) }) : '';
  };
};

/** On duty in large, needed below; marked with how many are short once tiers help each other, nothing where none are needed. */
const NeedAndDuty = ({ tiers, at }: { readonly tiers: readonly Tier[]; readonly at: number }) => {
  const { say, format } = useSpeech();
  const shortOf = useShort();
  const { required, scheduled } = atInterval(tiers, at);
  if (required === 0 && scheduled === 0) return noFigure;
  const short = shortOf(tiers, at);
  return (
    <span className={short === '' ? '' : 'short'}>
      {format.decimal(scheduled)}
      <small className="under">
        {say('day.needed', {
          n: Number.isInteger(required) ? format.count(required) : format.decimal(required),
        })}
      </small>
      {/* One tier may be short while all together are enough: the mark says by how many. */}
      {short !== '' && <small className="under">{short}</small>}
    </span>
  );
};

const useTierColumns = (plan: PlanDocument): Column<PlanDay>[] => {
  const { say, tell, format } = useSpeech();
  const indexOf = (day: PlanDay): number => plan.starts.indexOf(`${day.date}T${day.peak.start.slice(-5)}`);
  const needed = plan.tiers.filter((tier) =>
    plan.days.some((day) => (tier.required[indexOf(day)] ?? 0) + (tier.scheduled[indexOf(day)] ?? 0) > 0),
  );
  return [
    [say('day.peakAt'), 'number', (day) => <PeakLink day={day} />],
    [say('day.peakAll'), 'number', (day) => <NeedAndDuty tiers={plan.tiers} at={indexOf(day)} />],
    ...needed.map((tier): Column<PlanDay> => [
      tell(tier.name),
      'number',
      (day) => <NeedAndDuty tiers={[tier]} at={indexOf(day)} />,
    ]),
    [
      say('day.seen'),
      'number',
      (day) => (day.operatorsSeen === null ? noFigure : format.decimal(day.operatorsSeen.peak)),
    ],
  ];
};

const PeakLink = ({ day }: { readonly day: PlanDay }) => {
  const clock = day.peak.start.slice(-5);
  if (day.connectionRate.mean === null) return noFigure;
  return <WhyLink start={`${day.date}T${clock}`}>{clock}</WhyLink>;
};

const useColumns = (plan: PlanDocument): Column<PlanDay>[] => {
  const { say, tell, format } = useSpeech();
  const tiers = useTierColumns(plan);
  return [
    [
      say('day.day'),
      'text',
      (day) => (
        <>
          <a href={placeHref('plan', { plan: plan.id, view: 'requirement', day: day.date })}>
            {format.day(day.date)}
          </a>
          {day.dayKind !== null && <small className="under">{tell(day.dayKind)}</small>}
        </>
      ),
    ],
    [
      say('day.calls'),
      'number',
      (day) => (
        <>
          {format.count(day.calls.mean)}
          <small className="under">
            {format.count(day.calls.q10)}–{format.count(day.calls.q90)}
          </small>
        </>
      ),
    ],
    ...tiers,
    [
      say('day.shifts'),
      'number',
      (day) => (
        <>
          {format.count(day.shifts)}
          <small className="under">
            {say('day.hoursOf', { n: format.count(day.scheduledOperatorHours) })}
          </small>
        </>
      ),
    ],
    ...(plan.prompts.length === 0
      ? []
      : ([
          [
            say('day.prompts'),
            'number',
            (day) => (day.prompts.length === 0 ? noFigure : format.count(day.prompts.length)),
          ],
        ] satisfies Column<PlanDay>[])),
    [say('figure.connectionRate'), 'number', (day) => <WithRange value={day.connectionRate} />],
    [
      say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
      'number',
      (day) => <WithRange value={day.serviceLevel} />,
    ],
    [
      say('figure.band'),
      'text',
      (day) =>
        day.connectionRate.mean === null ? (
          noFigure
        ) : (
          <>
            <span className={`band ${day.band}`}>{say(`band.${day.band}`)}</span>
            <small className="under">{format.percent(day.bandChance, 0)}</small>
          </>
        ),
    ],
    [say('figure.score'), 'number', (day) => day.score.mean],
  ];
};

const WithRange = ({ value }: { readonly value: PlanDay['connectionRate'] }) => {
  const { format } = useSpeech();
  if (value.mean === null) return noFigure;
  return (
    <>
      {format.percent(value.mean)}
      <small className="under">
        {format.percent(value.q10)}–{format.percent(value.q90)}
      </small>
    </>
  );
};

/** Seven rows: what each day brings, needs and leads to. */
export const DayTable = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  return (
    <Panel title={say('day.title')} note={say('day.note')}>
      <PlainTable snug columns={useColumns(plan)} rows={plan.days} />
      <p className="note">{say('day.mark')}</p>
    </Panel>
  );
};

/** Share answered within the threshold of all queues together, per interval; null without calls. */
export const levelOfAll = (plan: Pick<PlanDocument, 'queues' | 'starts' | 'calls'>): (number | null)[] =>
  plan.starts.map((_, i) => {
    // Where no calls are expected, the few that dial again after closing make no rate.
    if ((plan.calls.mean[i] ?? 0) < 0.05) return null;
    let met = 0;
    let offered = 0;
    for (const queue of plan.queues) {
      const level = queue.serviceLevel[i];
      if (level === null || level === undefined) continue;
      met += level * (queue.offered[i] ?? 0);
      offered += queue.offered[i] ?? 0;
    }
    return offered > 0 ? met / offered : null;
  });

/** A figure of an interval that can be asked why: opens how it comes about. */
export const WhyLink = ({ start, children }: { readonly start: string; readonly children: ReactNode }) => {
  const { say, format } = useSpeech();
  return (
    <a className="why" href={placeWith({ at: start })} title={say('chain.ask', { at: format.moment(start) })}>
      {children}
    </a>
  );
};
