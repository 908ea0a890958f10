import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { isWhatIf } from '../../contract/plan-states.ts';
import type { AnswerFinding } from '../../render/answer-findings.ts';
import { isWorthReporting, planAccounts, planFigures } from '../../render/plan-changes.ts';
import { weekAnswer } from '../../render/week-answer.ts';
import { useAnswer } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { changeText, figureText, type Kind } from '../../render/table.ts';
import { PlainTable, type Column } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { noFigure } from '../../words/figures.ts';
import { type Speech, useSpeech } from '../words/words.tsx';
import { planName, WhatIfAsked } from './plan-name.tsx';
import { Reasons } from './since-last.tsx';

type NamedPlans = readonly { readonly id: string; readonly name?: string | undefined }[];

/** A plan beside the one it is held against: what differs first. */
export const ComparePlans = ({
  id,
  against,
  names,
}: {
  readonly id: string;
  readonly against: string;
  readonly names: NamedPlans;
}) => {
  // Whichever is open, what is asked stands against what is planned.
  const [base, changed] = isWhatIf(against) && !isWhatIf(id) ? [id, against] : [against, id];
  const [plan, retry] = useAnswer('plan', { params: { plan: changed } });
  const [other, retryOther] = useAnswer('plan', { params: { plan: base } });
  return (
    <LoadedView loaded={plan} retry={retry}>
      {(after) => (
        <LoadedView loaded={other} retry={retryOther}>
          {(before) => <SideBySide before={before} after={after} names={names} shown={id} />}
        </LoadedView>
      )}
    </LoadedView>
  );
};

/** A difference, of shares with its unit: beside percentages a bare figure could be percent. */
const changeIn = ({ say, language }: Speech, from: number | null, to: number | null, kind: Kind): string => {
  const change = changeText(from, to, kind, language);
  return kind === 'share' && change !== noFigure ? say('against.points', { change }) : change;
};

interface Pair {
  readonly before: number | null;
  readonly after: number | null;
}

const kindOfFigure = ({ code }: AnswerFinding): Kind => {
  switch (code) {
    case 'changed-connection':
    case 'changed-level':
    case 'changed-band':
      return 'share';
    case 'changed-wages':
      return 'money';
    default:
      return 'number:0';
  }
};

const SideBySide = ({
  before,
  after,
  names,
  shown,
}: {
  readonly before: PlanDocument;
  readonly after: PlanDocument;
  readonly names: NamedPlans;
  readonly shown: string;
}) => {
  const speech = useSpeech();
  const { say, tell, language } = speech;
  const given = (plan: PlanDocument): string | undefined =>
    planName({ ...plan, name: names.find(({ id }) => id === plan.id)?.name }, speech);
  const isTold = given(before) !== undefined || isWhatIf(after.id);
  /** Two plans of one week without names are distinguished by their ids. */
  const nameOf = (plan: PlanDocument): string =>
    given(plan) ?? (isTold && !isWhatIf(plan.id) ? say('against.own') : plan.id);
  const all = planFigures(before, after);
  const figures = [...all.filter(isWorthReporting), ...all.filter((each) => !isWorthReporting(each))];
  const pairOf = ({ values }: AnswerFinding): Pair => values as unknown as Pair;
  const head = (plan: PlanDocument) => (
    <>
      <a href={placeHref('plan', { plan: plan.id })}>{nameOf(plan)}</a>{' '}
      {nameOf(plan) !== plan.id && <small className="note">{plan.id}</small>}
    </>
  );
  return (
    <>
      <Panel
        title={say('against.title')}
        note={before.week === after.week ? undefined : say('against.otherWeek')}
        actions={<a href={placeHref('plan', { plan: shown })}>{say('against.back')}</a>}
      >
        <WhatIfAsked plan={after} />
        <div className="halves">
          {[before, after].map((plan) => (
            <p key={plan.id}>
              {head(plan)}
              <br />
              {tell(weekAnswer(plan))}
            </p>
          ))}
        </div>
        <PlainTable
          rows={figures}
          columns={[
            [
              say('against.figure'),
              'text',
              ({ code }) =>
                code === 'changed-level'
                  ? say('figure.serviceLevel', { n: after.answerTimeThresholdSeconds })
                  : say(`moved.${code as MovedCode}`),
            ],
            ...(['before', 'after'] as const).map((side): Column<AnswerFinding> => [
              nameOf(side === 'before' ? before : after),
              'number',
              (figure) =>
                figureText(pairOf(figure)[side], kindOfFigure(figure), language, after.total.currency),
            ]),
            [
              say('against.change'),
              'number',
              (figure) => {
                const { before: from, after: to } = pairOf(figure);
                const change = changeIn(speech, from, to, kindOfFigure(figure));
                return isWorthReporting(figure) ? <strong>{change}</strong> : change;
              },
            ],
          ]}
        />
        {planAccounts(before, after).map((said) => (
          <p key={said.code}>{tell(said)}</p>
        ))}
        <Reasons before={before} after={after} />
      </Panel>
      <DayDifferences before={before} after={after} nameOf={nameOf} />
    </>
  );
};

type MovedCode =
  | 'changed-calls'
  | 'changed-required'
  | 'changed-paid'
  | 'changed-wages'
  | 'changed-short'
  | 'changed-connection'
  | 'changed-band';

type Day = PlanDocument['days'][number];

/** Each day's figures in the second plan, with how far they are from the first. */
const DayDifferences = ({
  before,
  after,
  nameOf,
}: {
  readonly before: PlanDocument;
  readonly after: PlanDocument;
  readonly nameOf: (plan: PlanDocument) => string;
}) => {
  const speech = useSpeech();
  const { say, language, format } = speech;
  const column = (heading: string, kind: Kind, of: (day: Day) => number | null): Column<Day> => [
    heading,
    kind,
    (day) => {
      const same = before.days.find(({ weekday }) => weekday === day.weekday);
      const [from, to] = [same === undefined ? null : of(same), of(day)];
      return (
        <>
          {figureText(to, kind, language)}
          <small className="under">{changeIn(speech, from, to, kind)}</small>
        </>
      );
    },
  ];
  return (
    <Panel
      title={say('against.days')}
      note={say('against.daysNote', { before: nameOf(before), after: nameOf(after) })}
    >
      <PlainTable
        rows={after.days}
        columns={[
          [say('day.day'), 'text', (day) => format.day(day.date)],
          column(say('day.calls'), 'number:0', (day) => day.calls.mean),
          column(say('why.hours'), 'number:0', (day) => day.requiredOperatorHours),
          column(say('day.shifts'), 'number:0', (day) => day.shifts),
          column(say('figure.connectionRate'), 'share', (day) => day.connectionRate.mean),
          column(
            say('figure.serviceLevel', { n: after.answerTimeThresholdSeconds }),
            'share',
            (day) => day.serviceLevel.mean,
          ),
        ]}
      />
    </Panel>
  );
};
