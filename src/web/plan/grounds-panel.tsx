import { Button } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { modelVersion } from '../../contract/http/model-version.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { ProblemView } from '../ui/states.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import {
  groundKinds,
  isShareGround,
  sensitivityTo,
  withAssumed,
  withTakeUp,
  type Ground,
} from './grounds.ts';
import { NumberInput } from '../ui/number-input.tsx';

/** Handle time, patience, redials, shrinkage: value, source, effect on hours; what is assumed can be set for good. */
export const GroundsPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [isSaved, setSaved] = useState(false);
  const grounds = groundKinds.flatMap((kind) => (plan.grounds ?? []).filter(({ ground }) => ground === kind));
  const save = async (ground: Ground, value: number): Promise<void> => {
    setProblem(undefined);
    try {
      const name = ground.ground === 'take-up' ? 'prompts' : 'hotline';
      const params = { model: name };
      const model = await callApi('model', { params });
      const body =
        ground.ground === 'take-up'
          ? withTakeUp(model as PromptsModel, ground, value)
          : withAssumed(model as HotlineModel, ground, value);
      await callApi('putModel', { params, body, version: await modelVersion(name, model) });
      setSaved(true);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  if (grounds.length === 0) return null;
  const isFirst = (ground: Ground): boolean =>
    grounds.find((each) => each.ground === ground.ground) === ground;
  return (
    <Panel title={say('ground.title')} note={say('ground.note')}>
      {problem !== undefined && <ProblemView problem={problem} />}
      {isSaved && <p role="status">{say('ground.saved')}</p>}
      <PlainTable
        label={say('ground.title')}
        rows={grounds}
        keyOf={(ground) => `${ground.ground} ${ground.key}`}
        columns={[
          { key: 'what', head: say('ground.what'), cell: ({ ground }) => say(`ground.${ground}`) },
          { key: 'of', head: say('ground.of'), cell: ({ name }) => tell(name) },
          {
            key: 'value',
            head: say('ground.value'),
            numeric: true,
            cell: (ground) => <Value ground={ground} />,
          },
          {
            key: 'source',
            head: say('ground.source'),
            wide: true,
            cell: (ground) =>
              ground.source === 'assumed' ? (
                <AssumedValue
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
          },
          {
            key: 'effect',
            head: say('ground.effect'),
            numeric: true,
            cell: (ground) => {
              const effect = isFirst(ground) ? sensitivityTo(plan, ground.ground) : undefined;
              if (effect === undefined) return '';
              return say(`ground.${effect.of}`, { n: format.signed(effect.hours) });
            },
          },
        ]}
      />
    </Panel>
  );
};

const Value = ({ ground: { ground, value } }: { readonly ground: Ground }) => {
  const { say } = useSpeech();
  const format = useFormat();
  if (value === null) return ground === 'patience' ? say('ground.endless') : noFigure;
  return isShareGround(ground) ? format.percent(value) : format.seconds(value);
};

/** A figure that nobody has measured, to be set by whoever knows better. */
const AssumedValue = ({
  ground,
  name,
  save,
}: {
  readonly ground: Ground;
  readonly name: string;
  readonly save: (value: number) => void;
}) => {
  const { say } = useSpeech();
  const isShare = isShareGround(ground.ground);
  const shown = ground.value === null ? null : isShare ? ground.value * 100 : ground.value;
  const [value, setValue] = useState(shown);
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
        suffix={isShare ? '%' : 's'}
        onChange={setValue}
      />
      {value !== null && value !== shown && (
        <Button size="small" onClick={() => save(isShare ? value / 100 : value)}>
          {say('ground.save')}
        </Button>
      )}
    </span>
  );
};
