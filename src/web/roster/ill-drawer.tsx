import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { RepairDocument, RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-job.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import { ChangedAlert, isChangedElsewhere } from './changed-alert.tsx';
import { HardBreakAlert, isHardBreak } from './hard-break-alert.tsx';
import { changedBy } from './reason-field.tsx';
import type { Cell, RosterParts } from './use-draft.ts';

type Candidate = RepairDocument['candidates'][number];

/** Somebody is absent: who could step in, the best first, each with its effect; one of them is taken. */
export const IllDrawer = ({
  parts: { document },
  cell,
  close,
  taken,
}: {
  readonly parts: RosterParts;
  readonly cell: Cell;
  readonly close: () => void;
  readonly taken: () => void;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const control = useJob();
  const [answer, setAnswer] = useState<RepairDocument>();
  const operator = document.people[cell.person]?.operator ?? '';
  const date = document.days[cell.day]?.date ?? '';
  const asking = { roster: document.id, absent: { operator, date }, revision: document.revision };
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void control
      .run(() => callApi('repairRoster', { body: asking }))
      .then((found) => setAnswer(found as RepairDocument | undefined));
  });
  const [wanted, setWanted] = useState(0);
  const take = async (n: number, breakHardRules = false): Promise<void> => {
    setWanted(n);
    const said = { ...changedBy(), why: say('roster.ill'), ...(breakHardRules ? { breakHardRules } : {}) };
    const done = await control.run(() => callApi('repairRoster', { body: { ...asking, ...said, take: n } }));
    if (done !== undefined) taken();
  };
  return (
    <SideDrawer
      size={760}
      title={say('roster.illTitle', { operator, day: format.day(date) })}
      onClose={close}
    >
      {control.problem !== undefined && isChangedElsewhere(control.problem) ? (
        <ChangedAlert problem={control.problem} look={taken} />
      ) : control.problem !== undefined && isHardBreak(control.problem) ? (
        <HardBreakAlert
          problem={control.problem}
          isReady
          saving={control.running}
          save={() => void take(wanted, true)}
        />
      ) : (
        <JobView control={control} title={say(answer === undefined ? 'roster.looking' : 'roster.taking')} />
      )}
      {answer !== undefined && (
        <>
          <p>
            {say('roster.emptyRate', {
              before: format.percent(answer.connectionRate.before),
              empty: format.percent(answer.connectionRate.empty),
            })}
          </p>
          {answer.candidates.length === 0 ? (
            <p>{say('roster.nobody')}</p>
          ) : (
            <Candidates
              document={document}
              candidates={answer.candidates}
              take={(n) => void take(n)}
              isRunning={control.running}
            />
          )}
        </>
      )}
    </SideDrawer>
  );
};

const Candidates = ({
  document,
  candidates,
  take,
  isRunning,
}: {
  readonly document: RosterDocument;
  readonly candidates: readonly Candidate[];
  readonly take: (n: number) => void;
  readonly isRunning: boolean;
}) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  return (
    <PlainTable
      label={say('roster.candidate')}
      rows={candidates}
      keyOf={({ moves }) => JSON.stringify(moves)}
      columns={[
        {
          key: 'who',
          head: say('roster.candidate'),
          wide: true,
          cell: ({ moves }) =>
            moves.map((move) => (
              <div key={`${move.operator} ${move.date}`}>
                {move.operator} {format.day(move.date)} {shiftName(document, move.before, language, say)} →{' '}
                {shiftName(document, move.after, language, say)}
              </div>
            )),
        },
        {
          key: 'take',
          head: say('roster.takeHead'),
          cell: (_, at) => (
            <Button size="small" disabled={isRunning} onClick={() => take(at + 1)}>
              {say('roster.take', { n: at + 1 })}
            </Button>
          ),
        },
        {
          key: 'cost',
          head: say('roster.cost'),
          numeric: true,
          cell: ({ cost }) => format.signed(cost, 1),
        },
        {
          key: 'hours',
          head: say('roster.hours'),
          numeric: true,
          cell: ({ hours }) => format.signed(hours, 1),
        },
        {
          key: 'rate',
          head: say('roster.dayRate'),
          numeric: true,
          cell: ({ connectionRate }) => format.percent(connectionRate),
        },
        {
          key: 'rules',
          head: say('roster.effect'),
          wide: true,
          cell: ({ broken }) =>
            broken.map((one) => (
              <div key={JSON.stringify(one)}>
                {one.hard && <span className="tag error">{say('roster.hard')}</span>} {tell(one.said)}
              </div>
            )),
        },
      ]}
    />
  );
};

/** A shift's name, or a day off. */
export const shiftName = (
  { shifts }: Pick<RosterDocument, 'shifts'>,
  shift: string,
  language: Language,
  say: (key: 'roster.off') => string,
): string => {
  const found = shifts.find((one) => one.shift === shift);
  return found === undefined ? say('roster.off') : inLanguage(found.name, language);
};
