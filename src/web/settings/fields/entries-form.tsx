import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { inLanguage, type Text, untranslated } from '../../../kernel/text.ts';
import { useSpeech } from '../../words/words.tsx';
import {
  controlOf,
  emptyOf,
  filledShape,
  isMoney,
  isName,
  isRecord,
  isShare,
  type Part,
  type Shape,
  textOf,
  useFieldWords,
  useSurroundings,
  isLeaf,
} from './model-shape.ts';

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

/** Entries with one of them and the next in each other's place. */
export const swapped = <Entry,>(entries: readonly Entry[], at: number): readonly Entry[] => [
  ...entries.slice(0, at),
  ...entries.slice(at, at + 2).toReversed(),
  ...entries.slice(at + 2),
];

/** Figures that are told of a folded entry. */
const mostFacts = 3;

/** What a folded entry is at a glance: its first figures, as they are in its fields. */
const useFacts = (): ((place: Place) => string) => {
  const { nameOf } = useFieldWords();
  const { currency } = useSurroundings();
  const { format } = useSpeech();
  return (place) => {
    const { shape } = filledShape(place.shape);
    const figures = Object.entries(shape.properties ?? {}).flatMap(([name, field]) => {
      const figure = isRecord(place.part) ? place.part[name] : undefined;
      if (controlOf(field) !== 'figure' || typeof figure !== 'number') return [];
      const text = isShare(filledShape(field).shape)
        ? format.percent(figure, 0)
        : isMoney(name)
          ? format.money(figure, currency ?? null)
          : format.decimal(figure, 0);
      return [`${nameOf(name, place.name)} ${text}`];
    });
    return figures.slice(0, mostFacts).join(' · ');
  };
};

const entriesOf = ({ part }: Place): readonly Part[] =>
  Array.isArray(part) ? (part as readonly Part[]) : [];

/** Entries one below the other: short ones in rows, long ones folded under their names; added and removed. */
export const EntriesForm = ({ place, label, fields, seen = [], titleOf, adding }: EntriesProps) => {
  const { say, language } = useSpeech();
  const { addOf, meaningOf } = useFieldWords();
  const factsOf = useFacts();
  const [unfolded, setUnfolded] = useState<readonly boolean[]>([]);
  const entries = entriesOf(place);
  const items = filledShape(place.shape).shape.items ?? {};
  const keyField = keyFieldOf(items);
  const keyOf = (entry: Part): string =>
    isRecord(entry) && keyField !== undefined ? textOf(entry[keyField]) : '';
  const nameOfEntry = (entry: Part, i: number): string => {
    if (titleOf !== undefined) return titleOf(entry);
    const name = isRecord(entry) && isName(items.properties?.name ?? {}) ? entry.name : undefined;
    const text = name === undefined ? keyOf(entry) : inLanguage(name as Text, language);
    return text === '' ? String(i + 1) : text;
  };
  const add = (entry: Part): void => {
    setUnfolded(Object.assign([...unfolded], { [entries.length]: true }));
    place.change([...entries, entry]);
  };
  /** An entry and the one after it change places, unfolded or not as they are. */
  const swap = (at: number): void => {
    setUnfolded(
      swapped(
        entries.map((_, i) => unfolded[i] === true),
        at,
      ),
    );
    place.change(swapped(entries, at));
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
          isOpen={unfolded[i] === true}
          unfold={(isOpen) => setUnfolded(Object.assign([...unfolded], { [i]: isOpen }))}
          facts={isRowed(items) ? '' : factsOf(place.at(i))}
          move={{
            ...(i === 0 ? {} : { up: () => swap(i - 1) }),
            ...(i === entries.length - 1 ? {} : { down: () => swap(i) }),
          }}
          remove={() => {
            setUnfolded(unfolded.toSpliced(i, 1));
            place.change(entries.length === 1 && place.isOptional ? undefined : entries.toSpliced(i, 1));
          }}
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
  unfold,
  facts,
  move,
  remove,
  children,
}: {
  readonly title: string;
  readonly facts: string;
  /** Changes places with the entry before, or after, where there is one. */
  readonly move: { readonly up?: () => void; readonly down?: () => void };
  /** How much is wrong within it. */
  readonly wrongs: number;
  readonly isRow: boolean;
  readonly isOpen: boolean;
  readonly unfold: (isOpen: boolean) => void;
  readonly remove: () => void;
  /** Made only once it is unfolded. */
  readonly children: () => ReactNode;
}) => {
  const { say } = useSpeech();
  const name = say('models.removeOf', { name: title });
  const moves = (['up', 'down'] as const).map((way) => (
    <Button
      key={way}
      size={isRow ? 'middle' : 'small'}
      aria-label={say(`models.${way}`, { name: title })}
      disabled={move[way] === undefined}
      onClick={move[way]}
    >
      {way === 'up' ? '↑' : '↓'}
    </Button>
  ));
  if (isRow)
    return (
      <div className="model-row" role="group" aria-label={title}>
        {children()}
        <Space.Compact>
          {moves}
          <Button aria-label={name} onClick={remove}>
            ✕
          </Button>
        </Space.Compact>
      </div>
    );
  return (
    <details
      className="model-entry"
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== isOpen) unfold(open);
      }}
    >
      <summary>
        {title} {!isOpen && facts !== '' && <span className="setting-note">{facts}</span>}{' '}
        {wrongs > 0 && <span className="tag error">{say('models.wrongHere', { n: wrongs })}</span>}
      </summary>
      {isOpen && (
        <>
          {children()}
          <Space>
            {moves}
            <Button size="small" danger onClick={remove}>
              {name}
            </Button>
          </Space>
        </>
      )}
    </details>
  );
};

/** The field by which entries are distinguished: the first text that must be there; none where entries are no records. */
const keyFieldOf = ({ properties = {}, required = [] }: Shape): string | undefined =>
  required.find((name) => properties[name]?.type === 'string' && properties[name].enum === undefined);

/** A key that no entry has yet: the wanted one, else with the next number. */
const freeKey = (wanted: string, taken: readonly string[]): string => {
  const stem = wanted.replace(/-\d+$/, '');
  for (let n = 1; ; n++) {
    const key = n === 1 ? wanted : `${stem}-${n}`;
    if (!taken.includes(key)) return key;
  }
};

/**
 * An entry to add: like the last one, so that it can be kept as it is, under a key of its own; the first one as empty as
 * its shape allows. `key` is a name that the data have.
 */
export const newEntry = (items: Shape, entries: readonly Part[], key?: string): Part => {
  const last = entries.at(-1) ?? emptyOf(items);
  const keyField = keyFieldOf(items);
  if (!isRecord(last) || keyField === undefined) return last;
  const keyOf = (entry: Part): string => (isRecord(entry) ? textOf(entry[keyField]) : '');
  const own = freeKey(key ?? keyOf(last), entries.map(keyOf));
  const hasName = isName(items.properties?.name ?? {});
  return { ...last, [keyField]: own, ...(hasName ? { name: untranslated(key ?? own) } : {}) };
};

/** A place in a model that is being edited: what its schema takes there, what is there, what is wrong with it. */
export interface Place {
  /** The field's name; the list's where it is an entry. */
  readonly name: string;
  /** The field that it is in; '' at the top. */
  readonly within: string;
  readonly path: string;
  readonly shape: Shape;
  /** Undefined: left out. */
  readonly part: Part | undefined;
  /** Whether it may be left out. */
  readonly isOptional: boolean;
  readonly wrong: string | undefined;
  /** How much is wrong here and below. */
  readonly wrongs: number;
  /** Writes it again, or leaves it out; edits under one mark are one step. */
  readonly change: (part: Part | undefined, mark?: string) => void;
  /** The place of a field, or of an entry. */
  readonly at: (key: string | number) => Place;
}

/** Whether entries are so short that each is in a row. */
const isRowed = ({ properties, prefixItems }: Shape): boolean =>
  prefixItems !== undefined || (properties !== undefined && Object.values(properties).every(isLeaf));
