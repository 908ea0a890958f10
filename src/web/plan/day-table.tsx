import type { PlanDay, PlanDocument } from '../../contract/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable, type Column } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

const useColumns = (plan: PlanDocument): Column<PlanDay>[] => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const tiers = plan.tiers.map((tier): Column<PlanDay> => ({
    key: tier.tier,
    head: say('day.peakTier', { tier: tell(tier.name) }),
    numeric: true,
    cell: (day) => format.count(day.peak.operators[tier.tier] ?? 0),
  }));
  return [
    {
      key: 'day',
      head: say('day.day'),
      cell: (day) => (
        <>
          {format.day(day.date)}
          {day.dayKind !== null && <small className="under">{tell(day.dayKind)}</small>}
        </>
      ),
    },
    {
      key: 'calls',
      head: say('day.calls'),
      numeric: true,
      cell: (day) => (
        <>
          {format.count(day.calls.mean)}
          <small className="under">
            {format.count(day.calls.q10)}–{format.count(day.calls.q90)}
          </small>
        </>
      ),
    },
    { key: 'at', head: say('day.peakAt'), numeric: true, cell: (day) => day.peak.start.slice(-5) },
    ...tiers,
    {
      key: 'seen',
      head: say('day.seen'),
      numeric: true,
      cell: (day) =>
        day.operatorsSeen === null
          ? noFigure
          : say('day.seenOf', {
              now: format.count(day.peak.total),
              before: format.decimal(day.operatorsSeen.peak, 0),
            }),
    },
    { key: 'shifts', head: say('day.shifts'), numeric: true, cell: (day) => format.count(day.shifts) },
    {
      key: 'hours',
      head: say('day.hours'),
      numeric: true,
      cell: (day) => format.count(day.scheduledOperatorHours),
    },
    {
      key: 'prompts',
      head: say('day.prompts'),
      numeric: true,
      cell: (day) => format.count(day.prompts.length),
    },
    {
      key: 'connection',
      head: say('figure.connectionRate'),
      numeric: true,
      cell: (day) => <WithRange value={day.connectionRate} />,
    },
    {
      key: 'level',
      head: say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
      numeric: true,
      cell: (day) => <WithRange value={day.serviceLevel} />,
    },
    {
      key: 'band',
      head: say('figure.band'),
      cell: (day) => (
        <>
          <span className={`band ${day.band}`}>{say(`band.${day.band}`)}</span>
          <small className="under">{format.percent(day.bandChance, 0)}</small>
        </>
      ),
    },
    { key: 'score', head: say('figure.score'), numeric: true, cell: (day) => format.decimal(day.score.mean) },
  ];
};

const WithRange = ({ value }: { readonly value: PlanDay['connectionRate'] }) => {
  const format = useFormat();
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
      <PlainTable
        label={say('day.title')}
        columns={useColumns(plan)}
        rows={plan.days}
        keyOf={(day) => day.date}
      />
    </Panel>
  );
};
