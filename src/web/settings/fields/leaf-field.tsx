import { AutoComplete, Checkbox, Input, Select } from 'antd';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField } from '../clock-field.tsx';
import { Labelled } from '../labelled.tsx';
import { NumberField } from '../number-field.tsx';
import { fractionOf, percentOf } from '../percent.ts';
import { useFieldWords, useSurroundings } from './choices.ts';
import { alternatives, controlOf, filledShape, isMoney, isShare, rangeOf, type Part } from './model-shape.ts';
import { emptied, type Place } from './place.ts';

interface LeafProps {
  readonly place: Place;
  readonly label: string;
}

const textOf = (part: Part | undefined): string =>
  typeof part === 'string' || typeof part === 'number' ? String(part) : '';

/** One figure, time, choice, text or yes-or-no, under its name; what is wrong with it stands below. */
export const LeafField = (props: LeafProps) => {
  switch (controlOf(props.place.shape)) {
    case 'yes-or-no':
      return <YesOrNo {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'figure':
      return <FigureOf {...props} />;
    case 'clock':
      return (
        <ClockField
          label={props.label}
          value={textOf(props.place.part)}
          wrong={props.place.wrong}
          change={(time) =>
            props.place.change(time === '' && props.place.isOptional ? undefined : time, props.place.path)
          }
        />
      );
    case 'weekdays':
      return <Weekdays {...props} />;
    case 'words':
      return <Words {...props} />;
    default:
      return <TextOf {...props} />;
  }
};

const YesOrNo = ({ place, label }: LeafProps) => {
  const { meaningOf } = useFieldWords();
  return (
    <div className="setting">
      <Checkbox checked={place.part === true} onChange={(event) => place.change(event.target.checked)}>
        {label}
      </Checkbox>
      <span className="setting-note">{meaningOf(place)}</span>
    </div>
  );
};

const Choice = ({ place, label }: LeafProps) => {
  const { nameOf, meaningOf } = useFieldWords();
  const { shape } = filledShape(place.shape);
  const values = shape.enum ?? alternatives(shape).map((form) => form.const as string | number);
  return (
    <Labelled label={label} wrong={place.wrong} note={meaningOf(place)}>
      {(about) => (
        <Select
          {...about}
          value={place.part as string | number}
          options={values.map((value) => ({ value, label: nameOf(String(value), place.name) }))}
          onChange={(value: string | number) => place.change(value)}
        />
      )}
    </Labelled>
  );
};

const FigureOf = ({ place, label }: LeafProps) => {
  const { say } = useSpeech();
  const { meaningOf } = useFieldWords();
  const { currency } = useSurroundings();
  const { shape } = filledShape(place.shape);
  const percent = isShare(shape);
  const figure = typeof place.part === 'number' ? place.part : null;
  const unit = percent ? '%' : isMoney(place.name) ? currency : undefined;
  const { least, most } = rangeOf(shape);
  const range =
    percent || least === undefined
      ? undefined
      : most === undefined
        ? say('models.least', { least })
        : say('models.range', { least, most });
  const note = [meaningOf(place), range].filter((part) => part !== undefined).join(' ');
  return (
    <NumberField
      label={label}
      note={note}
      wrong={place.wrong}
      {...(unit === undefined ? {} : { unit })}
      value={figure !== null && percent ? percentOf(figure) : figure}
      change={(value) =>
        place.change(value === null ? emptied(place) : percent ? fractionOf(value) : value, place.path)
      }
    />
  );
};

const Weekdays = ({ place, label }: LeafProps) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <Labelled label={label} wrong={place.wrong}>
      {(about) => (
        <Select
          {...about}
          mode="multiple"
          {...(place.isOptional ? { placeholder: say('presence.everyDay') } : {})}
          value={(place.part ?? []) as number[]}
          options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: format.weekday(value) }))}
          onChange={(days: number[]) =>
            place.change(days.length === 0 && place.isOptional ? undefined : days.toSorted((a, b) => a - b))
          }
        />
      )}
    </Labelled>
  );
};

/** Several keys: chosen from what there is, or typed. */
const Words = ({ place, label }: LeafProps) => {
  const { meaningOf } = useFieldWords();
  const { choices } = useSurroundings();
  return (
    <Labelled label={label} wrong={place.wrong} note={meaningOf(place)}>
      {(about) => (
        <Select
          {...about}
          mode="tags"
          value={(place.part ?? []) as string[]}
          options={[...(choices[place.name] ?? [])]}
          onChange={(words: string[]) => place.change(words.length === 0 ? emptied(place) : words)}
        />
      )}
    </Labelled>
  );
};

/** A text; a key of something that there is, where the field names one. */
const TextOf = ({ place, label }: LeafProps) => {
  const { meaningOf } = useFieldWords();
  const { choices } = useSurroundings();
  const known = choices[place.name];
  const write = (text: string): void => place.change(text === '' ? emptiedText(place) : text, place.path);
  return (
    <Labelled label={label} wrong={place.wrong} note={meaningOf(place)}>
      {(about) =>
        known === undefined ? (
          <Input {...about} value={textOf(place.part)} onChange={(event) => write(event.target.value)} />
        ) : (
          <AutoComplete
            {...about}
            value={textOf(place.part)}
            options={known.map(({ value, label: name }) => ({
              value,
              label: name === value ? value : `${name} · ${value}`,
            }))}
            onChange={(text: string) => write(text)}
          />
        )
      }
    </Labelled>
  );
};

/** A text that is left empty: left out where that is taken, else an empty text that is said to be wrong. */
const emptiedText = (place: Place): Part | undefined =>
  place.isOptional || filledShape(place.shape).mayBeNone ? emptied(place) : '';
