import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { type Role, roles } from '../../contract/access/roles.ts';
import type { MemberDocument } from '../../contract/http/account-endpoints.ts';
import { memberWords } from '../../words/door-words.ts';
import { messages } from '../../words/messages.ts';
import { ApiError, callApi } from '../api/call-api.ts';
import { type Loaded, useAnswer } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { noFigure } from '../../words/figures.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { ConfirmButton, useChange } from '../ui/change.tsx';
import { ShownOnce, TokensPanel } from './tokens-panel.tsx';

const roleWords = messages('terminal-role');

addWords(memberWords);

/** What is open on the page: somebody new, somebody there, or neither. */
type Open = 'new' | MemberDocument | undefined;

/** Where administrators look after people. */
export const MembersPage = () => {
  const { say } = useSpeech();
  const [members, reload] = useAnswer('members');
  const { busy, problem, send } = useChange();
  const [open, setOpen] = useState<Open>();
  const [told, setTold] = useState<{ readonly user: string; readonly code: string }>();
  const change = (call: () => Promise<unknown>): void =>
    void send(async () => {
      // A code that was handed over is not left standing while somebody else is looked after.
      setTold(undefined);
      await call();
      reload();
    });
  const invite = (user: string): void =>
    change(async () => {
      const { code } = await callApi('inviteMember', { params: { user } });
      setTold({ user, code });
    });
  const show = (member: Open): void => {
    setTold(undefined);
    setOpen(member);
  };
  const save = (member: Open, fields: MemberFields): void =>
    change(async () => {
      if (member === 'new') {
        const added = await callApi('addMember', { body: fields }).catch((error: unknown) =>
          giveRoleHere(error, fields, members),
        );
        if (added !== undefined) setTold({ user: added.member.user, code: added.code });
      } else if (member !== undefined) {
        const { user, ...body } = fields;
        const { name, ...place } = body;
        await callApi('changeMember', {
          params: { user },
          body: name === member.name ? place : body,
        });
      }
      setOpen(undefined);
    });
  return (
    <>
      <h1>{say('nav.members')}</h1>
      {problem !== undefined && <ProblemView problem={problem} />}
      {told !== undefined && (
        <ShownOnce
          title={say('members.code', { user: told.user })}
          secret={told.code}
          note={say('members.codeNote')}
          close={() => setTold(undefined)}
        />
      )}
      {open !== undefined && (
        <Panel
          title={open === 'new' ? say('members.addTitle') : say('members.changeOf', { user: open.user })}
        >
          <MemberForm
            key={open === 'new' ? '' : open.user}
            member={open === 'new' ? undefined : open}
            busy={busy}
            save={(fields) => save(open, fields)}
            cancel={() => setOpen(undefined)}
          />
        </Panel>
      )}
      <Panel
        title={say('members.list')}
        note={say('members.note')}
        actions={
          open !== 'new' && (
            <Button type="primary" onClick={() => show('new')}>
              {say('members.add')}
            </Button>
          )
        }
      >
        <LoadedView loaded={members} retry={reload}>
          {(rows) => <Members rows={rows} open={show} invite={invite} change={change} />}
        </LoadedView>
      </Panel>
      <TokensPanel />
    </>
  );
};

const Members = ({
  rows,
  open,
  invite,
  change,
}: {
  readonly rows: readonly MemberDocument[];
  readonly open: (member: MemberDocument) => void;
  readonly invite: (user: string) => void;
  readonly change: (call: () => Promise<unknown>) => void;
}) => {
  const { say, language, format } = useSpeech();
  const stateOf = ({ disabled, hasPassword, invitedUntil }: MemberDocument): string => {
    if (disabled) return say('members.closed');
    if (hasPassword) return say('members.open');
    return invitedUntil === null
      ? say('members.noPassword')
      : say('members.invited', { until: format.instant(invitedUntil) });
  };
  return (
    <PlainTable
      stacks
      rows={rows}
      keyOf={({ user }) => user}
      columns={[
        [say('members.user'), 'text', ({ user }) => user, { sorts: true }],
        [say('members.name'), 'text', ({ name }) => name],
        [
          say('members.role'),
          'text',
          ({ role }) => (role === null ? say('members.noRole') : roleWords[role][language]),
          { sortBy: ({ role }) => role },
        ],
        [say('members.operator'), 'text', ({ operator }) => operator ?? noFigure],
        [say('members.state'), 'text', stateOf],
        [
          say('members.acts'),
          'text',
          (member) => <Acts member={member} open={open} invite={invite} change={change} />,
          { wide: true },
        ],
      ]}
    />
  );
};

const Acts = ({
  member,
  open,
  invite,
  change,
}: {
  readonly member: MemberDocument;
  readonly open: (member: MemberDocument) => void;
  readonly invite: (user: string) => void;
  readonly change: (call: () => Promise<unknown>) => void;
}) => {
  const { say } = useSpeech();
  const { user, disabled } = member;
  const setClosed = (closed: boolean): void =>
    change(() => callApi('changeMember', { params: { user }, body: { disabled: closed } }));
  return (
    <span className="row">
      <Button size="small" onClick={() => open(member)} aria-label={say('members.changeOf', { user })}>
        {say('members.change')}
      </Button>
      <ConfirmButton
        label={say('members.reset')}
        question={say('members.resetSure', { user })}
        act={() => invite(user)}
      />
      <ConfirmButton
        label={say('members.endSessions')}
        question={say('members.endSessionsSure', { user })}
        act={() => change(() => callApi('endSessions', { params: { user } }))}
      />
      {disabled ? (
        <Button size="small" onClick={() => setClosed(false)}>
          {say('members.reopen')}
        </Button>
      ) : (
        <ConfirmButton
          label={say('members.close')}
          question={say('members.closeSure', { user })}
          act={() => setClosed(true)}
        />
      )}
    </span>
  );
};

/** Somebody of another hotline, who is not listed here: their account gets a role here, and keeps its name and password. */
const giveRoleHere = async (
  error: unknown,
  { user, role, operator }: MemberFields,
  listed: Loaded<readonly MemberDocument[]>,
): Promise<undefined> => {
  const isThere = error instanceof ApiError && error.problem.type === 'urn:huawu:account-there';
  const isListed =
    listed.state !== 'ready' || listed.value.some((each) => each.user === user.trim().toLowerCase());
  if (!isThere || isListed) throw error;
  await callApi('changeMember', { params: { user }, body: { role, operator } });
};

interface MemberFields {
  readonly user: string;
  readonly name: string;
  readonly role: Role | null;
  readonly operator: string | null;
}

interface Typed {
  readonly user?: string;
  readonly name: string;
  readonly role: Role | 'none';
  readonly operator?: string;
}

/** Somebody new, or somebody who is there: name, role on this hotline, operator. */
const MemberForm = ({
  member,
  busy,
  save,
  cancel,
}: {
  readonly member: MemberDocument | undefined;
  readonly busy: boolean;
  readonly save: (fields: MemberFields) => void;
  readonly cancel: () => void;
}) => {
  const { say, language } = useSpeech();
  const [form] = Form.useForm<Typed>();
  const role = Form.useWatch('role', form);
  const finish = ({ user, name, role: chosen, operator }: Typed): void =>
    save({
      user: member?.user ?? user ?? '',
      name,
      role: chosen === 'none' ? null : chosen,
      operator: chosen === 'operator' && operator !== undefined && operator !== '' ? operator : null,
    });
  const options = [...roles, 'none' as const].map((value) => ({
    value,
    label: value === 'none' ? say('members.noRole') : roleWords[value][language],
  }));
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="narrow"
      initialValues={{
        name: member?.name ?? '',
        role: member === undefined ? 'viewer' : (member.role ?? 'none'),
        operator: member?.operator ?? '',
      }}
      onFinish={finish}
    >
      {member === undefined && (
        <Form.Item name="user" label={say('members.user')} rules={[{ required: true, message: '' }]}>
          <Input maxLength={64} autoComplete="off" autoFocus />
        </Form.Item>
      )}
      <Form.Item name="name" label={say('members.name')} rules={[{ required: true, message: '' }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label={say('members.role')}>
        <Select options={options} />
      </Form.Item>
      {role === 'operator' && (
        <Form.Item name="operator" label={say('members.operator')} extra={say('members.operatorNote')}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
      <span className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {say(member === undefined ? 'members.add' : 'members.save')}
        </Button>
        <Button onClick={cancel}>{say('state.cancel')}</Button>
      </span>
    </Form>
  );
};
