import { Select } from 'antd';
import type { Dispatch, SetStateAction } from 'react';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { clockText } from '../../kernel/time-window.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { Lever } from './scenario-sliders.tsx';

/** Hours that a storm lasts, at most until midnight. */
const stormHours = 6;

/** The storm of a day in a scenario: when it starts, and how many times the usual calls it brings. */
export const stormOf = (scenario: ScenarioModel, date: string): { start: string; factor: number } => {
  const surge = scenario.surges.find((each) => each.queue === undefined && each.from.startsWith(date));
  return { start: surge?.from.slice(11, 16) ?? '14:00', factor: surge?.factor ?? 1 };
};

/** The scenario with a day's storm; a factor of 1 is none. */
export const withStorm = (
  scenario: ScenarioModel,
  date: string,
  storm: { readonly start: string; readonly factor: number },
): ScenarioModel => {
  const others = scenario.surges.filter((each) => each.queue !== undefined || !each.from.startsWith(date));
  if (storm.factor === 1) return { ...scenario, surges: others };
  const end = Math.min(1440, Number(storm.start.slice(0, 2)) * 60 + stormHours * 60);
  const surge = { from: `${date}T${storm.start}`, to: `${date}T${clockText(end)}`, factor: storm.factor };
  return { ...scenario, surges: [...others, surge] };
};

/** A storm from an hour of the shown day on, as much stronger as one likes. */
export const StormControl = ({
  date,
  scenario,
  change,
}: {
  readonly date: string;
  readonly scenario: ScenarioModel;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const storm = stormOf(scenario, date);
  return (
    <div className="storm">
      <Lever
        label={say('lever.storm', { at: storm.start })}
        value={storm.factor}
        shown={format.percent(storm.factor, 0)}
        min={1}
        max={3}
        step={0.1}
        change={(factor) => change((now) => withStorm(now, date, { ...stormOf(now, date), factor }))}
      />
      <Select
        aria-label={say('lever.stormStart')}
        size="small"
        value={storm.start}
        disabled={storm.factor === 1}
        options={Array.from({ length: 24 }, (_, hour) => ({ value: clockText(hour * 60) }))}
        onChange={(start) => change((now) => withStorm(now, date, { ...stormOf(now, date), start }))}
      />
    </div>
  );
};
