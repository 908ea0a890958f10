import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { modelVersion } from '../../contract/http/model-name.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { closesEver, weeklyHours } from '../../kernel/time-window.ts';
import { isAssumedShape } from '../../words/planning.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useKeptChoice } from '../api/use-load.ts';
import { useChange, useJobAnswer } from '../ui/change.tsx';
import { NumberInput } from '../ui/number-input.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView, ProblemView } from '../ui/states.tsx';
import { Unusual } from '../ui/unusual.tsx';
import { noFigure, reasonBy } from '../../words/figures.ts';
import { useSpeech } from '../words/words.tsx';
import type { Asking } from './plan-views.ts';
import { type Ground, sensitivityTo, WhatIfPanel, withAssumed } from './what-if-panel.tsx';
import { daysBeyondData, farDays } from '../../contract/shortages.ts';

/** What the plan rests on. */
export const AssumptionsView = ({ plan, ...asking }: Asking & { readonly plan: PlanDocument }) => {
  const body = { plan: plan.id, curve: 'none' as const, prices: true };
  const pricing = useJobAnswer<RequirementDocument>({ kind: 'requirement', request: body }, () =>
    callApi('explainRequirement', { body }),
  );
  const priced = { ...plan, ...pricing.answer?.prices };
  return (
    <>
      <Unusual said={plan.unusual?.filter(isAssumedShape)} />
      <FarFromData plan={plan} />
      <LearntHours key={`hours ${plan.id}`} plan={plan} />
      <Overruled plan={plan} />
      <GroundsPanel key={`grounds ${plan.id}`} plan={priced} />
      {may('makePlan') && <WhatIfPanel plan={plan} {...asking} />}
      <WhyPanel plan={priced} pricing={pricing} />
    </>
  );
};

/** Handle time, patience, redials, shrinkage: value, source, effect on hours; what is assumed can be set for good. */
const GroundsPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, format } = useSpeech();
  const { problem, send } = useChange();
  const [isSaved, setSaved] = useState(false);
  const grounds = groundKinds.flatMap((kind) => (plan.grounds ?? []).filter(({ ground }) => ground === kind));
  const save = (ground: Ground, value: number): Promise<boolean> =>
    send(async () => {
      const name = ground.ground === 'take-up' ? 'prompts' : 'hotline';
      const params = { model: name };
      const model = await callApi('model', { params });
      const body =
        ground.ground === 'take-up'
          ? withTakeUp(model as PromptsModel, ground, value)
          : withAssumed(model as HotlineModel, ground, value);
      await callApi('putModel', { params, body, version: await modelVersion(name, model) });
      setSaved(true);
    });
  if (grounds.length === 0) return null;
  const isFirst = (ground: Ground): boolean =>
    grounds.find((each) => each.ground === ground.ground) === ground;
  return (
    <Panel title={say('ground.title')} note={say('ground.note')}>
      {problem !== undefined && <ProblemView problem={problem} />}
      {isSaved && <p role="status">{say('ground.saved')}</p>}
      <PlainTable
        stacks
        rows={grounds}
        keyOf={(ground) => `${ground.ground} ${ground.key}`}
        columns={[
          [say('ground.what'), 'text', ({ ground }) => say(`ground.${ground}`)],
          [say('ground.of'), 'text', ({ name }) => tell(name)],
          [say('ground.value'), 'number', (ground) => <Value ground={ground} />],
          [
            say('ground.source'),
            'text',
            (ground) =>
              ground.source === 'assumed' ? (
                <AssumedValue
                  plan={plan.id}
                  ground={ground}
                  name={say('ground.edit', { what: say(`ground.${ground.ground}`), of: tell(ground.name) })}
                  save={(value) => void save(ground, value)}
                />
              ) : ground.source === 'measured' ? (
                say(ground.ground === 'take-up' ? 'ground.measuredPlayed' : 'ground.measured', {
                  n: format.count(ground.records),
                })
              ) : (
                say('ground.set')
              ),
            { wide: true },
          ],
          [
            say('ground.effect'),
            'number',
            (ground) => {
              const effect = isFirst(ground) ? sensitivityTo(plan, ground.ground) : undefined;
              if (effect === undefined) return '';
              return say(`ground.${effect.of}`, { n: format.signed(effect.hours) });
            },
          ],
        ]}
      />
    </Panel>
  );
};

const Value = ({ ground: { ground, value } }: { readonly ground: Ground }) => {
  const { say, format } = useSpeech();
  if (value === null) return ground === 'patience' ? say('ground.endless') : noFigure;
  return isShareGround(ground) ? format.percent(value) : format.seconds(value);
};

/** A figure that nobody has measured, to be set by the person who knows better. */
const AssumedValue = ({
  plan,
  ground,
  name,
  save,
}: {
  readonly plan: string;
  readonly ground: Ground;
  readonly name: string;
  readonly save: (value: number) => void;
}) => {
  const { say } = useSpeech();
  const isShare = isShareGround(ground.ground);
  const shown = ground.value === null ? null : isShare ? ground.value * 100 : ground.value;
  const [value, setValue] = useKeptChoice(`ground ${plan} ${ground.ground} ${ground.key}`, shown);
  return (
    <span className="row">
      <span className="tag warning">{say('ground.assumed')}</span>
      <NumberInput
        aria-label={name}
        size="small"
        min={isShare ? 0 : 1}
        max={isShare ? 100 : 14_400}
        precision={0}
        value={value}
        suffix={isShare ? '%' : say('ground.seconds')}
        onChange={setValue}
      />
      {value !== null && (
        <Button size="small" onClick={() => save(isShare ? value / 100 : value)}>
          {say('ground.save')}
        </Button>
      )}
    </span>
  );
};

/** Opening hours that a plan learnt because nobody has stated them, to be kept at one press. */
const LearntHours = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const [kept, setKept] = useState(false);
  const { problem, send } = useChange();
  const hours = plan.openingHours;
  if (hours?.source !== 'learnt' || !closesEver(hours.week)) return null;
  const keep = (): Promise<boolean> =>
    send(async () => {
      const hotline = (await callApi('model', { params: { model: 'hotline' } })) as HotlineModel;
      await callApi('putModel', {
        params: { model: 'hotline' },
        body: { ...hotline, openingHours: hours.week },
        version: await modelVersion('hotline', hotline),
      });
      setKept(true);
    });
  return (
    <>
      <Alert
        type={kept ? 'success' : 'info'}
        role="status"
        showIcon
        title={say(kept ? 'hours.kept' : 'hours.learnt', { hours: tell(weeklyHours(hours.week)) })}
        description={
          kept ? undefined : (
            <>
              <p>{say('hours.words')}</p>
              <Button className="no-print" onClick={() => void keep()}>
                {say('hours.keep')}
              </Button>
            </>
          )
        }
      />
      {problem !== undefined && <ProblemView problem={problem} />}
    </>
  );
};

const List = ({ title, items }: { readonly title?: string; readonly items: readonly Sayable[] }) => {
  const { tell } = useSpeech();
  if (items.length === 0) return null;
  return (
    <>
      {title !== undefined && <h3>{title}</h3>}
      <ul>
        {items.map((item) => (
          <li key={tell(item)}>{tell(item)}</li>
        ))}
      </ul>
    </>
  );
};

/** What the plan's figures rest on: the price of each assumption, assumptions and notes. */
export const WhyPanel = ({
  plan,
  pricing: { answer, control, ask },
}: {
  readonly plan: PlanDocument;
  readonly pricing: ReturnType<typeof useJobAnswer<RequirementDocument>>;
}) => {
  const { say } = useSpeech();
  return (
    <Panel title={say('why.title')} note={say('why.note')}>
      {plan.variants.length > 0 && <Prices plan={plan} />}
      <List
        items={answer?.notices.filter((said) => 'code' in said && said.code === 'prices-not-kept') ?? []}
      />
      {plan.variants.length === 0 && answer === undefined && may('explainRequirement') && (
        <Button loading={control.running} onClick={ask}>
          {say('why.variants')}
        </Button>
      )}
      <JobView control={control} title={say('require.running')} />
      <List title={say('why.assumptions')} items={[...plan.assumptions, ...plan.monitoring.assumptions]} />
      <details>
        <summary>{say('why.notices')}</summary>
        <List items={plan.notices} />
      </details>
      <p className="note">
        {say('why.repeat', { id: plan.id, seed: plan.seed, hash: plan.history.dataHash.slice(0, 12) })}
      </p>
    </Panel>
  );
};

/** Operator-hours that the same targets would need if one thing were otherwise, as bars around the requirement. */
const Prices = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, format } = useSpeech();
  const need = plan.total.requiredOperatorHours;
  const most = Math.max(1, ...plan.variants.map((variant) => Math.abs(variant.operatorHours - need)));
  return (
    <div>
      <h3>{say('why.variants')}</h3>
      <PlainTable
        snug
        label={say('why.variants')}
        rows={plan.variants}
        columns={[
          [
            say('why.without'),
            'text',
            (variant) => (
              <>
                {tell(variant.name)}
                <small className="under">
                  {say(variantWords(variant.variant, variant.operatorHours - need))}
                </small>
              </>
            ),
          ],
          [say('why.hours'), 'number:0', (variant) => variant.operatorHours],
          [
            say('why.change'),
            'number',
            (variant) => (
              <>
                {format.signed(variant.operatorHours - need)}
                <ChangeBar share={(variant.operatorHours - need) / most} />
              </>
            ),
          ],
        ]}
      />
    </div>
  );
};

/** What an assumption's difference is: bounds as they are, the others by the sign that is found. */
export const variantWords = (variant: PlanDocument['variants'][number]['variant'], change: number) => {
  if (variant === 'pooled' || variant === 'dedicated') return `variant.${variant}` as const;
  if (Math.abs(change) < 0.5) return 'variant.rounding';
  if (variant === 'erlang-c') return change > 0 ? 'variant.erlang-c' : 'variant.erlang-c.fewer';
  return change < 0 ? (`variant.${variant}` as const) : 'variant.rounding';
};

/** A bar to the left (less) or right (more) of the middle; `share` is −1 to 1. */
const ChangeBar = ({ share }: { readonly share: number }) => (
  <span className="change-bar" aria-hidden="true">
    <span
      className={share < 0 ? 'less' : 'more'}
      style={{ width: `${Math.abs(share) * 50}%`, left: `${share < 0 ? 50 + share * 50 : 50}%` }}
    />
  </span>
);

const FarFromData = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, format } = useSpeech();
  const days = daysBeyondData(plan);
  if (days < farDays) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={say('attention.far', { n: days, last: format.date(plan.history.lastDate) })}
      description={say('attention.farWords')}
    />
  );
};

const Overruled = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, format } = useSpeech();
  if (plan.overrules.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={say('attention.overruled', { n: plan.overrules.length })}
      description={plan.overrules
        .map((rule) => {
          const change =
            rule.factor === null ? format.count(rule.calls) : `${format.points(rule.factor - 1, 0)}%`;
          return `${format.day(rule.date)} ${rule.from ?? ''} ${change} · ${reasonBy(rule)}`;
        })
        .join(say('list.semicolon'))}
    />
  );
};

const groundKinds = [
  'handle-time',
  'patience',
  'redials',
  'shrinkage',
  'take-up',
] as const satisfies Ground['ground'][];

/** Prompts of which one is followed by another share of those who hear it. */
const withTakeUp = (model: PromptsModel, { key }: Pick<Ground, 'key'>, share: number): PromptsModel => ({
  ...model,
  prompts: model.prompts.map((entry) =>
    entry.prompt === key
      ? {
          ...entry,
          response: {
            ...entry.response,
            ...(entry.kind === 'online-channel' ? { onlineShare: share } : { offPeakShare: share }),
          },
        }
      : entry,
  ),
});

/** Grounds that are shares: written in percent. */
const isShareGround = (ground: Ground['ground']): boolean =>
  ground === 'redials' || ground === 'shrinkage' || ground === 'take-up';
