import { Alert, Button, Select } from 'antd';
import {
  type CSSProperties,
  type Dispatch,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type SetStateAction,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { DivertDocument } from '../../contract/documents/effect-documents.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { ScenarioPlacement as Placement } from '../../diversion/apply-scenario.ts';
import { clockText, minuteOf } from '../../kernel/time-window.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useJob } from '../api/use-load.ts';
import { ChartView, type MixedOptions } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { type Speech, useSpeech } from '../words/words.tsx';
import { type DayAnswer, dayCurve } from './project-scenario.ts';

interface TrackProps {
  readonly plan: PlanDocument;
  readonly plannedOperation: PlannedOperationDocument;
  readonly date: string;
  readonly placements: readonly Placement[];
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}

const useNames = ({ plannedOperation }: Pick<TrackProps, 'plannedOperation'>) => {
  const { tell } = useSpeech();
  return {
    prompt: (key: string): string =>
      tell(
        plannedOperation.catalogue.prompts.find((each) => each.prompt === key)?.name ?? {
          'zh-CN': key,
          en: key,
        },
      ),
    queue: (key: string): string =>
      tell(plannedOperation.queues.find((each) => each.queue === key)?.name ?? { 'zh-CN': key, en: key }),
  };
};

const TrackRow = ({
  placement,
  move,
  remove,
  ...props
}: TrackProps & {
  readonly placement: Placement;
  readonly move: (span: DaySpan) => void;
  readonly remove: () => void;
}) => {
  const { say } = useSpeech();
  const names = useNames(props);
  const lane = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<{ grip: Grip; x: number; span: DaySpan }>();
  const span: DaySpan = { from: minuteOf(placement.from), to: minuteOf(placement.to) };
  const step = props.plan.intervalMinutes;
  const name = `${names.queue(placement.queue)} · ${names.prompt(placement.prompt)}`;
  const take = (grip: Grip) => (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeld({ grip, x: event.clientX, span });
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const width = lane.current?.clientWidth ?? 0;
    if (held === undefined || width === 0) return;
    event.stopPropagation();
    move(moveSpan(held.span, held.grip, ((event.clientX - held.x) / width) * 1440, step));
  };
  const press = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? step : event.key === 'ArrowLeft' ? -step : 0;
    if (event.key === 'Delete') remove();
    if (by === 0) return;
    event.preventDefault();
    move(moveSpan(span, event.shiftKey ? 'end' : event.altKey ? 'start' : 'whole', by, step));
  };
  const release = {
    onPointerMove: drag,
    onPointerUp: () => setHeld(undefined),
    onPointerCancel: () => setHeld(undefined),
  };
  return (
    <div className="track-row">
      <div className="track-name">
        <span className="alone">{name}</span>
        <Times name={name} span={span} step={step} move={move} />
        <Button size="small" aria-label={say('track.remove', { name })} onClick={remove}>
          ✕
        </Button>
      </div>
      <div className="lane" ref={lane} style={{ marginLeft: plotMargin.left, marginRight: plotMargin.right }}>
        <div
          className="bar"
          role="slider"
          tabIndex={0}
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={1440}
          aria-valuenow={span.from}
          aria-valuetext={`${placement.from}–${placement.to}`}
          style={{ left: `${(span.from / 1440) * 100}%`, width: `${((span.to - span.from) / 1440) * 100}%` }}
          onKeyDown={press}
          onPointerDown={take('whole')}
          {...release}
        >
          <span className="grip" onPointerDown={take('start')} {...release} />
          <span className="time" />
          <span className="grip" onPointerDown={take('end')} {...release} />
        </div>
        <span className="beside" aria-hidden="true" style={besideOf(span)}>
          {name} <strong>{`${placement.from}–${placement.to}`}</strong>
        </span>
      </div>
    </div>
  );
};

/** From when to when, to be chosen: on a narrow screen a bar is too short for a finger. */
const Times = ({
  name,
  span,
  step,
  move,
}: {
  readonly name: string;
  readonly span: DaySpan;
  readonly step: number;
  readonly move: (span: DaySpan) => void;
}) => {
  const { say } = useSpeech();
  const choose = (grip: 'start' | 'end', minute: number) => (
    <select
      aria-label={say(grip === 'start' ? 'track.from' : 'track.to', { name })}
      value={minute}
      onChange={(event) => move(moveSpan(span, grip, Number(event.target.value) - minute, step))}
    >
      {Array.from({ length: 1440 / step }, (_, i) => (grip === 'start' ? i : i + 1) * step)
        .concat(minute % step === 0 ? [] : [minute])
        .map((at) => (
          <option key={at} value={at}>
            {clockText(at)}
          </option>
        ))}
    </select>
  );
  return (
    <span className="times">
      {choose('start', span.from)}–{choose('end', span.to)}
    </span>
  );
};

/** Words beside a bar, on the side with more room. */
const besideOf = ({ from, to }: DaySpan): CSSProperties => {
  const isLeft = from + to < 1440;
  const share = isLeft ? to / 1440 : 1 - from / 1440;
  const place = `calc(${share * 100}% + 8px)`;
  return { [isLeft ? 'left' : 'right']: place, maxWidth: `calc(${(1 - share) * 100}% - 8px)` };
};

const AddPrompt = ({ add, ...props }: TrackProps & { readonly add: (placement: Placement) => void }) => {
  const { say } = useSpeech();
  const names = useNames(props);
  const { plannedOperation, date } = props;
  const queues = plannedOperation.queues.filter((queue) => !queue.neverDivert);
  const [queue, setQueue] = useState(queues[0]?.queue ?? '');
  const [wanted, setPrompt] = useState('');
  const suiting = plannedOperation.catalogue.prompts.filter((each) => each.queues?.includes(queue) ?? true);
  const prompt = suiting.some((each) => each.prompt === wanted) ? wanted : suiting[0]?.prompt;
  return (
    <div className="row add-prompt">
      <Select
        aria-label={say('calls.queue')}
        value={queue}
        style={{ minWidth: 150 }}
        options={queues.map((each) => ({ value: each.queue, label: names.queue(each.queue) }))}
        onChange={setQueue}
      />
      <Select
        aria-label={say('prompts.prompt')}
        value={prompt ?? null}
        style={{ minWidth: 200 }}
        options={suiting.map((each) => ({ value: each.prompt, label: names.prompt(each.prompt) }))}
        onChange={setPrompt}
      />
      <Button
        disabled={prompt === undefined || queue === ''}
        onClick={() => {
          if (prompt !== undefined) add({ prompt, queue, date, from: '09:00', to: '11:00' });
        }}
      >
        {say('track.add')}
      </Button>
    </div>
  );
};

/** Has the week's prompts chosen and draws them in the place of those that are there, with the reasons. */
const ChooseForMe = ({
  plan,
  change,
}: {
  readonly plan: PlanDocument;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}) => {
  const { say, tell } = useSpeech();
  const [chosen, setChosen] = useState<DivertDocument>();
  const draw = (answer: DivertDocument): void => {
    setChosen(answer);
    const placements = answer.prompts.map(({ prompt, queue, date, from, to }) => ({
      prompt,
      queue,
      date,
      from,
      to,
    }));
    change((now) => ({ ...now, placements }));
  };
  const body = { plan: plan.id };
  // What was chosen earlier, or for somebody else, is not put in the place of what is drawn by now.
  const control = useJob(
    may('makeDiversion') ? { kind: 'divert', request: body, onlyRunning: true } : undefined,
    (answer, isAskedHere) => {
      if (answer === undefined) setChosen(undefined);
      else if (isAskedHere) draw(answer as DivertDocument);
    },
  );
  const choose = async (): Promise<void> => {
    const found = await control.run(() => callApi('makeDiversion', { body }));
    if (found !== undefined) draw(found as DivertDocument);
  };
  if (!may('makeDiversion')) return null;
  return (
    <>
      <Button loading={control.running && control.isOwn} onClick={() => void choose()}>
        {say('choose.run')}
      </Button>
      <JobView control={control} title={say('choose.running')} />
      {chosen !== undefined && (
        <Alert
          className="chosen"
          type={chosen.fragile ? 'warning' : 'info'}
          title={say(chosen.fragile ? 'choose.fragile' : 'choose.done', { n: chosen.prompts.length })}
          description={
            <ul>
              <li>{tell(chosen.basis.told)}</li>
              {chosen.reasons.map((said) => (
                <li key={tell(said)}>{tell(said)}</li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Moves a span, or one end of it, by some minutes. It keeps to whole steps, stays within the day, and is at
 * least one step long.
 */
export const moveSpan = (span: DaySpan, grip: Grip, byMinutes: number, step: number): DaySpan => {
  const by = Math.round(byMinutes / step) * step;
  if (grip === 'start') return { ...span, from: clamp(span.from + by, 0, span.to - step) };
  if (grip === 'end') return { ...span, to: clamp(span.to + by, span.from + step, 1440) };
  const moved = clamp(by, -span.from, 1440 - span.to);
  return { from: span.from + moved, to: span.to + moved };
};

/** Left and right margin of the plot area, pixels: the prompt track below lines up with it. */
const plotMargin = { left: 56, right: 52 } as const;

/** Prompts on the day's time axis: dragged, stretched, removed and added by mouse, touch and keyboard. */
export const PromptTrack = memo((props: TrackProps) => {
  const { say } = useSpeech();
  const { date, placements: all, change } = props;
  const set = (placements: readonly Placement[]): void =>
    change((now) => ({ ...now, placements: [...placements] }));
  const today = all.flatMap((placement, index) => (placement.date === date ? [{ placement, index }] : []));
  const track = useRef<HTMLDivElement>(null);
  // Who removes a bar by key goes on with the next one, or where one is added.
  const goOnAt = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (goOnAt.current === undefined) return;
    const bars = track.current?.querySelectorAll<HTMLElement>('[role="slider"]') ?? [];
    const next = bars[Math.min(goOnAt.current, bars.length - 1)];
    goOnAt.current = undefined;
    (next ?? track.current?.querySelector<HTMLElement>('.add-prompt button'))?.focus();
  }, [all]);
  return (
    <div className="track" role="group" aria-label={say('track.label')} ref={track}>
      <p className="note">{say('track.how')}</p>
      {today.length === 0 && <p className="note">{say('track.none')}</p>}
      {today.map(({ placement, index }, position) => (
        <TrackRow
          key={index}
          {...props}
          placement={placement}
          move={(span) =>
            set(
              all.map((each, i) =>
                i === index ? { ...each, from: clockText(span.from), to: clockText(span.to) } : each,
              ),
            )
          }
          remove={() => {
            goOnAt.current = position;
            set(all.filter((_, i) => i !== index));
          }}
        />
      ))}
      <div className="row">
        <AddPrompt {...props} add={(placement) => set([...all, placement])} />
        <ChooseForMe plan={props.plan} change={change} />
      </div>
    </div>
  );
});

/** A stretch of the day in minutes from midnight: `from` to before `to`. */
interface DaySpan {
  readonly from: number;
  readonly to: number;
}

type Grip = 'whole' | 'start' | 'end';

const optionsOf = (target: number | null, { say, format }: Speech): MixedOptions => ({
  scales: {
    x: { grid: { display: false }, ticks: { maxRotation: 0 } },
    level: {
      type: 'linear',
      position: 'left',
      min: 0,
      max: 1,
      afterFit: (scale) => {
        scale.width = plotMargin.left;
      },
      ticks: { callback: (value) => format.percent(Number(value), 0) },
    },
    calls: {
      type: 'linear',
      position: 'right',
      beginAtZero: true,
      grid: { display: false },
      afterFit: (scale) => {
        scale.width = plotMargin.right;
      },
    },
  },
  plugins: {
    tooltip: {
      callbacks: {
        label: (item) =>
          `${item.dataset.label ?? ''}: ${item.dataset.type === 'line' ? format.percent(item.parsed.y) : format.decimal(item.parsed.y)}`,
      },
    },
    annotation: {
      annotations:
        target === null
          ? {}
          : {
              target: {
                type: 'line',
                yScaleID: 'level',
                yMin: target,
                yMax: target,
                borderColor: colours.ink,
                borderWidth: 1.5,
                borderDash: [3, 3],
                label: {
                  display: true,
                  position: 'start',
                  content: say('divert.target', { target: format.percent(target, 0) }),
                  backgroundColor: colours.surface,
                  color: colours.ink,
                },
              },
            },
    },
  },
});

/** The day before and after: calls as bars, the 15-second rate as lines, the target across. */
export const DayCurve = ({
  plan,
  date,
  answer,
}: {
  readonly plan: PlanDocument;
  readonly date: string;
  readonly answer: DayAnswer;
}) => {
  const speech = useSpeech();
  const { say, format } = speech;
  const before = dayCurve(answer.before);
  const after = dayCurve(answer.after);
  const clocks = plan.starts.filter((start) => start.startsWith(date)).map((start) => start.slice(11));
  const target = plan.targets.serviceLevel;
  const options = useMemo(() => optionsOf(target, speech), [target, speech]);
  const level = (label: string, data: (number | null)[], colour: string, dash: number[]) => ({
    type: 'line' as const,
    label,
    data,
    yAxisID: 'level',
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
    spanGaps: true,
  });
  const bars = (label: string, data: number[], colour: string) => ({
    type: 'bar' as const,
    label,
    data,
    yAxisID: 'calls',
    backgroundColor: colour,
    categoryPercentage: 0.95,
    barPercentage: 0.95,
  });
  return (
    <ChartView
      label={say('divert.curveLabel', { day: format.day(date) })}
      data={{
        labels: clocks,
        datasets: [
          level(
            say('divert.levelBefore', { n: plan.answerTimeThresholdSeconds }),
            before.level,
            colours.bad,
            [6, 4],
          ),
          level(
            say('divert.levelAfter', { n: plan.answerTimeThresholdSeconds }),
            after.level,
            colours.primary,
            [],
          ),
          bars(say('divert.callsBefore'), before.offered, colours.muted),
          bars(say('divert.callsAfter'), after.offered, colours.pale),
        ],
      }}
      options={options}
      table={
        <PlainTable
          rows={clocks}
          columns={[
            [say('calls.interval'), 'text', (clock) => clock],
            [say('divert.callsBefore'), 'number', (_, i) => before.offered[i]],
            [say('divert.callsAfter'), 'number', (_, i) => after.offered[i]],
            [
              say('divert.levelBefore', { n: plan.answerTimeThresholdSeconds }),
              'share',
              (_, i) => before.level[i],
            ],
            [
              say('divert.levelAfter', { n: plan.answerTimeThresholdSeconds }),
              'share',
              (_, i) => after.level[i],
            ],
          ]}
        />
      }
    />
  );
};
