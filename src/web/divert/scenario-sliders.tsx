import { Slider } from 'antd';
import { useId, type ReactNode } from 'react';
import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** One thing that may turn out otherwise, as a slider with its words and value. */
export const Lever = ({
  label,
  value,
  shown,
  min,
  max,
  step,
  change,
}: {
  readonly label: string;
  readonly value: number;
  readonly shown: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly change: (value: number) => void;
}) => {
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

/** What may turn out otherwise, as sliders: the answer follows at once. */
export const ScenarioSliders = ({
  world,
  children,
  scenario,
  change,
}: {
  readonly world: PlanWorldDocument;
  readonly scenario: ScenarioModel;
  readonly change: (scenario: ScenarioModel) => void;
  /** Controls of the shown day only. */
  readonly children?: ReactNode;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const factor = (value: number): string => format.percent(value, 0);
  return (
    <div className="levers">
      <Lever
        label={say('lever.takeUp')}
        value={scenario.takeUpFactor}
        shown={factor(scenario.takeUpFactor)}
        min={0}
        max={3}
        step={0.1}
        change={(takeUpFactor) => change({ ...scenario, takeUpFactor })}
      />
      <Lever
        label={say('lever.calls')}
        value={scenario.callsFactor}
        shown={factor(scenario.callsFactor)}
        min={0.5}
        max={2}
        step={0.05}
        change={(callsFactor) => change({ ...scenario, callsFactor })}
      />
      <Lever
        label={say('lever.handleTime')}
        value={scenario.handleTimeFactor}
        shown={factor(scenario.handleTimeFactor)}
        min={0.5}
        max={1.5}
        step={0.05}
        change={(handleTimeFactor) => change({ ...scenario, handleTimeFactor })}
      />
      <Lever
        label={say('lever.channels')}
        value={scenario.channelCapacityFactor}
        shown={factor(scenario.channelCapacityFactor)}
        min={0}
        max={3}
        step={0.1}
        change={(channelCapacityFactor) => change({ ...scenario, channelCapacityFactor })}
      />
      {children}
      {world.tiers.map((tier) => (
        <Lever
          key={tier.tier}
          label={say('lever.operators', { tier: tell(tier.name) })}
          value={scenario.operatorsChange[tier.tier] ?? 0}
          shown={format.signed(scenario.operatorsChange[tier.tier] ?? 0)}
          min={-10}
          max={10}
          step={1}
          change={(by) =>
            change({ ...scenario, operatorsChange: { ...scenario.operatorsChange, [tier.tier]: by } })
          }
        />
      ))}
    </div>
  );
};
