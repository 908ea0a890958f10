import { Alert, Button, Select } from 'antd';
import {
  type Dispatch,
  memo,
  type RefObject,
  type SetStateAction,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { SimulateDocument } from '../../contract/documents/effect-documents.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import {
  type Misfit,
  scenarioMisfits,
  type ScenarioMisfits,
  type ScenarioPlacement,
  type Surge,
  withoutMisfits,
} from '../../diversion/apply-scenario.ts';
import { planInForce } from '../../contract/plan-states.ts';
import { addDays, dayNumber, weekdayOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useLoad } from '../api/use-load.ts';
import { PlanBasis } from '../plan/plan-name.tsx';
import { useJobAnswer } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { EmptyView, JobView, LoadedView } from '../ui/states.tsx';
import { Unusual } from '../ui/unusual.tsx';
import { placeHref, placeOf, useUnsaved } from '../ui/use-place.ts';
import { type PlainKey, useSpeech } from '../words/words.tsx';
import { DayCurve, PromptTrack } from './prompt-track.tsx';
import { LeversPanel } from './levers-panel.tsx';
import { operationOf, projectDay, scaledTakeUp } from './project-scenario.ts';
import { EffectTable, readScenarios, ScenarioPanel } from './scenario-panel.tsx';
import { ScenarioSliders } from './scenario-sliders.tsx';
import { SensitivityTable, StormControl } from './sensitivity-table.tsx';
import { BrokenRules, SheetPanel } from './sheet-panel.tsx';

/** Journey 2: try prompts on a plan. */
export const DivertPage = ({ workspace, params }: PageProps) => {
  const { say } = useSpeech();
  const id = params.get('plan') ?? planInForce(workspace.plans)?.id;
  return (
    <>
      <div className="row title">
        <h1>{say('nav.divert')}</h1>
      </div>
      {id === undefined ? (
        <EmptyView title={say('divert.none')}>
          {may('makePlan') && (
            <a className="button" href={placeHref('plan')}>
              {say('divert.makePlan')}
            </a>
          )}
        </EmptyView>
      ) : (
        <>
          <PlanBasis plans={workspace.plans} id={id} page="divert" />
          <PlanToDivert id={id} />
        </>
      )}
    </>
  );
};

const PlanToDivert = ({ id }: { readonly id: string }) => {
  const [loaded, retry] = useLoad(`divert ${id}`, async (signal) => {
    const params = { plan: id };
    const [plan, plannedOperation] = await Promise.all([
      callApi('plan', { params, signal }),
      callApi('planWorld', { params, signal }),
    ]);
    return { plan, plannedOperation };
  });
  return (
    <LoadedView loaded={loaded} retry={retry}>
      {({ plan, plannedOperation }) => (
        <DivertView key={plan.id} plan={plan} plannedOperation={plannedOperation} />
      )}
    </LoadedView>
  );
};

/** The plan's own prompts as a scenario that changes nothing else. */
const scenarioOfPlan = (plan: PlanDocument, name: string): ScenarioModel => ({
  scenario: name,
  callsFactor: 1,
  surges: [],
  handleTimeFactor: 1,
  operatorsChange: {},
  takeUpFactor: 1,
  prompts: 'as-planned',
  placements: plan.prompts.map(({ prompt, queue, date, from, to }) => ({ prompt, queue, date, from, to })),
  channelCapacityFactor: 1,
});

/** The day with most prompts, else the one with most calls. */
const dayToShow = (plan: PlanDocument): string =>
  [...plan.days].sort(
    (a, b) => b.prompts.length - a.prompts.length || (b.calls.mean ?? 0) - (a.calls.mean ?? 0),
  )[0]?.date ?? plan.firstDate;

const noPlacements: readonly ScenarioPlacement[] = [];

const DayPicker = memo(
  ({
    plan,
    date,
    pick,
  }: {
    readonly plan: PlanDocument;
    readonly date: string;
    readonly pick: (date: string) => void;
  }) => {
    const { say, format } = useSpeech();
    return (
      <Select
        aria-label={say('operators.day')}
        value={date}
        style={{ minWidth: 190 }}
        options={plan.days.map((day) => ({
          value: day.date,
          label: `${format.day(day.date)} · ${say('divert.dayCalls', { n: format.count(day.calls.mean) })}`,
        }))}
        onChange={pick}
      />
    );
  },
);

/** Whether prompts were drawn, or anything else changed, that is neither the plan's nor kept in this browser. */
const isDrawnAnew = (scenario: ScenarioModel, first: ScenarioModel): boolean => {
  const drawn = ({ scenario: _name, ...rest }: ScenarioModel): string => JSON.stringify(rest);
  const now = drawn(scenario);
  return (
    now !== drawn(first) && !readScenarios(window.localStorage).scenarios.some((kept) => drawn(kept) === now)
  );
};

/** Journey 2 on one plan: a day's curve, prompts to draw, sliders, figures, proof and kept scenarios. */
const DivertView = ({
  plan,
  plannedOperation,
}: {
  readonly plan: PlanDocument;
  readonly plannedOperation: PlannedOperationDocument;
}) => {
  const { say, format } = useSpeech();
  const [date, setDate] = useState(() => dayToShow(plan));
  const [scenario, setScenario] = useState(() => scenarioOfPlan(plan, say('scenario.first')));
  const [first] = useState(scenario);
  const calm = JSON.stringify(withoutPrompts(scenario));
  const before = useMemo(
    () => projectDay(plannedOperation, JSON.parse(calm) as ScenarioModel, plan.starts, date).before,
    [plannedOperation, calm, plan.starts, date],
  );
  const { answer, millis } = useMemo(() => {
    const began = performance.now();
    const projected = projectDay(plannedOperation, scenario, plan.starts, date, before);
    return { answer: projected, millis: performance.now() - began };
  }, [plannedOperation, scenario, plan.starts, date, before]);
  // What is not watched while a slider moves comes when it rests.
  const settled = useSettled(scenario);
  // Buttons take the scenario as it is when they are pressed, and need not be drawn again with every step of a slider.
  const latest = useRef(scenario);
  useLayoutEffect(() => {
    latest.current = scenario;
  }, [scenario]);
  const shown = placeOf(window.location.hash).params.get('plan');
  useUnsaved(
    scenario !== first,
    ({ page, params }) => page === 'divert' && params.get('plan') === shown,
    () => isDrawnAnew(latest.current, first),
  );
  // The day's curve and sliders stand first; tables below it that cost as much again come right after.
  const isDrawn = useDeferredValue(true, false);
  const [half, double] = useMemo(
    () =>
      isDrawn
        ? [0.5, 2].map(
            (factor) => projectDay(plannedOperation, scaledTakeUp(settled, factor), plan.starts, date).after,
          )
        : [],
    [isDrawn, plannedOperation, settled, plan.starts, date],
  );
  return (
    <>
      <Unusual said={plan.unusual} />
      <div className="row">
        <DayPicker plan={plan} date={date} pick={setDate} />
        <span className="note" data-testid="answer-millis" data-millis={millis.toFixed(1)}>
          {say('divert.millis', { n: format.decimal(millis, 0) })}
        </span>
      </div>
      <Panel title={say('divert.title')} note={say('divert.note', { n: plan.answerTimeThresholdSeconds })}>
        <DayCurve plan={plan} date={date} answer={answer} />
        <PromptTrack
          plan={plan}
          plannedOperation={plannedOperation}
          date={date}
          placements={scenario.placements ?? noPlacements}
          change={setScenario}
        />
        <BrokenRules plannedOperation={plannedOperation} answer={answer} />
        <MisfitsAlert
          plan={plan}
          plannedOperation={plannedOperation}
          scenario={scenario}
          change={setScenario}
        />
      </Panel>
      <div className="two">
        <Panel title={say('divert.whatIf')}>
          <ScenarioSliders plannedOperation={plannedOperation} scenario={scenario} change={setScenario}>
            <StormControl key={date} date={date} scenario={scenario} change={setScenario} />
          </ScenarioSliders>
        </Panel>
        <Panel title={say('divert.effect')} note={say('divert.effectNote')}>
          {half !== undefined && double !== undefined && (
            <EffectTable plan={plan} answer={answer} half={half} double={double} />
          )}
          <h3>{say('case.title')}</h3>
          {isDrawn && (
            <SensitivityTable
              plan={plan}
              plannedOperation={plannedOperation}
              date={date}
              scenario={settled}
            />
          )}
        </Panel>
      </div>
      <ProvePanel plan={plan} latest={latest} />
      <ScenarioPanel
        plan={plan}
        plannedOperation={plannedOperation}
        date={date}
        name={scenario.scenario}
        latest={latest}
        change={setScenario}
      />
      <LeversPanel plan={plan} />
      {isDrawn && <SheetPanel plan={plan} plannedOperation={plannedOperation} scenario={settled} />}
    </>
  );
};

const reasons: Readonly<Record<Misfit, PlainKey>> = {
  'other-week': 'misfit.otherWeek',
  'unknown-prompt': 'misfit.unknownPrompt',
  'unknown-queue': 'misfit.unknownQueue',
  'off-grid': 'misfit.offGrid',
  'between-starts': 'misfit.betweenStarts',
};

/** What of the scenario has no place in this plan, and is left out: to be moved to its week or taken away. */
const MisfitsAlert = ({
  plan,
  plannedOperation,
  scenario,
  change,
}: {
  readonly plan: PlanDocument;
  readonly plannedOperation: PlannedOperationDocument;
  readonly scenario: ScenarioModel;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}) => {
  const { say, tell } = useSpeech();
  const misfitsOf = (drawn: ScenarioModel) =>
    scenarioMisfits(operationOf(plannedOperation), drawn, {
      starts: plan.starts,
      catalogue: plannedOperation.catalogue,
    });
  const misfits = misfitsOf(scenario);
  const all = [...misfits.placements, ...misfits.surges];
  if (all.length === 0) return null;
  const queueName = (key: string): string =>
    tell(plannedOperation.queues.find(({ queue }) => queue === key)?.name ?? { 'zh-CN': key, en: key });
  const promptName = (key: string): string =>
    tell(
      plannedOperation.catalogue.prompts.find(({ prompt }) => prompt === key)?.name ?? {
        'zh-CN': key,
        en: key,
      },
    );
  return (
    <Alert
      type="warning"
      showIcon
      title={say('misfit.title', { n: all.length })}
      description={
        <>
          <ul>
            {misfits.placements.map(({ placement: { prompt, queue, date, from, to }, why }, i) => (
              <li key={`${i} ${date}`}>
                {`${date} ${from}–${to} · ${queueName(queue)} · ${promptName(prompt)} · ${say(reasons[why])}`}
              </li>
            ))}
            {misfits.surges.map(({ surge, why }, i) => (
              <li key={`${i} ${surge.from}`}>
                {`${surge.from.slice(0, 16).replace('T', ' ')} · ${say('misfit.surge')} · ${say(reasons[why])}`}
              </li>
            ))}
          </ul>
          <span className="row">
            {all.some(({ why }) => why === 'other-week') && (
              <Button size="small" onClick={() => change((now) => movedToWeek(plan, now, misfitsOf(now)))}>
                {say('misfit.move')}
              </Button>
            )}
            <Button size="small" danger onClick={() => change((now) => withoutMisfits(now, misfitsOf(now)))}>
              {say('misfit.remove')}
            </Button>
          </span>
        </>
      }
    />
  );
};

type Place = Pick<PlanDocument, 'days'>;

/** The plan's date on the same weekday. */
const sameWeekday = ({ days }: Place, date: string): string =>
  days.find((day) => weekdayOf(day.date) === weekdayOf(date))?.date ?? date;

/** A placement that is `moved` comes from another week; one that does not `fit` has no place in the plan. */
interface Settling {
  readonly own: ScenarioPlacement;
  readonly moved: boolean;
  readonly fits: boolean;
}

const overlap = (one: ScenarioPlacement, other: ScenarioPlacement): boolean =>
  one.prompt === other.prompt &&
  one.queue === other.queue &&
  one.date === other.date &&
  one.from < other.to &&
  other.from < one.to;

/** The same with one more: what a moved one comes to lie on is one with it, from the first start to the last end. */
const settle = (settled: readonly Settling[], next: Settling): readonly Settling[] => {
  const meets = ({ own, moved, fits }: Settling): boolean =>
    fits && next.fits && (moved || next.moved) && overlap(own, next.own);
  const met = [...settled.filter(meets), next];
  if (met.length === 1) return [...settled, next];
  const [from = next.own.from] = met.map(({ own }) => own.from).toSorted();
  const to =
    met
      .map(({ own }) => own.to)
      .toSorted()
      .at(-1) ?? next.own.to;
  const joined = { own: { ...next.own, from, to }, moved: true, fits: true };
  return [...settled.filter((each) => !meets(each)), joined];
};

/**
 * What was drawn for another week on the same weekdays of the plan's. A prompt that comes to lie on the same one for the
 * same queue is one with it, so that no time is drawn twice.
 */
export const movedToWeek = (
  plan: Place,
  scenario: ScenarioModel,
  { placements, surges }: Pick<ScenarioMisfits, 'placements' | 'surges'>,
): ScenarioModel => {
  const moved = ({ from, to, ...surge }: Surge): Surge => {
    const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
    const target = sameWeekday(plan, first);
    const days = dayNumber(target) - dayNumber(first);
    return { ...surge, from: `${target}${from.slice(10)}`, to: `${addDays(last, days)}${to.slice(10)}` };
  };
  const settling = (setting: ScenarioPlacement): Settling => {
    const why = placements.find(({ placement }) => placement === setting)?.why;
    const moved = why === 'other-week';
    return {
      own: moved ? { ...setting, date: sameWeekday(plan, setting.date) } : setting,
      moved,
      fits: moved || why === undefined,
    };
  };
  return {
    ...scenario,
    surges: scenario.surges.map((own) =>
      surges.some(({ surge, why }) => surge === own && why === 'other-week') ? moved(own) : own,
    ),
    ...(scenario.placements === undefined
      ? {}
      : {
          placements: scenario.placements
            .map(settling)
            .reduce<readonly Settling[]>(settle, [])
            .map(({ own }) => own),
        }),
  };
};

const Proof = ({ proved, seconds }: { readonly proved: SimulateDocument; readonly seconds: number }) => {
  const { say, tell, format } = useSpeech();
  const { proof, baseline, outcome } = proved;
  const within = (pair: readonly [number, number] | undefined): string =>
    pair === undefined ? format.percent(null) : `${format.percent(pair[0])} ± ${format.percent(pair[1])}`;
  const rows = [
    {
      name: say('figure.connectionRate'),
      before: baseline.connectionRate,
      after: outcome.connectionRate,
      proof: proof?.connectionRate,
    },
    {
      name: say('figure.serviceLevel', { n: seconds }),
      before: baseline.serviceLevel,
      after: outcome.serviceLevel,
      proof: proof?.serviceLevel,
    },
  ];
  return (
    <>
      <p>
        {say('prove.done', { name: proved.scenario, n: proof?.replications ?? 0 })} {tell(proved.basis.told)}
      </p>
      <PlainTable
        rows={rows}
        columns={[
          [say('effect.measure'), 'text', (row) => row.name],
          [say('prove.asPlanned'), 'share', (row) => row.before],
          [say('prove.formula'), 'share', (row) => row.after],
          [say('prove.simulated'), 'number', (row) => within(row.proof)],
        ]}
      />
    </>
  );
};

/** Runs the event simulation of the whole week with this scenario, call by call, beside the formula's answer. */
const ProvePanel = memo(
  ({ plan, latest }: { readonly plan: PlanDocument; readonly latest: RefObject<ScenarioModel> }) => {
    const { say } = useSpeech();
    // As it was opened: what is drawn meanwhile lets go of nothing that was asked for.
    const [request] = useState(() => ({ plan: plan.id, scenario: latest.current }));
    const {
      answer: proved,
      control,
      ask,
    } = useJobAnswer<SimulateDocument>({ kind: 'simulate', request }, () =>
      callApi('makeSimulation', { body: { plan: plan.id, scenario: latest.current } }),
    );
    return (
      <Panel
        title={say('prove.title')}
        note={say('prove.note')}
        actions={
          <Button type="primary" loading={control.running} onClick={ask}>
            {say('prove.run')}
          </Button>
        }
      >
        <JobView control={control} title={say('prove.running')} />
        {proved !== undefined && <Proof proved={proved} seconds={plan.answerTimeThresholdSeconds} />}
      </Panel>
    );
  },
);

const settledMillis = 150;

/** A value once it has stayed the same for `settledMillis`: for work that nobody watches while a slider moves. */
const useSettled = <Value,>(value: Value): Value => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settledMillis);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

/** A scenario with all left out that a day without prompts does not depend on: alike for the same such day. */
const withoutPrompts = (scenario: ScenarioModel): ScenarioModel => ({
  ...scenario,
  scenario: 'without prompts',
  takeUpFactor: 1,
  channelCapacityFactor: 1,
  offeredTo: 'all',
  patienceFactor: 1,
  placements: [],
});
