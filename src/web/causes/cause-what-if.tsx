import { Button, Select } from 'antd';
import { useState } from 'react';
import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { ForecastFindings } from '../../forecast/forecast-findings.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { messages } from '../../words/messages.ts';
import { assumedValue, causeValue } from '../../words/planning.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useJob, useKeptChoice } from '../api/use-load.ts';
import { NumberInput } from '../ui/number-input.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-cause'));

interface Answer {
  readonly asked: Assumed;
  readonly days: readonly DayBeside[];
  readonly said: readonly Sayable[];
}

const wholeWeek = 'week';

/** What the week would bring with another value of a cause, beside what it brings as it is; to be kept as a plan. */
export const CauseWhatIf = ({
  plan,
  make,
}: {
  readonly plan: PlanDocument;
  readonly make: (request: Partial<PlanRequest>) => void;
}) => {
  const { say, format } = useSpeech();
  const control = useJob();
  const causes = causesOfPlan(plan);
  const [name, setName] = useKeptChoice(`cause ${plan.id}`, causes[0]?.name);
  const [when, setWhen] = useKeptChoice(`cause-when ${plan.id}`, wholeWeek);
  const [value, setValue] = useKeptChoice<number | null>(`cause-value ${plan.id}`, null);
  const [answer, setAnswer] = useState<Answer>();
  const cause = causes.find((each) => each.name === name) ?? causes[0];
  if (cause === undefined) return null;
  const forecast = async (text?: string): Promise<ForecastDocument | undefined> => {
    const body = {
      from: plan.firstDate,
      days: 7,
      seed: plan.seed,
      ...(text === undefined ? {} : { cause: [text] }),
    };
    return (await control.run(() => callApi('makeForecast', { body }))) as ForecastDocument | undefined;
  };
  const look = async (): Promise<void> => {
    if (value === null) return;
    setAnswer(undefined);
    const asked = { cause: cause.name, date: when === wholeWeek ? null : when, value };
    const assumed = await forecast(causeRequest(asked));
    const without = assumed && (await forecast());
    if (assumed === undefined || without === undefined) return;
    setAnswer({ asked, days: daysBeside(without, assumed), said: saidOf(assumed) });
  };
  return (
    <Panel title={say('causeIf.title')} note={say('causeIf.note')}>
      <form
        className="form-grid"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <label>
          {say('causeIf.cause')}
          <Select
            aria-label={say('causeIf.cause')}
            value={cause.name}
            options={causes.map((each) => ({ value: each.name, label: each.name }))}
            onChange={setName}
          />
        </label>
        <label>
          {say('causeIf.when')}
          <Select
            aria-label={say('causeIf.when')}
            value={when}
            options={[
              { value: wholeWeek, label: say('causeIf.week') },
              ...plan.days.map(({ date }) => ({ value: date, label: format.day(date) })),
            ]}
            onChange={setWhen}
          />
        </label>
        <label>
          {cause.least === undefined || cause.most === undefined
            ? say('causeIf.value')
            : say('causeIf.seen', { least: causeValue(cause.least), most: causeValue(cause.most) })}
          <NumberInput style={{ width: '100%' }} value={value} onChange={setValue} />
        </label>
        <Button type="primary" htmlType="submit" disabled={value === null} loading={control.running}>
          {say('causeIf.show')}
        </Button>
      </form>
      <JobView control={control} title={say('causeIf.running')} />
      <div aria-live="polite">{answer !== undefined && <Beside answer={answer} make={make} />}</div>
    </Panel>
  );
};

/** What must be said of an assumed value: that no such was ever seen, or that it changes nothing. */
const saidOf = ({ queues, notices }: ForecastDocument): Sayable[] => [
  ...queues.flatMap(({ reasons }) =>
    reasons.filter((said) => 'code' in said && said.code === 'cause-never-seen'),
  ),
  ...notices.filter((said) => 'code' in said && said.code === 'assumed-cause-has-no-part'),
];

const Beside = ({
  answer: { asked, days, said },
  make,
}: {
  readonly answer: Answer;
  readonly make: (request: Partial<PlanRequest>) => void;
}) => {
  const { say, tell, language, format } = useSpeech();
  const title = say('causeIf.beside', { asked: assumedValue(language)(asked) });
  const share = ({ without, assumed }: DayBeside): string =>
    without > 0 ? `${format.points(assumed / without - 1, 1)}%` : '';
  return (
    <>
      <h3>{title}</h3>
      <PlainTable
        snug
        label={title}
        rows={days}
        columns={[
          [
            say('day.day'),
            'text',
            ({ date }) => (date === undefined ? say('causeIf.whole') : format.day(date)),
          ],
          [say('causeIf.without'), 'number:0', ({ without }) => without],
          [say('causeIf.with'), 'number:0', ({ assumed }) => assumed],
          [
            say('causeIf.more'),
            'signed',
            ({ without, assumed }) => Math.round(assumed) - Math.round(without),
          ],
          [say('causeIf.share'), 'number', share],
        ]}
      />
      {said.map((each) => (
        <p key={tell(each)}>{tell(each)}</p>
      ))}
      {may('makePlan') && (
        <Button onClick={() => make({ cause: [causeRequest(asked)] })}>{say('causeIf.keep')}</Button>
      )}
    </>
  );
};

/** A cause that moves calls of the plan's forecast; what it was so far is not told by plans of earlier versions. */
interface PlanCause {
  readonly name: string;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** The causes that have a part in the forecast of any of a plan's queues. */
export const causesOfPlan = ({ queues }: Pick<PlanDocument, 'queues'>): PlanCause[] => {
  const found = queues
    .flatMap(({ reasons }) => reasons)
    .flatMap((said) =>
      'code' in said && said.code === 'cause-found'
        ? [(said.values ?? {}) as Partial<ForecastFindings['cause-found']>]
        : [],
    )
    // A plan of another version may not tell which.
    .flatMap(({ name, ...range }) => (name === undefined ? [] : [{ name, ...range }]));
  return [...Map.groupBy(found, ({ name }) => name)].map(([name, own]) => {
    const ends = own.flatMap(({ least, most }) =>
      least === undefined || most === undefined ? [] : [least, most],
    );
    return ends.length === 0
      ? { name, least: undefined, most: undefined }
      : { name, least: Math.min(...ends), most: Math.max(...ends) };
  });
};

/** A value that is assumed, on every day of the week (null) or on one. */
type Assumed = NonNullable<PlanDocument['assumedCauses']>[number];

/** The same as a request has it. */
export const causeRequest = ({ cause, date, value }: Assumed): string =>
  `${cause}${date === null ? '' : `@${date}`}=${Number.isInteger(value) ? value : Number(value.toFixed(6))}`;

interface DayBeside {
  /** undefined: the whole week. */
  readonly date: string | undefined;
  readonly without: number;
  readonly assumed: number;
}

type Forecast = Pick<ForecastDocument, 'queues'>;

const callsOf = ({ queues }: Forecast, date: string): number =>
  queues.reduce((sum, { days }) => sum + (days.find((day) => day.date === date)?.mean ?? 0), 0);

/** Calls of each day by both forecasts, all queues together, the whole week last. */
export const daysBeside = (without: Forecast, assumed: Forecast): DayBeside[] => {
  const days = (without.queues[0]?.days ?? []).map(({ date }): DayBeside => ({
    date,
    without: callsOf(without, date),
    assumed: callsOf(assumed, date),
  }));
  const sum = (of: 'without' | 'assumed'): number => days.reduce((all, day) => all + day[of], 0);
  return [...days, { date: undefined, without: sum('without'), assumed: sum('assumed') }];
};
