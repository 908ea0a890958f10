import { Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { diaryKinds, type DiaryNote } from '../../../contract/documents/audit-document.ts';
import type { ResponseOf } from '../../../contract/http/endpoints.ts';
import type { PlainDate } from '../../../kernel/time.ts';
import { messages } from '../../../words/messages.ts';
import { callApi } from '../../api/call-api.ts';
import { may } from '../../api/page-access.ts';
import { useAnswer } from '../../api/use-load.ts';
import { ChangedElsewhere } from '../../life/changed-elsewhere.tsx';
import { useChange } from '../../ui/change.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadedView } from '../../ui/states.tsx';
import { useSpeech } from '../../words/words.tsx';

const diaryKindWords = messages('diary-kind');

type Note = ResponseOf<'diary'>[number];

interface DiaryProps {
  readonly first: PlainDate;
  readonly last: PlainDate;
  /** The day that is chosen in the month. */
  readonly date: PlainDate;
  /** Called after each change: a note may have brought or taken an event. */
  readonly changed: () => void;
}

/** What people noted of a month's days; one switch lets forecasts use a note. */
export const DiaryPart = ({ first, last, date, changed }: DiaryProps) => {
  const { say } = useSpeech();
  const { problem, send, clear } = useChange();
  const [notes, reload] = useAnswer('diary');
  const run = async (change: () => Promise<unknown>): Promise<boolean> => {
    if (!(await send(change))) return false;
    reload();
    changed();
    return true;
  };
  return (
    <>
      <h3>{say('diary.title')}</h3>
      <p className="note">{say('diary.note')}</p>
      <ChangedElsewhere
        problem={problem}
        look={() => {
          clear();
          reload();
        }}
      />
      {may('addDiaryNote') && (
        <NoteForm key={date} date={date} add={(note) => run(() => callApi('addDiaryNote', { body: note }))} />
      )}
      <LoadedView loaded={notes} retry={reload}>
        {(all) => (
          <NotesTable notes={all.filter((note) => note.date >= first && note.date <= last)} run={run} />
        )}
      </LoadedView>
    </>
  );
};

const NoteForm = ({
  date,
  add,
}: {
  readonly date: PlainDate;
  readonly add: (note: DiaryNote) => Promise<boolean>;
}) => {
  const { say, language } = useSpeech();
  const [note, setNote] = useState<DiaryNote>({ date, kind: 'weather', text: '', event: false });
  const save = async (): Promise<void> => {
    if (await add({ ...note, text: note.text.trim() })) setNote({ ...note, text: '', event: false });
  };
  return (
    <div className="row">
      <Input
        type="date"
        aria-label={say('diary.date')}
        style={{ width: 160 }}
        value={note.date}
        onChange={(event) => setNote({ ...note, date: event.target.value })}
      />
      <Select
        aria-label={say('calendar.kind')}
        style={{ width: 140 }}
        value={note.kind}
        options={diaryKinds.map((value) => ({ value, label: diaryKindWords[value][language] }))}
        onChange={(kind) => setNote({ ...note, kind })}
      />
      <Input
        aria-label={say('diary.text')}
        placeholder={say('diary.text')}
        style={{ flex: '1 1 220px' }}
        maxLength={200}
        value={note.text}
        onChange={(event) => setNote({ ...note, text: event.target.value })}
      />
      {may('changeEvent') && (
        <label className="row">
          <Switch checked={note.event} onChange={(event) => setNote({ ...note, event })} />
          {say('diary.use')}
        </label>
      )}
      <Button disabled={note.text.trim() === '' || note.date === ''} onClick={() => void save()}>
        {say('diary.add')}
      </Button>
    </div>
  );
};

const NotesTable = ({
  notes,
  run,
}: {
  readonly notes: readonly Note[];
  readonly run: (change: () => Promise<unknown>) => Promise<boolean>;
}) => {
  const { say, language, format } = useSpeech();
  if (notes.length === 0) return <p className="note">{say('diary.none')}</p>;
  const mayChange = ({ event }: Note): boolean => may('changeDiaryNote') && (!event || may('changeEvent'));
  const use = ({ id, version, date, kind, text }: Note, event: boolean) =>
    run(() =>
      callApi('changeDiaryNote', { params: { note: id }, body: { date, kind, text, event }, version }),
    );
  return (
    <PlainTable
      stacks
      label={say('diary.title')}
      rows={notes}
      keyOf={({ id }) => String(id)}
      columns={[
        [say('diary.date'), 'text', ({ date }) => format.day(date)],
        [say('calendar.kind'), 'text', ({ kind }) => diaryKindWords[kind][language]],
        [say('diary.text'), 'text', ({ text }) => text],
        [
          say('diary.use'),
          'text',
          (note) => (
            <Switch
              size="small"
              aria-label={say('diary.useOf', { name: note.text })}
              disabled={!may('changeEvent')}
              checked={note.event}
              onChange={(event) => void use(note, event)}
            />
          ),
        ],
        [
          say('diary.by'),
          'text',
          ({ by, at }) => `${by === '' ? say('life.someone') : by} · ${format.instant(at)}`,
          { wide: true },
        ],
        [
          say('diary.remove'),
          'text',
          (note) =>
            mayChange(note) && (
              <Button
                size="small"
                aria-label={say('diary.removeOf', { name: note.text })}
                onClick={() =>
                  void run(() =>
                    callApi('removeDiaryNote', { params: { note: note.id }, version: note.version }),
                  )
                }
              >
                {say('diary.remove')}
              </Button>
            ),
        ],
      ]}
    />
  );
};
