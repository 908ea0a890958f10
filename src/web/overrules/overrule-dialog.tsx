import { Button, Form, Input, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import {
  type Overrule,
  type OverrulesMeanwhile,
  overrulesMeet,
  overrulesVersion,
  shareOfChange,
} from '../../contract/documents/overrule-schema.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { callApi } from '../api/call-api.ts';
import { ownName } from '../api/page-access.ts';
import { problemOf, useAnswer } from '../api/use-load.ts';
import { useFocusBack } from '../ui/side-drawer.tsx';
import { LoadedView } from '../ui/states.tsx';
import { confirmLeaving, useUnsaved } from '../ui/use-place.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { ChangedElsewhere } from '../life/changed-elsewhere.tsx';
import { OwnName } from '../together/own-name.tsx';
import { Presence } from '../together/presence.tsx';
import { noFigure, reasonBy } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { useLargeChange } from '../ui/large-change.tsx';
import { NumberInput, signedPercent } from '../ui/number-input.tsx';

addWords(messages('page-overrule'));

interface Wish {
  readonly queue: string;
  readonly date: string;
  readonly from?: string;
  readonly to?: string;
  readonly way: 'factor' | 'calls';
  readonly amount: number;
  readonly reason: string;
}

/** What is filled in: the same wish for one day or several. */
type WishOfDays = Omit<Wish, 'date'> & { readonly dates: readonly string[] };

/** What is stored of a wish; percent more or less become a factor. Who signs in is named by the server. */
export const toOverrule = (wish: Wish, author = ''): Overrule => ({
  queue: wish.queue === '' ? null : wish.queue,
  date: wish.date,
  from: wish.from ?? null,
  to: wish.to ?? null,
  factor: wish.way === 'factor' ? Math.round(1e4 * (1 + wish.amount / 100)) / 1e4 : null,
  calls: wish.way === 'calls' ? wish.amount : null,
  reason: wish.reason.trim(),
  author: author.trim() || noFigure,
});

/**
 * Adds the same change to each day; the first on what the reader looked at, the others on what is there then.
 * Answers what others had added meanwhile.
 */
const addToDays = async (
  { dates, ...wish }: WishOfDays,
  seen: { readonly version?: string },
  added: () => void,
): Promise<ProblemDetails | undefined> => {
  let joined: ProblemDetails | undefined;
  for (const [i, date] of dates.toSorted().entries()) {
    const now = i === 0 ? seen : { version: overrulesVersion(await callApi('overrules')) };
    joined = (await addOnTop(toOverrule({ ...wish, date }, ownName()), now)) ?? joined;
    added();
  }
  return joined;
};

/** Adds a change; where others added some that do not meet it, on top of them, which it answers. */
const addOnTop = async (
  body: Overrule,
  seen: { readonly version?: string },
): Promise<ProblemDetails | undefined> => {
  // The form has asked back.
  const confirmed = { ...body, confirmLargeChange: true };
  try {
    await callApi('addOverrule', { body: confirmed, ...seen });
    return undefined;
  } catch (error) {
    const problem = problemOf(error);
    const meanwhile = problem.problems.find(({ rule }) => rule === 'overrules-changed-meanwhile');
    const { rows } = (meanwhile?.values ?? {}) as Partial<OverrulesMeanwhile>;
    if (rows === undefined || rows.some((row) => overrulesMeet(row, body))) throw error;
    await callApi('addOverrule', { body: confirmed, version: overrulesVersion(await callApi('overrules')) });
    return problem;
  }
};

/** Fields in which a change is begun. */
const begun: (keyof WishOfDays)[] = ['dates', 'amount', 'reason'];

/** Changes the forecast of a day or some hours, with a reason; the original is kept beside it. */
export const OverruleDialog = ({
  plan,
  close,
  again,
}: {
  readonly plan: PlanDocument;
  readonly close: () => void;
  readonly again: () => void;
}) => {
  useFocusBack();
  const { say } = useSpeech();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [joined, setJoined] = useState<ProblemDetails>();
  const [form] = Form.useForm<WishOfDays>();
  // What was begun and not added is asked for, wherever the dialog is left by.
  useUnsaved(
    true,
    () => false,
    () => form.isFieldsTouched(begun),
  );
  const [stored, reload] = useAnswer('overrules');
  /** What the reader looked at when deciding. */
  const seen = () => (stored.state === 'ready' ? { version: overrulesVersion(stored.value) } : {});
  const plansNext = useRef(false);
  const planAgain = (): void => {
    close();
    again();
  };
  const save = async (wish: WishOfDays): Promise<void> => {
    const isLast = plansNext.current;
    try {
      setJoined(undefined);
      const others = await addToDays(wish, seen(), reload);
      setJoined(others);
      setProblem(undefined);
      form.resetFields(begun);
      // What others added is seen first: it is planned with as well.
      if (isLast && others === undefined) planAgain();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const remove = async (id: number): Promise<void> => {
    try {
      await callApi('removeOverrule', { params: { id }, ...seen() });
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Modal
      open
      width={720}
      title={say('overrule.title')}
      onCancel={() => confirmLeaving(close)}
      footer={[
        <Button key="close" onClick={() => confirmLeaving(close)}>
          {say('state.close')}
        </Button>,
        <Button
          key="again"
          type="primary"
          onClick={() => {
            // Nothing begun: what was added or taken back before is planned with.
            if (!form.isFieldsTouched(begun)) return planAgain();
            plansNext.current = true;
            return form.submit();
          }}
        >
          {say('overrule.saveAndPlan')}
        </Button>,
      ]}
    >
      <p className="note">{say('overrule.note')}</p>
      <Presence places={['overrules']} isEditing />
      <ChangedElsewhere
        problem={problem}
        joined={joined}
        look={() => {
          setProblem(undefined);
          reload();
        }}
      />
      <OverruleForm
        plan={plan}
        form={form}
        save={(wish) => void save(wish)}
        stay={() => {
          plansNext.current = false;
        }}
      />
      <LoadedView loaded={stored} retry={reload}>
        {(rows) => rows.length > 0 && <StoredOverrules rows={rows} remove={(id) => void remove(id)} />}
      </LoadedView>
    </Modal>
  );
};

/** By what share a wish changes its days at most; calls for a part of a day or one queue are held to nothing. */
const largestShare = (wish: WishOfDays, plan: PlanDocument): number =>
  plan.days
    .filter(({ date }) => wish.dates.includes(date))
    .map(({ date, calls }) => shareOfChange(toOverrule({ ...wish, date }), calls.mean))
    .reduce((most, share) => (Math.abs(share) > Math.abs(most) ? share : most), 0);

const OverruleForm = ({
  plan,
  form,
  save,
  stay,
}: {
  readonly plan: PlanDocument;
  readonly form: ReturnType<typeof Form.useForm<WishOfDays>>[0];
  readonly save: (wish: WishOfDays) => void;
  /** What is saved next is not yet planned with. */
  readonly stay: () => void;
}) => {
  const { say, tell, format } = useSpeech();
  const way = Form.useWatch('way', form) ?? 'factor';
  const [least, most] = way === 'calls' ? [0, Infinity] : [signedPercent.min, signedPercent.max];
  const large = useLargeChange();
  const clocks = [...new Set(plan.starts.map((start) => start.slice(11)))].sort();
  const clockOptions = [...clocks, '24:00'].map((clock) => ({ value: clock, label: clock }));
  const [isChoosing, setChoosing] = useState(false);
  const needed = (field: string): string => say('overrule.needed', { field });
  const required = [{ required: true, whitespace: true, message: say('overrule.required') }];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="form-grid"
      initialValues={{
        queue: '',
        dates: [],
        way: 'factor',
        amount: 10,
        reason: '',
      }}
      onFinish={(wish: WishOfDays) => large.ask(largestShare(wish, plan), () => save(wish))}
    >
      <Form.Item name="queue" label={say('calls.queue')}>
        <Select
          options={[
            { value: '', label: say('calls.all') },
            ...plan.queues.map((queue) => ({ value: queue.queue, label: tell(queue.name) })),
          ]}
        />
      </Form.Item>
      <Form.Item
        name="dates"
        label={needed(say('overrule.days'))}
        rules={[{ required: true, message: say('overrule.required') }]}
      >
        <Select
          mode="multiple"
          showSearch={false}
          open={isChoosing}
          onOpenChange={setChoosing}
          // It lies on the fields that come next.
          onSelect={() => setChoosing(false)}
          options={plan.days.map((day) => ({ value: day.date, label: format.day(day.date) }))}
        />
      </Form.Item>
      <Form.Item name="from" label={say('overrule.from')}>
        <Select allowClear options={clockOptions} placeholder={say('overrule.wholeDay')} />
      </Form.Item>
      <Form.Item name="to" label={say('overrule.to')}>
        <Select allowClear options={clockOptions} placeholder={say('overrule.wholeDay')} />
      </Form.Item>
      <Form.Item name="way" label={say('overrule.way')}>
        <Select
          options={[
            { value: 'factor', label: say('overrule.factor') },
            { value: 'calls', label: say('overrule.calls') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="amount"
        label={needed(say('overrule.amount'))}
        rules={[
          { required: true, message: say('overrule.required') },
          // The field says by itself what is out of bounds.
          { type: 'number', min: least, max: most, message: '' },
        ]}
      >
        <NumberInput {...(way === 'calls' ? { min: 0 } : signedPercent)} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reason" label={needed(say('overrule.reason'))} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      {large.question}
      <div className="row form-wide">
        <Button htmlType="submit" onClick={stay}>
          {say('overrule.save')}
        </Button>
        <OwnName />
      </div>
    </Form>
  );
};

const StoredOverrules = ({
  rows,
  remove,
}: {
  readonly rows: readonly (Overrule & { readonly id: number })[];
  readonly remove: (id: number) => void;
}) => {
  const { say, format } = useSpeech();
  return (
    <PlainTable
      stacks
      label={say('overrule.stored')}
      rows={rows}
      keyOf={(row) => String(row.id)}
      columns={[
        [say('day.day'), 'text', (row) => format.day(row.date)],
        [
          say('prompts.time'),
          'text',
          (row) => (row.from === null ? say('overrule.wholeDay') : `${row.from}–${row.to ?? '24:00'}`),
        ],
        [say('calls.queue'), 'text', (row) => row.queue ?? say('calls.all')],
        [
          say('overrule.amount'),
          'number',
          (row) => (row.factor === null ? format.count(row.calls) : `${format.points(row.factor - 1, 0)}%`),
        ],
        [say('overrule.reason'), 'text', reasonBy],
        [
          say('overrule.remove'),
          'text',
          (row) => (
            <Button size="small" danger onClick={() => remove(row.id)}>
              {say('overrule.remove')}
            </Button>
          ),
        ],
      ]}
    />
  );
};
