import { Slider } from 'antd';
import { memo, useId, type Dispatch, type ReactNode, type SetStateAction } from 'react';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { useSpeech } from '../words/words.tsx';

interface LeverProps {
  readonly label: string;
  readonly value: number;
  readonly shown: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Changes what is there when it is called: what it was made with may be older. */
  readonly change: (value: number) => void;
}

const PlainLever = ({ label, value, shown, min, max, step, change }: LeverProps) => {
  const id = useId();
  return (
    <div className="lever">
      <span id={id}>
        {label} <strong>{shown}</strong>
      </span>
      <Slider
        ariaLabelledByForHandle={id}
        ariaValueTextFormatterForHandle={() => shown}
        min={min}
        max={max}
        step={step}
        value={value}
        tooltip={{ open: false }}
        onChange={change}
      />
    </div>
  );
};

/** One thing that may turn out otherwise, as a slider with its words and value; the others stay as they are drawn. */
export const Lever = memo(
  PlainLever,
  (one, other) => one.label === other.label && one.value === other.value && one.shown === other.shown,
);

/** Longest wait above which prompts can be offered here, seconds. */
const longestOffer = 300;

/** What may turn out otherwise, as sliders, those that are mostly asked about first: the answer follows at once. */
export const ScenarioSliders = ({
  plannedOperation,
  children,
  scenario,
  change,
}: {
  readonly plannedOperation: PlannedOperationDocument;
  readonly scenario: ScenarioModel;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
  /** Controls of the shown day only. */
  readonly children?: ReactNode;
}) => {
  const { say, tell, format } = useSpeech();
  const set = (part: Partial<ScenarioModel>): void => change((now) => ({ ...now, ...part }));
  const above = offeredAbove(plannedOperation, scenario);
  const patience = scenario.patienceFactor ?? cataloguePatience(plannedOperation);
  const factor = (value: number): string => format.percent(value, 0);
  const factorLever = (
    label: 'lever.takeUp' | 'lever.calls' | 'lever.handleTime' | 'lever.channels',
    key: 'takeUpFactor' | 'callsFactor' | 'handleTimeFactor' | 'channelCapacityFactor',
    min: number,
    max: number,
    step: number,
  ): ReactNode => (
    <Lever
      label={say(label)}
      value={scenario[key]}
      shown={factor(scenario[key])}
      {...{ min, max, step }}
      change={(value) => set({ [key]: value })}
    />
  );
  const operators = (tier: PlannedOperationDocument['tiers'][number]): ReactNode => (
    <Lever
      key={tier.tier}
      label={say('lever.operators', { tier: tell(tier.name) })}
      value={scenario.operatorsChange[tier.tier] ?? 0}
      shown={format.signed(scenario.operatorsChange[tier.tier] ?? 0)}
      min={-10}
      max={10}
      step={1}
      change={(by) =>
        change((now) => ({ ...now, operatorsChange: { ...now.operatorsChange, [tier.tier]: by } }))
      }
    />
  );
  const [largest, ...otherTiers] = byOperators(plannedOperation);
  return (
    <div className="levers">
      {plannedOperation.catalogue.prompts.length > 0 &&
        factorLever('lever.takeUp', 'takeUpFactor', 0, 3, 0.1)}
      {factorLever('lever.calls', 'callsFactor', 0.5, 2, 0.05)}
      {factorLever('lever.handleTime', 'handleTimeFactor', 0.5, 1.5, 0.05)}
      {largest !== undefined && operators(largest)}
      <details className="more-levers">
        <summary>{say('lever.more')}</summary>
        {otherTiers.map(operators)}
        {children}
        {plannedOperation.catalogue.prompts.length > 0 && (
          <>
            {factorLever('lever.channels', 'channelCapacityFactor', 0, 3, 0.1)}
            <Lever
              label={say('lever.offered')}
              value={above}
              shown={above === 0 ? say('lever.everyone') : say('lever.above', { n: above })}
              min={0}
              max={Math.max(longestOffer, above)}
              step={5}
              change={(seconds) => set({ offeredTo: seconds === 0 ? 'all' : { waitAboveSeconds: seconds } })}
            />
            <Lever
              label={say('lever.patience')}
              value={patience}
              shown={factor(patience)}
              min={0.5}
              max={Math.max(2, patience)}
              step={0.1}
              change={(patienceFactor) => set({ patienceFactor })}
            />
          </>
        )}
      </details>
    </div>
  );
};

/** Tiers, the one with most operators on duty first: where one more or less is mostly asked about. */
const byOperators = ({ tiers }: PlannedOperationDocument): PlannedOperationDocument['tiers'] => {
  const hours = (operators: readonly number[]): number => operators.reduce((sum, n) => sum + n, 0);
  return tiers.toSorted((one, other) => hours(other.operators) - hours(one.operators));
};

/** Seconds above which the scenario's prompts are offered; the catalogue's where the scenario is silent and all agree. */
const offeredAbove = (plannedOperation: PlannedOperationDocument, { offeredTo }: ScenarioModel): number => {
  const secondsOf = (own: ScenarioModel['offeredTo']): number =>
    own === undefined || own === 'all' ? 0 : own.waitAboveSeconds;
  if (offeredTo !== undefined) return secondsOf(offeredTo);
  return Math.min(...plannedOperation.catalogue.prompts.map((prompt) => secondsOf(prompt.offeredTo)));
};

const cataloguePatience = ({ catalogue }: PlannedOperationDocument): number =>
  catalogue.prompts[0]?.response.patienceFactor ?? 1;
