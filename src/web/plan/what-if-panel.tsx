import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { isBackwards } from '../../contract/models/check-pairs.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { ShiftsModel } from '../../contract/models/shifts-model.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { isBetween, NumberInput, signedPercent } from '../ui/number-input.tsx';
import { Panel } from '../ui/panel.tsx';
import { LoadedView } from '../ui/states.tsx';
import { usePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import type { Asking, WhatIfAnswers } from './plan-views.ts';
import { WhatIfAsked } from './plan-name.tsx';

const isClock = (text: string | undefined): text is string => /^([01]?\d|2[0-3]):[0-5]\d$/.test(text ?? '');
/** A time by which a day's opening may end. */
const isEnd = (text: string | undefined): text is string => isClock(text) || text === '24:00';
const bounds = { seconds: 600, people: 999 };
const clockOf = (text: string): string => text.padStart(5, '0');

/** Whether a shift's latest start, as it is typed, lies before its earliest: a plan would refuse it once its turn comes. */
export const isLatestTooEarly = (
  { earliestStart }: Pick<ShiftsModel['templates'][number], 'earliestStart'>,
  latest: string | undefined,
): boolean => isClock(latest) && isBackwards(earliestStart, clockOf(latest));

/** Answers as the request asks them. */
export const whatIfRequest = (answers: WhatIfAnswers): Partial<PlanRequest> => {
  const { seconds, shift, latest, dropped, like, from, tier, people, opens, closes } = answers;
  return {
    ...(typeof seconds === 'number' && seconds !== 0 ? { handleTimeSeconds: seconds } : {}),
    ...(shift !== undefined && isClock(latest) ? { latestStart: [`${shift}=${clockOf(latest)}`] } : {}),
    ...(dropped === undefined ? {} : { dropShift: [dropped] }),
    ...(like !== undefined && isClock(from) ? { addShift: [`${like}@${clockOf(from)}`] } : {}),
    ...(tier !== undefined && typeof people === 'number' && people !== 0
      ? { people: [`${tier}=${people}`] }
      : {}),
    ...(isClock(opens) && isEnd(closes) ? { openingHours: [`${clockOf(opens)}-${clockOf(closes)}`] } : {}),
  };
};

/** Fields that ask something only together. */
const pairs = [
  ['shift', 'latest'],
  ['like', 'from'],
  ['tier', 'people'],
  ['opens', 'closes'],
] as const satisfies (keyof WhatIfAnswers)[][];

/** The fields that are empty while what they ask nothing without is given. */
const missingHalves = (answers: WhatIfAnswers): ReadonlySet<(typeof pairs)[number][number]> =>
  new Set(
    pairs.flatMap((pair) => {
      const left = pair.filter((field) => [undefined, null, 0].includes(answers[field] as undefined));
      return left.length === 1 ? left : [];
    }),
  );

/** Whether something that is typed cannot be asked: a time that no day has, a number out of bounds, half of a pair. */
export const isUnread = (answers: WhatIfAnswers): boolean => {
  const { seconds, people, latest, from, opens, closes, factors = {} } = answers;
  return (
    missingHalves(answers).size > 0 ||
    [latest, from, opens].some((clock) => clock !== undefined && !isClock(clock)) ||
    (closes !== undefined && !isEnd(closes)) ||
    !isBetween(seconds, -bounds.seconds, bounds.seconds) ||
    !isBetween(people, -bounds.people, bounds.people) ||
    Object.values(factors).some((change) => !isBetween(change, signedPercent.min, signedPercent.max))
  );
};

/** What planners ask of one plan: callers otherwise by percent, or other shifts, people and hours; settings stay. */
export const WhatIfPanel = ({
  plan,
  make,
  progress,
  isRunning,
  typed,
  type,
}: Asking & { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const top = useRef<HTMLDivElement>(null);
  const isAskedFor = usePlace().params.has('what-if');
  useEffect(() => {
    if (isAskedFor) top.current?.scrollIntoView();
  }, [isAskedFor]);
  const { factors: changes = {} } = typed;
  const request = { ...factorsOf(changes), ...whatIfRequest(typed) };
  const missing = missingHalves(typed);
  const [isWrong, setWrong] = useState(false);
  const set = (given: WhatIfAnswers): void => type({ ...typed, ...given });
  const [shifts, retry] = useLoad('shifts', (signal) =>
    callApi('model', { params: { model: 'shifts' }, signal }),
  );
  return (
    <div ref={top}>
      <Panel title={say('factor.title')} note={say('factor.note')}>
        <WhatIfAsked plan={plan} />
        <div className="form-grid">
          <label>
            {say('whatIf.seconds')}
            <NumberInput
              min={-bounds.seconds}
              max={bounds.seconds}
              placeholder="0"
              style={{ width: '100%' }}
              value={typed.seconds ?? null}
              onChange={(seconds) => set({ seconds })}
            />
          </label>
          {factorNames.map((name) => (
            <label key={name}>
              {say(`factor.${name}`)}
              <NumberInput
                {...signedPercent}
                placeholder="0"
                style={{ width: '100%' }}
                value={changes[name] ?? null}
                onChange={(value) => set({ factors: { ...changes, [name]: value } })}
              />
            </label>
          ))}
          <TierFields plan={plan} answers={typed} set={set} />
          <label>
            {say('whatIf.opens')}
            <ClockField value={typed.opens} change={(opens) => set({ opens })} />
          </label>
          <label>
            {say('whatIf.closes')}
            <ClockField isEnd value={typed.closes} change={(closes) => set({ closes })} />
          </label>
        </div>
        <LoadedView loaded={shifts} retry={retry}>
          {(model) => (
            <ShiftFields shifts={model as ShiftsModel} answers={typed} set={set} wrong={setWrong} />
          )}
        </LoadedView>
        {missing.size > 0 && (
          <p className="note" role="status">
            {say('whatIf.half', {
              fields: [...missing].map((field) => say(`whatIf.${field}`)).join(say('list.comma')),
            })}
          </p>
        )}
        <Button
          type="primary"
          disabled={Object.keys(request).length === 0 || isWrong || isUnread(typed)}
          loading={isRunning}
          onClick={() => make(request, typed)}
        >
          {say('factor.make')}
        </Button>
        {progress}
      </Panel>
    </div>
  );
};

interface Fields {
  readonly answers: WhatIfAnswers;
  readonly set: (given: WhatIfAnswers) => void;
}

const ClockField = ({
  value,
  isEnd: mayEndDay = false,
  wrong,
  change,
}: {
  readonly value: string | undefined;
  readonly isEnd?: boolean;
  /** What is wrong with what is there, beyond how it is written. */
  readonly wrong?: string | undefined;
  readonly change: (value: string | undefined) => void;
}) => {
  const { say } = useSpeech();
  const isWritten = value === undefined || (mayEndDay ? isEnd(value) : isClock(value));
  const told = isWritten ? wrong : say('whatIf.clock', { last: mayEndDay ? '24:00' : '23:59' });
  return (
    <>
      <Input
        // A time would look like the one that the line has now.
        placeholder={say('whatIf.asIs')}
        maxLength={5}
        value={value ?? ''}
        status={told === undefined ? '' : 'error'}
        onChange={(event) => change(event.target.value === '' ? undefined : event.target.value)}
      />
      {told !== undefined && (
        <span className="setting-note wrong" role="alert">
          {told}
        </span>
      )}
    </>
  );
};

const TierFields = ({ plan, answers, set }: Fields & { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  return (
    <>
      <label>
        {say('whatIf.tier')}
        <Select
          allowClear
          aria-label={say('whatIf.tier')}
          placeholder={say('whatIf.asIs')}
          value={answers.tier}
          options={plan.tiers.map(({ tier, name }) => ({ value: tier, label: tell(name) }))}
          onChange={(tier: string | undefined) => set({ tier })}
        />
      </label>
      <label>
        {say('whatIf.people')}
        <NumberInput
          min={-bounds.people}
          max={bounds.people}
          precision={0}
          placeholder="0"
          style={{ width: '100%' }}
          value={answers.people ?? null}
          onChange={(people) => set({ people })}
        />
      </label>
    </>
  );
};

const ShiftFields = ({
  shifts: { templates },
  answers,
  set,
  wrong,
}: Fields & { readonly shifts: ShiftsModel; readonly wrong: (isWrong: boolean) => void }) => {
  const { say, tell } = useSpeech();
  const chosen = templates.find(({ template }) => template === answers.shift);
  const tooEarly = chosen !== undefined && isLatestTooEarly(chosen, answers.latest);
  useEffect(() => wrong(tooEarly), [tooEarly, wrong]);
  const choice = (
    key: 'shift' | 'dropped' | 'like',
    label: 'whatIf.shift' | 'whatIf.dropped' | 'whatIf.like',
  ) => (
    <label>
      {say(label)}
      <Select
        allowClear
        aria-label={say(label)}
        placeholder={say('whatIf.asIs')}
        value={answers[key]}
        options={templates.map(({ template, name, earliestStart, latestStart }) => ({
          value: template,
          label: say('whatIf.starts', { shift: tell(name), from: earliestStart, to: latestStart }),
        }))}
        onChange={(value: string | undefined) => set({ [key]: value })}
      />
    </label>
  );
  return (
    <div className="form-grid">
      {choice('shift', 'whatIf.shift')}
      <label>
        {say('whatIf.latest')}
        <ClockField
          value={answers.latest}
          wrong={
            tooEarly
              ? say('whatIf.latestTooEarly', { shift: tell(chosen.name), earliest: chosen.earliestStart })
              : undefined
          }
          change={(latest) => set({ latest })}
        />
      </label>
      {choice('like', 'whatIf.like')}
      <label>
        {say('whatIf.from')}
        <ClockField value={answers.from} change={(from) => set({ from })} />
      </label>
      {choice('dropped', 'whatIf.dropped')}
    </div>
  );
};

export type Ground = NonNullable<PlanDocument['grounds']>[number];
type FactorName = keyof NonNullable<PlanDocument['factors']>;
const factorNames = ['handleTime', 'patience', 'redials', 'shrinkage'] as const satisfies FactorName[];

/** A hotline whose figure for want of data is another one: a queue's, or every caller's redials. */
export const withAssumed = (hotline: HotlineModel, { ground, key }: Ground, value: number): HotlineModel =>
  ground === 'redials'
    ? { ...hotline, assumedRepeats: { ...hotline.assumedRepeats, afterAbandon: value } }
    : {
        ...hotline,
        queues: hotline.queues.map((queue) =>
          queue.queue === key
            ? {
                ...queue,
                ...(ground === 'handle-time'
                  ? { assumedHandleTimeSeconds: value }
                  : { assumedPatienceSeconds: value }),
              }
            : queue,
        ),
      };

/**
 * Hours more (or fewer) if a ground were a tenth larger: hours required for what callers do, hours paid for shrinkage,
 * at which as many stand ready as now. Undefined where the plan does not tell.
 */
export const sensitivityTo = (
  plan: Pick<PlanDocument, 'grounds' | 'tenths' | 'total' | 'tiers'>,
  ground: Ground['ground'],
): { readonly of: 'required' | 'paid'; readonly hours: number } | undefined => {
  if (ground !== 'shrinkage') {
    const found = plan.tenths?.find((each) => each.ground === ground);
    return found && { of: 'required', hours: found.operatorHours - plan.total.requiredOperatorHours };
  }
  const { paidHours } = plan.total;
  if (paidHours === undefined) return undefined;
  const ready = (tier: string): number =>
    plan.tiers.find((each) => each.tier === tier)?.scheduled.reduce((sum, each) => sum + each, 0) ?? 0;
  const rows = (plan.grounds ?? []).filter((each) => each.ground === 'shrinkage');
  const all = rows.reduce((sum, { key }) => sum + ready(key), 0);
  if (all === 0) return undefined;
  const share = rows.reduce((sum, { key, value }) => sum + (ready(key) / all) * (value ?? 0), 0);
  return { of: 'paid', hours: paidHours * ((1 - share) / (1 - Math.min(0.9, 1.1 * share)) - 1) };
};

/** Percent more or less, as written, as the factors of a request; what is left as it is is left out. */
export const factorsOf = (
  changes: Readonly<Partial<Record<FactorName, number | null>>>,
): Partial<PlanRequest> => {
  const factor = (name: FactorName): number | undefined => {
    const change = changes[name] ?? 0;
    return change === 0 ? undefined : Math.round(100 + change) / 100;
  };
  const [handleTimeFactor, patienceFactor, redialFactor, shrinkageFactor] = factorNames.map(factor);
  return {
    ...(handleTimeFactor === undefined ? {} : { handleTimeFactor }),
    ...(patienceFactor === undefined ? {} : { patienceFactor }),
    ...(redialFactor === undefined ? {} : { redialFactor }),
    ...(shrinkageFactor === undefined ? {} : { shrinkageFactor }),
  };
};
