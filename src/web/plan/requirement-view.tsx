import { Button, Select, Alert } from 'antd';
import { memo, useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { shortAt, type Shortage, shortageOf } from '../../contract/shortages.ts';
import { callApi } from '../api/call-api.ts';
import { ChartView, midnightLines, type MixedData, weekScale } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { useJobAnswer } from '../ui/change.tsx';
import { HoursChain } from '../ui/hours-chain.tsx';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { noFigure } from '../../words/figures.ts';
import { changePlace, usePlace } from '../ui/use-place.ts';
import { type Speech, useSpeech } from '../words/words.tsx';
import { EffectsTable } from './effects-table.tsx';
import { levelOfAll, WhyLink } from './day-table.tsx';
import { planHours } from '../../render/plan-changes.ts';

const dayOf = (plan: PlanDocument, params: URLSearchParams): string =>
  plan.days.find(({ date }) => date === params.get('day'))?.date ?? plan.firstDate;

/** Who is required and scheduled when, where people are missing, and what one more would do. */
export const RequirementView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <Short plan={plan} />
    <SpareHours plan={plan} />
    <OperatorsChart plan={plan} />
    <DayGrid plan={plan} date={dayOf(plan, usePlace().params)} />
    <HoursChain chains={[{ name: plan.week, steps: plan.total.hoursChain ?? [] }]} note="planNote" />
    <RequirementPanel key={plan.id} plan={plan} />
  </>
);

/** A day interval by interval: calls, who is required and scheduled, who is missing, what callers get; each with its why. */
const DayGrid = ({ plan, date }: { readonly plan: PlanDocument; readonly date: string }) => {
  const { say, format } = useSpeech();
  const levels = levelOfAll(plan);
  const rows = plan.starts.flatMap((start, i) => (start.startsWith(date) ? [i] : []));
  const sum = (field: 'required' | 'scheduled', i: number): number =>
    plan.tiers.reduce((all, tier) => all + (tier[field][i] ?? 0), 0);
  const title = say('grid.title', { day: format.day(date) });
  return (
    <Panel title={title} note={say('grid.note')}>
      <PlainTable
        rows={rows}
        columns={[
          [
            say('calls.interval'),
            'text',
            (i) => <WhyLink start={plan.starts[i] ?? ''}>{(plan.starts[i] ?? '').slice(11)}</WhyLink>,
          ],
          [say('day.calls'), 'number', (i) => plan.calls.mean[i]],
          [say('operators.required'), 'number', (i) => sum('required', i)],
          [say('operators.scheduled'), 'number', (i) => sum('scheduled', i)],
          [
            say('attention.open'),
            'number',
            (i) => {
              const open = shortAt(plan, i);
              return open === 0 ? noFigure : <span className="short">{format.decimal(open)}</span>;
            },
          ],
          [say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }), 'share', (i) => levels[i]],
        ]}
      />
      <p className="note">{say('day.mark')}</p>
    </Panel>
  );
};

type Tier = PlanDocument['tiers'][number];

const sumAt = (tiers: readonly Tier[], field: 'required' | 'scheduled', i: number): number =>
  tiers.reduce((sum, tier) => sum + (tier[field][i] ?? 0), 0);

const seenAt = (tiers: readonly Tier[], i: number): number | null => {
  const known = tiers.flatMap((tier) => tier.seen?.[i] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

const tierColour = (plan: PlanDocument, tier: Tier): string =>
  colours.series[plan.tiers.indexOf(tier) % colours.series.length] ?? colours.primary;

/** What is shown: a tier or all ('') and a day or the whole week (''). */
const useChoice = (plan: PlanDocument) => {
  const [tier, setTier] = useState('');
  const asked = usePlace().params.get('day') ?? plan.firstDate;
  const setDate = (day: string): void => changePlace({ day: day === '' ? 'week' : day });
  const date = asked === 'week' ? '' : asked;
  const chosen = date === '' || plan.days.some((day) => day.date === date) ? date : plan.firstDate;
  const tiers = plan.tiers.filter((each) => tier === '' || each.tier === tier);
  const indices = plan.starts.flatMap((start, i) => (start.startsWith(chosen) ? [i] : []));
  return { tier, setTier, date: chosen, setDate, tiers, indices };
};

const dataOf = (
  plan: PlanDocument,
  tiers: readonly Tier[],
  indices: readonly number[],
  { say, tell }: Speech,
): MixedData => {
  const line = (label: string, data: (number | null)[], colour: string, dash: number[]) => ({
    type: 'line' as const,
    label,
    data,
    stepped: 'middle' as const,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
    stack: label,
  });
  return {
    labels: indices.map((i) => plan.starts[i] ?? ''),
    datasets: [
      line(
        say('operators.required'),
        indices.map((i) => sumAt(tiers, 'required', i)),
        colours.ink,
        [],
      ),
      line(
        say('operators.seen'),
        indices.map((i) => seenAt(tiers, i)),
        colours.actual,
        [5, 4],
      ),
      ...tiers.map((tier) => ({
        type: 'bar' as const,
        label: `${tell(tier.name)} · ${say('operators.scheduled')}`,
        data: indices.map((i) => tier.scheduled[i] ?? 0),
        backgroundColor: tierColour(plan, tier),
        stack: 'scheduled',
        barPercentage: 1,
        categoryPercentage: indices.length > 100 ? 1 : 0.92,
      })),
    ],
  };
};

/** Operators needed, planned and seen, of a tier or all, over a day or the week. */
const OperatorsChart = ({ plan }: { readonly plan: PlanDocument }) => {
  const speech = useSpeech();
  const { say, tell, format } = speech;
  const { tier, setTier, date, setDate, tiers, indices } = useChoice(plan);
  const starts = indices.map((i) => plan.starts[i] ?? '');
  const dayName = date === '' ? say('operators.week') : format.day(date);
  return (
    <Panel
      title={say('operators.title')}
      note={say('operators.note')}
      actions={
        <span className="row">
          <Select
            aria-label={say('operators.tier')}
            value={tier}
            style={{ minWidth: 150 }}
            options={[
              { value: '', label: say('operators.allTiers') },
              ...plan.tiers.map((each) => ({ value: each.tier, label: tell(each.name) })),
            ]}
            onChange={setTier}
          />
          <Select
            aria-label={say('operators.day')}
            value={date}
            style={{ minWidth: 130 }}
            options={[
              { value: '', label: say('operators.week') },
              ...plan.days.map((day) => ({ value: day.date, label: format.day(day.date) })),
            ]}
            onChange={setDate}
          />
        </span>
      }
    >
      <ChartView
        label={say('operators.label', { day: dayName })}
        data={dataOf(plan, tiers, indices, speech)}
        options={{
          onClick: (_, items) => {
            const start = starts[items[0]?.index ?? -1];
            if (start !== undefined) changePlace({ at: start });
          },
          scales: {
            x:
              date === ''
                ? { ...weekScale(starts, format.axisDay), stacked: true }
                : {
                    stacked: true,
                    grid: { display: false },
                    ticks: { maxRotation: 0, callback: (_, i) => (starts[i] ?? '').slice(11) },
                  },
            y: { stacked: true, beginAtZero: true, title: { display: true, text: say('operators.unit') } },
          },
          plugins: {
            annotation: { annotations: date === '' ? midnightLines(starts) : {} },
            tooltip: {
              callbacks: { title: (items) => format.moment(starts[items[0]?.dataIndex ?? 0] ?? '') },
            },
          },
        }}
        table={<OperatorsTable plan={plan} tiers={tiers} indices={indices} />}
      />
      {date !== '' && <p className="note">{say('operators.ask')}</p>}
    </Panel>
  );
};

const OperatorsTable = ({
  plan,
  tiers,
  indices,
}: {
  readonly plan: PlanDocument;
  readonly tiers: readonly Tier[];
  readonly indices: readonly number[];
}) => {
  const { say, tell } = useSpeech();
  return (
    <PlainTable
      rows={indices}
      columns={[
        [say('calls.interval'), 'moment', (i) => plan.starts[i] ?? ''],
        ...tiers.flatMap((tier): Column<number>[] => [
          [`${tell(tier.name)} · ${say('operators.required')}`, 'number', (i) => tier.required[i]],
          [`${tell(tier.name)} · ${say('operators.scheduled')}`, 'number', (i) => tier.scheduled[i]],
        ]),
        [say('operators.seen'), 'number', (i) => seenAt(tiers, i)],
      ]}
    />
  );
};

type Measure = 'connection-rate' | 'service-level';

const Answer = ({ plan, answer }: { readonly plan: PlanDocument; readonly answer: RequirementDocument }) => {
  const { tell } = useSpeech();
  return (
    <>
      <EffectsTable plan={plan} answer={answer} />
      <CurveTable plan={plan} answer={answer} />
      <ul className="said">
        {answer.notices.map((said) => (
          <li key={tell(said)}>{tell(said)}</li>
        ))}
      </ul>
    </>
  );
};

const CurveTable = ({
  plan,
  answer,
}: {
  readonly plan: PlanDocument;
  readonly answer: RequirementDocument;
}) => {
  const { say, format } = useSpeech();
  const { curve } = answer;
  if (curve === null) return null;
  const measure =
    curve.measure === 'connection-rate'
      ? say('figure.connectionRate')
      : say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds });
  const title = say('require.price', { measure, hours: format.count(curve.requiredOperatorHours) });
  return (
    <>
      <h3>{title}</h3>
      <PlainTable
        label={title}
        rows={curve.points}
        columns={[
          [measure, 'share:0', (row) => row.rate],
          [say('require.hours'), 'number:0', (row) => row.operatorHours],
          [say('require.reached'), 'text', (row) => say(row.reached ? 'compare.yes' : 'compare.no')],
        ]}
      />
    </>
  );
};

/** What it would take: one operator more or less in an interval, and what each rate costs in operator-hours. */
const RequirementPanel = memo(({ plan }: { readonly plan: PlanDocument }) => {
  const { say, format } = useSpeech();
  const [at, setAt] = useState<string>();
  const [curve, setCurve] = useState<Measure>('connection-rate');
  const body = { plan: plan.id, curve, ...(at === undefined ? {} : { at }) };
  const { answer, control, ask } = useJobAnswer<RequirementDocument>(
    { kind: 'requirement', request: body },
    () => callApi('explainRequirement', { body }),
  );
  const times = plan.starts.map((start) => ({
    value: start,
    label: `${format.day(start.slice(0, 10))} ${start.slice(11, 16)}`,
  }));
  return (
    <Panel title={say('require.title')} note={say('require.note')}>
      <div className="row">
        <Select
          aria-label={say('require.at')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={say('require.weakest')}
          value={at ?? null}
          style={{ minWidth: 210 }}
          options={times}
          onChange={(value: string | null | undefined) => setAt(value ?? undefined)}
        />
        <Select
          aria-label={say('require.curve')}
          value={curve}
          style={{ minWidth: 190 }}
          options={(['connection-rate', 'service-level'] as const).map((value) => ({
            value,
            label:
              value === 'connection-rate'
                ? say('figure.connectionRate')
                : say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
          }))}
          onChange={setCurve}
        />
        <Button type="primary" loading={control.running} onClick={ask}>
          {say('require.run')}
        </Button>
      </div>
      <JobView control={control} title={say('require.running')} />
      {answer !== undefined && <Answer plan={plan} answer={answer} />}
    </Panel>
  );
});

/** Where people are missing, and why. */
const Short = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, format } = useSpeech();
  const shortage = shortageOf(plan);
  const { openHours, intervals, standInHours, worst } = shortage;
  if (worst === undefined && plan.relaxed.length === 0) return null;
  const tier = plan.tiers.find((each) => each.tier === worst?.tier);
  return (
    <Alert
      type="warning"
      showIcon
      title={
        worst === undefined
          ? say('attention.relaxed', { n: plan.relaxed.length })
          : say('attention.short', {
              open: format.hours(openHours),
              standIns: format.hours(standInHours),
              intervals: format.count(intervals),
              all: format.count(shortage.open),
              at: format.moment(worst.start),
              tier: tier === undefined ? worst.tier : tell(tier.name),
              n: format.decimal(worst.operators),
            })
      }
      description={
        <>
          {worst !== undefined && <ShortageTable plan={plan} shortage={shortage} />}
          {plan.relaxed.length > 0 && (
            <details>
              <summary>{say('attention.why')}</summary>
              <ul>
                {plan.relaxed.map((rule) => (
                  <li key={tell(rule)}>{tell(rule)}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      }
    />
  );
};

/** What is beyond the requirement and whether it can go; how far the search for shifts is from its bound. */
const SpareHours = ({ plan }: { readonly plan: PlanDocument }) => {
  const { tell } = useSpeech();
  const said = planHours(plan);
  return said.length === 0 ? null : (
    <Alert
      type="info"
      showIcon
      title={said.map((each) => (
        <div key={each.code}>{tell(each)}</div>
      ))}
    />
  );
};

/** Who is short where: operator-hours by tier and day, and the moment at which most are short. */
const ShortageTable = ({ plan, shortage }: { readonly plan: PlanDocument; readonly shortage: Shortage }) => {
  const { say, tell, format } = useSpeech();
  const short = shortage.tiers.filter((tier) => tier.worst !== undefined);
  const nameOf = (key: string): string => {
    const tier = plan.tiers.find((each) => each.tier === key);
    return tier === undefined ? key : tell(tier.name);
  };
  const hours = (value: number | undefined): string =>
    value === undefined || value < 0.05 ? noFigure : format.decimal(value);
  return (
    <PlainTable
      label={say('attention.table')}
      rows={short}
      columns={[
        [say('attention.table'), 'text', (tier) => nameOf(tier.tier)],
        ...plan.days.map((day, i): Column<Shortage['tiers'][number]> => [
          format.day(day.date),
          'number',
          (tier) => hours(tier.dayOpenHours[i]),
        ]),
        [say('operators.week'), 'number', (tier) => hours(tier.openHours)],
        [
          say('attention.worst'),
          'text',
          ({ worst }) =>
            worst === undefined
              ? noFigure
              : say('attention.worstAt', {
                  at: format.moment(worst.start),
                  n: format.decimal(worst.operators),
                }),
          { wide: true },
        ],
      ]}
    />
  );
};
