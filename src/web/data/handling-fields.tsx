import { Select } from 'antd';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { useSpeech } from '../words/words.tsx';
import {
  type Absent,
  type ColumnChoice,
  type DateOrder,
  type Handling,
  isOfDays,
  queuesOffered,
  spreadsDays,
} from './column-map.ts';

interface HandlingFieldsProps {
  readonly guess: GuessDocument;
  readonly workspace: WorkspaceDocument;
  readonly choice: ColumnChoice;
  readonly changeChoice: (choice: ColumnChoice) => void;
  readonly handling: Handling;
  readonly change: (handling: Handling) => void;
  readonly met: readonly { readonly rule: string }[];
}

/** How a file's rows are taken: queue, zone, dates, what is absent, what is doubted. */
export const HandlingFields = ({
  guess,
  workspace,
  choice,
  changeChoice,
  handling,
  change,
  met,
}: HandlingFieldsProps) => {
  const { say, tell } = useSpeech();
  const isMet = (rule: RegExp): boolean => met.some((each) => rule.test(each.rule));
  return (
    <div className="form-grid">
      {!choice.fields.includes('queue') && guess.fields.some(({ field }) => field === 'queue') && (
        <label>
          {say('file.queue')}
          <Select
            aria-label={say('file.queue')}
            value={choice.queue === '' ? null : choice.queue}
            placeholder={say('file.chooseQueue')}
            options={queuesOffered(workspace).all.map((queue) => ({
              value: queue.queue,
              label: tell(queue.name),
            }))}
            onChange={(queue: string) => changeChoice({ ...choice, queue })}
          />
        </label>
      )}
      <label>
        {say('file.zone')}
        <Select
          aria-label={say('file.zone')}
          showSearch
          value={choice.zone}
          options={[...new Set([workspace.hotline.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map(
            (zone) => ({ value: zone, label: zone }),
          )}
          onChange={(zone: string) => changeChoice({ ...choice, zone })}
        />
      </label>
      {(handling.dateOrder !== undefined || isMet(/-date$/)) && (
        <label>
          {say('file.dateOrder')}
          <Select<DateOrder | 'auto'>
            aria-label={say('file.dateOrder')}
            value={handling.dateOrder ?? 'auto'}
            options={(['auto', 'ymd', 'dmy', 'mdy'] as const).map((order) => ({
              value: order,
              label: say(`order.${order}`),
            }))}
            onChange={(order) => change({ ...handling, dateOrder: order === 'auto' ? undefined : order })}
          />
        </label>
      )}
      {holdsCalls(guess) && (
        <label>
          {say('file.absent')}
          <Select<Absent>
            aria-label={say('file.absent')}
            value={handling.absent}
            options={(['auto', 'gap', 'zero'] as const).map((rule) => ({
              value: rule,
              label: say(`absent.${rule}`),
            }))}
            onChange={(absent) => change({ ...handling, absent })}
          />
        </label>
      )}
      {isOfDays(guess) && (
        <Check
          label={say('file.spreadDays')}
          checked={spreadsDays(guess, handling)}
          set={(spreads) => change({ ...handling, spreads })}
        />
      )}
      {(handling.atEnd || isMet(/^parts-above-whole/)) && (
        <Check
          label={say('file.atEnd')}
          checked={handling.atEnd}
          set={(atEnd) => change({ ...handling, atEnd })}
        />
      )}
      <Check
        label={say('file.skip')}
        checked={handling.skipBadRows}
        set={(skipBadRows) => change({ ...handling, skipBadRows })}
      />
      {(handling.addHotlines || isMet(/^unknown-hotline/)) && (
        <Check
          label={say('file.addHotlines')}
          checked={handling.addHotlines}
          set={(addHotlines) => change({ ...handling, addHotlines })}
        />
      )}
      {holdsCalls(guess) && (handling.addQueues || isMet(/^unknown-queue/)) && (
        <Check
          label={say('file.addQueues')}
          checked={handling.addQueues}
          set={(addQueues) => change({ ...handling, addQueues })}
        />
      )}
      {(handling.acceptUnusual || isMet(/^unusual-/)) && (
        <Check
          label={say('file.acceptUnusual')}
          checked={handling.acceptUnusual}
          set={(acceptUnusual) => change({ ...handling, acceptUnusual })}
        />
      )}
    </div>
  );
};

const Check = ({
  label,
  checked,
  set,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly set: (checked: boolean) => void;
}) => (
  <label className="check">
    <input type="checkbox" checked={checked} onChange={(event) => set(event.target.checked)} /> {label}
  </label>
);

/** Kinds of which rows are calls, single or by interval. */
const holdsCalls = ({ kind }: Pick<GuessDocument, 'kind'>): boolean => kind === 'traffic' || kind === 'calls';
