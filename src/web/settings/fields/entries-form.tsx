import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { inLanguage, type Text } from '../../../kernel/text.ts';
import { useSpeech } from '../../words/words.tsx';
import { useFieldWords } from './choices.ts';
import { filledShape, isName, isRecord, isRowed, textOf, type Part } from './model-shape.ts';
import { keyFieldOf, newEntry } from './new-entry.ts';
import type { Place } from './place.ts';

export interface EntriesProps {
  readonly place: Place;
  readonly label: string;
  /** The fields of one entry, without a frame of their own: its title says what it is. */
  readonly fields: (place: Place) => ReactNode;
  /** Names that the data have, of which an entry may be made. */
  readonly seen?: readonly string[];
  /** What an entry is called, where its own name or key does not say it. */
  readonly titleOf?: (entry: Part) => string;
  /** How one is added, where it is not one like the last. */
  readonly adding?: (add: (entry: Part) => void) => ReactNode;
}

const entriesOf = ({ part }: Place): readonly Part[] =>
  Array.isArray(part) ? (part as readonly Part[]) : [];

/** Entries one below the other: short ones in rows, long ones folded under their names; added and removed. */
export const EntriesForm = ({ place, label, fields, seen = [], titleOf, adding }: EntriesProps) => {
  const { say, language } = useSpeech();
  const { addOf, meaningOf } = useFieldWords();
  const [fresh, setFresh] = useState<number>();
  const entries = entriesOf(place);
  const items = filledShape(place.shape).shape.items ?? {};
  const keyField = keyFieldOf(items);
  const keyOf = (entry: Part): string =>
    isRecord(entry) && keyField !== undefined ? textOf(entry[keyField]) : '';
  const nameOfEntry = (entry: Part, i: number): string => {
    if (titleOf !== undefined) return titleOf(entry);
    const name = isRecord(entry) && isName(items.properties?.name ?? {}) ? entry.name : undefined;
    const said = name === undefined ? keyOf(entry) : inLanguage(name as Text, language);
    return said === '' ? String(i + 1) : said;
  };
  const add = (entry: Part): void => {
    setFresh(entries.length);
    place.change([...entries, entry]);
  };
  const known = new Set(entries.map(keyOf));
  return (
    <div className="model-entries" role="group" aria-label={label}>
      <h3>{label}</h3>
      <p className="setting-note">{meaningOf(place)}</p>
      {entries.map((entry, i) => (
        <Entry
          key={i}
          wrongs={place.at(i).wrongs}
          title={nameOfEntry(entry, i)}
          isRow={isRowed(items)}
          isOpen={i === fresh}
          remove={() =>
            place.change(entries.length === 1 && place.isOptional ? undefined : entries.toSpliced(i, 1))
          }
        >
          {() => fields(place.at(i))}
        </Entry>
      ))}
      {place.wrong !== undefined && (
        <p role="alert" className="setting-note wrong">
          {place.wrong}
        </p>
      )}
      <Space wrap>
        {seen
          .filter((key) => !known.has(key))
          .map((key) => (
            <Button key={key} type="primary" ghost onClick={() => add(newEntry(items, entries, key))}>
              {say('models.addSeen', { name: key })}
            </Button>
          ))}
        {adding === undefined ? (
          <Button onClick={() => add(newEntry(items, entries))}>{addOf(place)}</Button>
        ) : (
          adding(add)
        )}
      </Space>
    </div>
  );
};

const Entry = ({
  title,
  wrongs,
  isRow,
  isOpen,
  remove,
  children,
}: {
  readonly title: string;
  /** How much is wrong within it. */
  readonly wrongs: number;
  readonly isRow: boolean;
  readonly isOpen: boolean;
  readonly remove: () => void;
  /** Made only once it is unfolded. */
  readonly children: () => ReactNode;
}) => {
  const { say } = useSpeech();
  const [open, setOpen] = useState(isOpen);
  const name = say('models.removeOf', { name: title });
  if (isRow)
    return (
      <div className="model-row" role="group" aria-label={title}>
        {children()}
        <Button aria-label={name} onClick={remove}>
          ✕
        </Button>
      </div>
    );
  return (
    <details className="model-entry" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} {wrongs > 0 && <span className="tag error">{say('models.wrongHere', { n: wrongs })}</span>}
      </summary>
      {open && (
        <>
          {children()}
          <Button size="small" danger onClick={remove}>
            {name}
          </Button>
        </>
      )}
    </details>
  );
};
