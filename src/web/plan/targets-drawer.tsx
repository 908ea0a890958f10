import { Alert, Button, Form, Select } from 'antd';
import { useState } from 'react';
import { bandsToPlan, type BandToPlan } from '../../contract/plan-states.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { oddChanges } from '../../contract/models/check-pairs.ts';
import { clockText } from '../../kernel/time-window.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { NumberInput } from '../ui/number-input.tsx';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

interface Wish {
  readonly connectionRate: number;
  readonly serviceLevel: number | null;
  readonly rollingConnectionRate: number | null;
  readonly occupancyMax: number;
  readonly confidence: number;
  readonly minimumOperators: number;
  readonly minimumPresence?: readonly PresenceRow[];
  readonly band?: BandToPlan;
}

/** Percent as a fraction, without the dust of division. */
export const asFraction = (percent: number): number => Math.round(percent * 1e4) / 1e6;

const shareOf = (percent: number | null): number | null => (percent === null ? null : asFraction(percent));

/** What a plan is asked for: the targets as they are now written, or a band. */
export const toRequest = (
  wish: Wish,
  { minimumPresence: _before, ...others }: TargetsModel,
): Partial<PlanRequest> =>
  wish.band === undefined
    ? {
        targets: {
          ...others,
          ...presenceOfRows(wish.minimumPresence ?? []),
          connectionRate: asFraction(wish.connectionRate),
          serviceLevel: shareOf(wish.serviceLevel),
          rollingConnectionRate: shareOf(wish.rollingConnectionRate),
          occupancyMax: asFraction(wish.occupancyMax),
          confidence: asFraction(wish.confidence),
          minimumOperators: wish.minimumOperators,
        },
      }
    : { band: wish.band, confidence: asFraction(wish.confidence) };

const figureNames = {
  connectionRate: 'targets.connectionRate',
  serviceLevel: 'targets.serviceLevel',
  rollingConnectionRate: 'targets.rollingConnectionRate',
  occupancyMax: 'targets.occupancyMax',
  confidence: 'targets.confidence',
  minimumOperators: 'targets.minimumOperators',
} as const;
type Figure = keyof typeof figureNames;

/** What the plan must reach: the file's targets, changed for this plan, or a band to be reached. */
export const TargetsDrawer = ({
  close,
  make,
  problem,
}: {
  readonly close: () => void;
  readonly make: (request: Partial<PlanRequest>) => void;
  /** Why what was asked for is refused. */
  readonly problem: ProblemDetails | undefined;
}) => {
  const { say } = useSpeech();
  const [model, retry] = useLoad('targets', (signal) =>
    callApi('model', { params: { model: 'targets' }, signal }),
  );
  return (
    <SideDrawer title={say('targets.title')} onClose={close}>
      <p className="note">{say('targets.note')}</p>
      <LoadedView loaded={model} retry={retry}>
        {(value) => <TargetsForm targets={value as TargetsModel} make={make} />}
      </LoadedView>
      {problem !== undefined && <ProblemView problem={problem} />}
    </SideDrawer>
  );
};

const TargetsForm = ({
  targets,
  make,
}: {
  readonly targets: TargetsModel;
  readonly make: (request: Partial<PlanRequest>) => void;
}) => {
  const { say, format } = useSpeech();
  const [asked, ask] = useState<Partial<PlanRequest>>();
  const odd = asked?.targets === undefined ? [] : oddChanges(targets, asked.targets);
  const percent = { min: 0, max: 100, suffix: '%', style: { width: '100%' } } as const;
  return (
    <Form<Wish>
      layout="vertical"
      requiredMark={false}
      initialValues={{
        connectionRate: targets.connectionRate * 100,
        serviceLevel: targets.serviceLevel === null ? null : targets.serviceLevel * 100,
        rollingConnectionRate:
          targets.rollingConnectionRate === null ? null : targets.rollingConnectionRate * 100,
        occupancyMax: targets.occupancyMax * 100,
        confidence: targets.confidence * 100,
        minimumOperators: targets.minimumOperators,
        minimumPresence: rowsOfPresence(targets),
      }}
      onValuesChange={() => ask(undefined)}
      onFinish={(wish) => {
        const request = toRequest(wish, targets);
        if (request.targets !== undefined && oddChanges(targets, request.targets).length > 0) ask(request);
        else make(request);
      }}
    >
      <Form.Item name="connectionRate" label={say('targets.connectionRate')} rules={[{ required: true }]}>
        <NumberInput {...percent} />
      </Form.Item>
      <Form.Item name="serviceLevel" label={say('targets.serviceLevel')}>
        <NumberInput {...percent} />
      </Form.Item>
      <Form.Item name="rollingConnectionRate" label={say('targets.rollingConnectionRate')}>
        <NumberInput {...percent} />
      </Form.Item>
      <Form.Item name="occupancyMax" label={say('targets.occupancyMax')} rules={[{ required: true }]}>
        <NumberInput {...percent} />
      </Form.Item>
      <Form.Item name="confidence" label={say('targets.confidence')} rules={[{ required: true }]}>
        <NumberInput {...percent} />
      </Form.Item>
      <Form.Item name="minimumOperators" label={say('targets.minimumOperators')} rules={[{ required: true }]}>
        <NumberInput min={0} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <PresenceFields />
      <Form.Item name="band" label={say('targets.band')} extra={say('targets.bandWords')}>
        <Select
          allowClear
          options={bandsToPlan.map((band) => ({
            value: band,
            label: say(`band.${band}`),
          }))}
        />
      </Form.Item>
      {asked !== undefined && (
        <Alert
          type="warning"
          role="alert"
          showIcon
          title={say('models.odd')}
          description={odd.map(({ path, after }) => (
            <div key={path.join(' ')}>
              {say('targets.oddFigure', {
                target: say(figureNames[path[0] as Figure] ?? 'presence.title'),
                figure: typeof after === 'number' && after <= 1 ? format.percent(after, 0) : String(after),
              })}
            </div>
          ))}
          action={
            <Button size="small" onClick={() => make(asked)}>
              {say('models.makeOdd')}
            </Button>
          }
        />
      )}
      <Button type="primary" htmlType="submit">
        {say('plan.make')}
      </Button>
    </Form>
  );
};

const newRow = (operators: number): PresenceRow => ({
  from: '22:00',
  to: '07:00',
  weekdays: [],
  operators: operators + 1,
});

/** Hours in which more operators must be present than at all times: rows of the targets' form. */
const PresenceFields = () => {
  const { say } = useSpeech();
  const always = Form.useWatch<number | null | undefined>('minimumOperators');
  const rows = Form.useWatch<readonly PresenceRow[] | undefined>('minimumPresence') ?? [];
  return (
    <fieldset className="presence">
      <legend>{say('presence.title')}</legend>
      <p className="note">{say('presence.note')}</p>
      <Form.List name="minimumPresence">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <PresenceHours
                key={key}
                at={name}
                row={rows[name] ?? {}}
                always={always}
                remove={() => remove(name)}
              />
            ))}
            <Button onClick={() => add(newRow(always ?? 0))}>{say('presence.add')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
};

const PresenceHours = ({
  at,
  row,
  always,
  remove,
}: {
  readonly at: number;
  readonly row: PresenceRow;
  readonly always: number | null | undefined;
  readonly remove: () => void;
}) => {
  const { say, format } = useSpeech();
  const doubt = doubtOf(row, always);
  const required = [{ required: true, message: say('presence.required') }];
  const clocks = (isEnd: boolean, chosen: string | undefined) =>
    clockChoices(isEnd, [chosen]).map((clock) => ({ value: clock, label: clock }));
  return (
    <div className="presence-hours" role="group" aria-label={say('presence.row', { n: at + 1 })}>
      <Form.Item name={[at, 'from']} label={say('presence.from')} rules={required}>
        <Select showSearch options={clocks(false, row.from)} />
      </Form.Item>
      <Form.Item name={[at, 'to']} label={say('presence.to')} rules={required}>
        <Select showSearch options={clocks(true, row.to)} />
      </Form.Item>
      <Form.Item name={[at, 'operators']} label={say('presence.operators')} rules={required}>
        <NumberInput min={0} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item className="wide" name={[at, 'weekdays']} label={say('presence.weekdays')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={say('presence.everyDay')}
          options={[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            value: weekday,
            label: format.weekday(weekday),
          }))}
        />
      </Form.Item>
      {doubt !== undefined && (
        <p className="note wide" role="status">
          {say(doubt === 'whole-day' ? 'presence.wholeDay' : 'presence.noMore', { n: always ?? 0 })}
        </p>
      )}
      <Button size="small" aria-label={say('presence.removeRow', { n: at + 1 })} onClick={remove}>
        {say('presence.remove')}
      </Button>
    </div>
  );
};

/** Hours in which more must be present, as a form holds them while they are being written. */
interface PresenceRow {
  readonly from?: string;
  readonly to?: string;
  /** Monday 1; none: every day. */
  readonly weekdays?: readonly number[] | undefined;
  readonly operators?: number | null;
}

export const rowsOfPresence = ({ minimumPresence = [] }: TargetsModel): PresenceRow[] =>
  minimumPresence.map((row) => ({ ...row }));

/** Rows as the targets keep them: complete ones, and weekdays only where they are some of the seven. */
export const presenceOfRows = (rows: readonly PresenceRow[]): Pick<TargetsModel, 'minimumPresence'> => {
  const minimumPresence = rows.flatMap(({ from, to, weekdays = [], operators }) => {
    if (from === undefined || to === undefined || typeof operators !== 'number') return [];
    const some = weekdays.length > 0 && weekdays.length < 7;
    return [{ from, to, operators, ...(some ? { weekdays: weekdays.toSorted((a, b) => a - b) } : {}) }];
  });
  return minimumPresence.length === 0 ? {} : { minimumPresence };
};

/** What is doubtful about complete hours, though it may be meant. */
export const doubtOf = (
  { from, to, operators }: PresenceRow,
  always: number | null | undefined,
): 'whole-day' | 'no-more' | undefined => {
  if (from !== undefined && from === to) return 'whole-day';
  if (typeof operators === 'number' && typeof always === 'number' && operators <= always) return 'no-more';
  return undefined;
};

/** Clock times to choose from: every half-hour, and what is chosen already. 24:00 only ends a day. */
export const clockChoices = (isEnd: boolean, chosen: readonly (string | undefined)[]): string[] => {
  const halfHours = Array.from({ length: 49 }, (_, i) => clockText(30 * i));
  const known = chosen.flatMap((clock) => (clock === undefined ? [] : [clock]));
  return [...new Set([...(isEnd ? halfHours : halfHours.slice(0, -1)), ...known])].sort();
};
