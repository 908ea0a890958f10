import { Button, Input, Select } from 'antd';
import { languages } from '../../../kernel/text.ts';
import { useSpeech } from '../../words/words.tsx';
import { Labelled } from '../labelled.tsx';
import { useFieldWords } from './choices.ts';
import { EntriesForm, type EntriesProps } from './entries-form.tsx';
import { LeafField } from './leaf-field.tsx';
import {
  alternatives,
  controlOf,
  emptyOf,
  filledShape,
  fits,
  isLeaf,
  isRecord,
  textOf,
  variantKey,
  type Part,
  type Shape,
} from './model-shape.ts';
import { emptied, type Place } from './place.ts';

interface PartProps {
  readonly place: Place;
  readonly label?: string;
}

/** The form of a part of a model, as its schema has it: whatever the schema takes can be set, added and removed here. */
export const PartForm = ({ place, label: given }: PartProps) => {
  const { nameOf } = useFieldWords();
  const label = given ?? nameOf(place.name, place.within);
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
    const own = place.at(language);
    const text = typeof own.part === 'string' ? own.part : '';
    const Control = place.name === 'name' ? Input : Input.TextArea;
    return (
      <Labelled key={language} label={`${label} · ${nameOf(language)}`} wrong={own.wrong}>
        {(about) => (
          <Control
            {...about}
            value={text}
            {...(Control === Input ? {} : { rows: 3 })}
            onChange={(event) => {
              const others = isRecord(place.part) ? place.part : {};
              const text = { ...others, [language]: event.target.value };
              const isEmpty = place.isOptional && languages.every((each) => (text[each] ?? '') === '');
              place.change(isEmpty ? undefined : text, own.path);
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
