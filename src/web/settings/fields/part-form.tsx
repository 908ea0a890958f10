import { AutoComplete, Button, Checkbox, Input, Select } from 'antd';
import { languages } from '../../../kernel/text.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField, Labelled, NumberField } from '../labelled.tsx';
import { fractionOf, percentOf } from '../use-models.ts';
import { EntriesForm, type EntriesProps, type Place } from './entries-form.tsx';
import {
  alternatives,
  controlOf,
  emptyOf,
  filledShape,
  fits,
  isLeaf,
  isMoney,
  isRecord,
  isShare,
  type Part,
  rangeOf,
  type Shape,
  textOf,
  useFieldWords,
  useSurroundings,
  variantKey,
} from './model-shape.ts';

interface PartProps {
  readonly place: Place;
  readonly label?: string;
}

/** The form of a part of a model, as its schema has it: whatever the schema takes can be set, added and removed here. */
const PartForm = ({ place, label: text }: PartProps) => {
  const { nameOf } = useFieldWords();
  const label = text ?? nameOf(place.name, place.within);
  switch (controlOf(place.shape)) {
    case 'name':
      return <NameFields place={place} label={label} />;
    case 'group':
      return <Group place={place} label={label} />;
    case 'variants':
      return <Variants place={place} label={label} />;
    case 'alternatives':
      return <Alternatives place={place} label={label} />;
    case 'entries':
      return <ListForm place={place} label={label} />;
    case 'tuple':
      return place.shape.prefixItems?.map((_, i) => <PartForm key={i} place={place.at(i)} label={label} />);
    default:
      return <LeafField place={place} label={label} />;
  }
};

/** A name or sentence, in every language; long ones on several lines. */
const NameFields = ({ place, label }: { readonly place: Place; readonly label: string }) => {
  const { nameOf } = useFieldWords();
  return languages.map((language) => {
    const nameAt = place.at(language);
    const text = typeof nameAt.part === 'string' ? nameAt.part : '';
    const Control = place.name === 'name' ? Input : Input.TextArea;
    return (
      <Labelled key={language} label={`${label} · ${nameOf(language)}`} wrong={nameAt.wrong}>
        {(about) => (
          <Control
            {...about}
            value={text}
            {...(Control === Input ? {} : { rows: 3 })}
            onChange={(event) => {
              const others = isRecord(place.part) ? place.part : {};
              const text = { ...others, [language]: event.target.value };
              const isEmpty = place.isOptional && languages.every((each) => (text[each] ?? '') === '');
              place.change(isEmpty ? undefined : text, nameAt.path);
            }}
          />
        )}
      </Labelled>
    );
  });
};

/** Fields of a part: those of one control in a grid, those that have parts of their own below. */
export const FieldsOf = ({
  place,
  hidden = [],
}: {
  readonly place: Place;
  /** Fields that are filled in elsewhere. */
  readonly hidden?: readonly string[];
}) => {
  const form = formOf(place);
  const names = Object.keys(form.properties ?? {}).filter((name) => !hidden.includes(name));
  const isSingle = (name: string): boolean => {
    const shape = form.properties?.[name] ?? {};
    return isLeaf(shape) || (name === 'name' && controlOf(shape) === 'name');
  };
  return (
    <>
      <div className="settings-grid wide">
        {names.filter(isSingle).map((name) => (
          <PartForm key={name} place={place.at(name)} />
        ))}
      </div>
      {names
        .filter((name) => !isSingle(name))
        .map((name) => (
          <PartForm key={name} place={place.at(name)} />
        ))}
    </>
  );
};

/** The form that a part has now, of those its shape allows. */
const formOf = ({ shape, part }: Place): Shape => {
  const filled = filledShape(shape).shape;
  return alternatives(filled).find((form) => fits(form, part)) ?? filled;
};

/** Fields that belong together; those that may be left out are added first. */
const Group = ({ place, label }: { readonly place: Place; readonly label: string }) => {
  const { say } = useSpeech();
  const { meaningOf } = useFieldWords();
  if (!isRecord(place.part))
    return (
      <div className="row">
        <Button size="small" onClick={() => place.change(emptyOf(formOf(place)))}>
          {say('models.fillIn', { name: label })}
        </Button>
        <span className="setting-note">{meaningOf(place)}</span>
      </div>
    );
  return (
    <fieldset className="model-fields">
      <legend>{label}</legend>
      <p className="setting-note">{meaningOf(place)}</p>
      <FieldsOf place={place} />
      {(place.isOptional || filledShape(place.shape).mayBeNone) && place.shape.default === undefined && (
        <Button size="small" onClick={() => place.change(emptied(place))}>
          {say('models.removeOf', { name: label })}
        </Button>
      )}
    </fieldset>
  );
};

/** A part of one of several kinds, each with fields of its own. */
const Variants = ({ place, label }: { readonly place: Place; readonly label: string }) => {
  const { nameOf } = useFieldWords();
  const key = variantKey(filledShape(place.shape).shape) ?? '';
  const forms = alternatives(filledShape(place.shape).shape);
  const kindOf = (form: Shape): string => String(form.properties?.[key]?.const);
  const now = isRecord(place.part) ? place.part[key] : undefined;
  return (
    <fieldset className="model-fields">
      <legend>{label}</legend>
      <Select
        aria-label={label}
        value={now as string}
        style={{ minWidth: 220 }}
        options={forms.map((form) => ({ value: kindOf(form), label: nameOf(kindOf(form), place.name) }))}
        onChange={(kind: string) => place.change(emptyOf(forms.find((form) => kindOf(form) === kind) ?? {}))}
      />
      <FieldsOf place={place} hidden={[key]} />
    </fieldset>
  );
};

/** A part that may have several forms (none, one figure, a list): which, and then that. */
const Alternatives = ({ place, label }: { readonly place: Place; readonly label: string }) => {
  const { nameOf, meaningOf } = useFieldWords();
  const { shape, mayBeNone } = filledShape(place.shape);
  const forms: readonly Shape[] = [
    ...(mayBeNone || place.isOptional ? [{ type: 'null' }] : []),
    ...alternatives(shape),
  ];
  const at = forms.findIndex((form) => fits(form, place.part ?? null));
  const form = forms[at];
  const nameOfForm = ({ type, const: fixed }: Shape): string =>
    nameOf(fixed === undefined ? `form-${type ?? 'choice'}` : textOf(fixed as Part), place.name);
  const chosen = (to: Shape): Part | undefined => (to.type === 'null' ? emptied(place) : emptyOf(to));
  return (
    <div className="model-alternatives">
      <Labelled label={label} wrong={place.wrong} note={meaningOf(place)}>
        {(about) => (
          <Select
            {...about}
            value={at}
            options={forms.map((each, value) => ({ value, label: nameOfForm(each) }))}
            onChange={(to: number) => place.change(chosen(forms[to] ?? {}))}
          />
        )}
      </Labelled>
      {form !== undefined && form.type !== 'null' && form.const === undefined && (
        <PartForm place={{ ...place, shape: form, isOptional: false }} label={label} />
      )}
    </div>
  );
};

/** A list of a model: its entries, each with its fields. */
export const ListForm = (props: Omit<EntriesProps, 'fields'>) => (
  <EntriesForm
    {...props}
    fields={(entry) =>
      isRecord(entry.part) ? (
        <FieldsOf place={entry} hidden={[variantKey(entry.shape) ?? '']} />
      ) : (
        <PartForm place={entry} />
      )
    }
  />
);

interface LeafProps {
  readonly place: Place;
  readonly label: string;
}

const textOfPart = (part: Part | undefined): string =>
  typeof part === 'string' || typeof part === 'number' ? String(part) : '';

/** One figure, time, choice, text or yes-or-no, under its name; what is wrong with it is below. */
const LeafField = (props: LeafProps) => {
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
          value={textOfPart(props.place.part)}
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
  const { say, format } = useSpeech();
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
          <Input {...about} value={textOfPart(place.part)} onChange={(event) => write(event.target.value)} />
        ) : (
          <AutoComplete
            {...about}
            value={textOfPart(place.part)}
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

/** Leaves a part empty in the way that its schema takes: as none, as its usual value, left out, else to be filled in. */
const emptied = ({ shape, isOptional }: Place): Part | undefined => {
  if (filledShape(shape).mayBeNone) return null;
  if (shape.default !== undefined) return shape.default as Part;
  return isOptional ? undefined : null;
};
