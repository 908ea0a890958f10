import { Button } from 'antd';
import { type EarlierModel, keptVersions } from '../../contract/documents/audit-document.ts';
import type { ModelName } from '../../contract/http/model-name.ts';
import { changesBetween } from '../../kernel/merge-edits.ts';
import { modelPathText, modelValueText } from '../../words/model-paths.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import type { EditedModels } from './use-models.ts';

/** Models as they were before somebody saved others: what differs from what is written now, and one button each. */
export const EarlierDrawer = ({
  names,
  models,
  close,
}: {
  readonly names: readonly ModelName[];
  readonly models: EditedModels;
  readonly close: () => void;
}) => {
  const { say } = useSpeech();
  const [versions, retry] = useLoad(`earlier ${names.join()}`, async (signal) => {
    const each = await Promise.all(
      names.map((model) => callApi('earlierModels', { params: { model }, signal })),
    );
    return each.flat().sort((one, other) => other.id - one.id);
  });
  return (
    <SideDrawer size={860} title={say('earlier.title')} onClose={close}>
      <p className="note">{say('earlier.note', { n: keptVersions })}</p>
      <LoadedView loaded={versions} retry={retry}>
        {(found) =>
          found.length === 0 ? (
            <EmptyView title={say('earlier.none')} />
          ) : (
            found.map((version) => (
              <EarlierVersion
                key={version.id}
                version={version}
                now={models.part(version.model)}
                bringBack={() => {
                  models.edit(version.model, version.document, `earlier ${version.id}`);
                  close();
                }}
              />
            ))
          )
        }
      </LoadedView>
    </SideDrawer>
  );
};

const EarlierVersion = ({
  version: { model, until, by, document },
  now,
  bringBack,
}: {
  readonly version: EarlierModel;
  readonly now: unknown;
  readonly bringBack: () => void;
}) => {
  const { say, language, format } = useSpeech();
  const changes = changesBetween(now, document);
  const who = by === '' ? say('earlier.here') : by;
  return (
    <Panel
      title={`${say(`model.${model}`)} · ${format.instant(until)}`}
      note={say('earlier.until', { who })}
      actions={
        <Button disabled={changes.length === 0} onClick={bringBack}>
          {say('earlier.bringBack')}
        </Button>
      }
    >
      {changes.length === 0 ? (
        <p>{say('earlier.same')}</p>
      ) : (
        <PlainTable
          label={say('earlier.differences')}
          rows={changes}
          columns={[
            [
              say('together.where'),
              'text',
              ({ path }) => modelPathText(path, language, [now, document]),
              { wide: true },
            ],
            [say('earlier.now'), 'text', ({ before }) => modelValueText(before, language)],
            [say('earlier.then'), 'text', ({ after }) => modelValueText(after, language)],
          ]}
        />
      )}
    </Panel>
  );
};
