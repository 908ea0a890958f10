import { Button, Form, Select } from 'antd';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { bandsToPlan, type BandToPlan } from '../../contract/bands-to-plan.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { LoadedView } from '../ui/states.tsx';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import { PresenceFields } from './presence-fields.tsx';
import { presenceOfRows, rowsOfPresence, type PresenceRow } from './presence-hours.ts';
import { NumberInput } from '../ui/number-input.tsx';

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

/** What the plan must reach: the file's targets, changed for this plan, or a band to be reached. */
export const TargetsDrawer = ({
  close,
  make,
}: {
  readonly close: () => void;
  readonly make: (request: Partial<PlanRequest>) => void;
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
  const { say } = useSpeech();
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
      onFinish={(wish) => make(toRequest(wish, targets))}
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
      <Button type="primary" htmlType="submit">
        {say('plan.make')}
      </Button>
    </Form>
  );
};
