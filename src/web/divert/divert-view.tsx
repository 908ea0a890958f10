import { Select } from 'antd';
import { memo, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Unusual } from '../ui/unusual.tsx';
import { Panel } from '../ui/panel.tsx';
import { useFormat } from '../ui/use-format.ts';
import { placeOf } from '../ui/use-place.ts';
import { useSettled } from '../ui/use-settled.ts';
import { useUnsaved } from '../ui/use-unsaved.ts';
import { useSpeech } from '../words/words.tsx';
import { BrokenRules } from './broken-rules.tsx';
import { DayCurve } from './day-curve.tsx';
import { EffectTable } from './effect-table.tsx';
import { LeversPanel } from './levers-panel.tsx';
import { MisfitsAlert } from './misfits-alert.tsx';
import { projectDay, scaledTakeUp, withoutPrompts } from './project-scenario.ts';
import type { ScenarioPlacement } from '../../diversion/scenario-misfits.ts';
import { PromptTrack } from './prompt-track.tsx';
import { ProvePanel } from './prove-panel.tsx';
import { ScenarioPanel } from './scenario-panel.tsx';
import { ScenarioSliders } from './scenario-sliders.tsx';
import { SensitivityTable } from './sensitivity-table.tsx';
import { SheetPanel } from './sheet-panel.tsx';
import { readScenarios } from './stored-scenarios.ts';
import { StormControl } from './storm-control.tsx';

/** The plan's own prompts as a scenario that changes nothing else. */
export const scenarioOfPlan = (plan: PlanDocument, name: string): ScenarioModel => ({
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
    const { say } = useSpeech();
    const format = useFormat();
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
export const DivertView = ({
  plan,
  plannedOperation,
}: {
  readonly plan: PlanDocument;
  readonly plannedOperation: PlannedOperationDocument;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
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
