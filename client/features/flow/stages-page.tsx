import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readSchema, stage as declaration } from '../../../server/contract/records.js';
import { currentIn } from '../../lib/current';
import { keepScope } from '../../lib/address';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery, settingsQuery } from '../access/api';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { addStage, changeStage, stagesQuery } from './api';
import { effectsOf, KIND_MEANS, type Stage } from './stage-effects';
import '../proof/proof.css';
import './flow.css';

/** The stages that work passes through: their order, and what each means to the figures. */
export function StagesPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const isReader = session.reads.includes('stage');
  const query = useQuery({ ...stagesQuery, enabled: isReader });
  const mayWrite = session.writes.includes('stage');
  const [opened, setOpened] = useState<Stage | 'new' | null>(null);
  const unstated = query.data?.items.filter(({ kind }) => kind === null).length ?? 0;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Stages"
        question="Through which stages does work pass, and what does each mean?"
        message={
          query.data
            ? `${query.data.items.length === 0 ? 'No stage yet' : counted(query.data.items.length, 'stage')}${unstated > 0 ? `; of ${count(unstated)} nobody said what they are` : ''}`
            : isReader
              ? '\u00a0'
              : 'Not for your role.'
        }
        actions={
          <Link to="/flow" search={keepScope}>
            See the flow
          </Link>
        }
      >
        For all of the enterprise · each change is in the audit trail
      </PageHeader>
      {!isReader && <Empty>Your role does not read the stages of work.</Empty>}
      {isReader && (
        <section className="card" aria-labelledby="stages-head">
          <h2 id="stages-head">Stages in their order</h2>
          <QueryState query={query} what="the stages" rows={6}>
            {({ items }) => (
              <>
                {items.length === 0 ? (
                  <Empty action={<Link to="/import">Import a log of work</Link>}>
                    There is no stage yet. A log of changes brings its own{mayWrite && ', or add them here'}.
                  </Empty>
                ) : (
                  <DataTable
                    label="Stages"
                    caption={mayWrite ? counted(items.length, 'stage') : 'Stages are changed by administrators.'}
                    columns={columnsOf(settings.currentPeriod, mayWrite ? setOpened : null)}
                    rows={items}
                    rowKey={({ id }) => id}
                  />
                )}
                {mayWrite && opened === null && (
                  <p className="actions">
                    <Button onClick={() => setOpened('new')}>Add a stage</Button>
                  </p>
                )}
                {opened !== null && (
                  <StageForm
                    key={opened === 'new' ? 'new' : opened.id}
                    stage={opened === 'new' ? null : opened}
                    onClose={() => setOpened(null)}
                  />
                )}
              </>
            )}
          </QueryState>
        </section>
      )}
    </main>
  );
}

const kindWord = (kind: Stage['kind']): string => kind ?? 'not stated';

/** @param currentPeriod the quarter under way: what stands in a stage is counted as of now, whatever quarter the address names */
const columnsOf = (currentPeriod: string, onChange: ((stage: Stage) => void) | null): TableColumn<Stage>[] => [
  {
    id: 'position',
    header: 'Place',
    numeric: true,
    cell: ({ position }) => (position === null ? 'none' : count(position)),
  },
  { id: 'code', header: 'Code', className: 'nowrap', rowHeader: true, cell: ({ code }) => code },
  { id: 'name', header: 'Name', className: 'wide', cell: ({ name }) => name },
  {
    id: 'kind',
    header: 'Kind',
    className: 'wide',
    cell: ({ kind }) => (
      <>
        {kindWord(kind)} <span className="caption">{KIND_MEANS[kind ?? 'none']}</span>
      </>
    ),
  },
  {
    id: 'standing',
    header: 'Stand here',
    unit: 'items',
    numeric: true,
    cell: ({ code, kind, standing }) =>
      kind === 'done' || kind === 'cancelled' || standing === 0 ? (
        count(standing)
      ) : (
        <Link to="/flow/items" search={{ period: currentPeriod, of: 'standing', stage: code }}>
          {count(standing)}
        </Link>
      ),
  },
  { id: 'moves', header: 'Moves into it', numeric: true, cell: ({ moves }) => count(moves) },
  ...(onChange === null
    ? []
    : [
        {
          id: 'change',
          header: 'Change',
          hideHeader: true,
          cell: (stage: Stage) => (
            <Button look="plain" aria-label={`Change ${stage.name}`} onClick={() => onChange(stage)}>
              Change
            </Button>
          ),
        },
      ]),
];

const FIELDS: readonly ProofField[] = [
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
  {
    name: 'kind',
    label: 'Kind',
    kind: 'choice',
    choices: [
      { value: '', label: 'not stated' },
      ...(['waiting', 'active', 'done', 'cancelled'] as const).map((value) => ({ value, label: value })),
    ],
  },
  {
    name: 'position',
    label: 'Place in the order',
    kind: 'amount',
    help: 'A whole number; stages may share one. To a lower place is back: rework.',
  },
];
const CODE: ProofField = {
  ...{ name: 'code', label: 'Code', kind: 'text' as const, isRequired: true },
  help: 'By which logs and other tools name it. It stays.',
};

const typedOf = (stage: Stage | null): Typed => ({
  ...(stage === null ? { code: '' } : {}),
  name: stage?.name ?? '',
  kind: stage?.kind ?? '',
  position: stage?.position === null || stage?.position === undefined ? '' : String(stage.position),
});

const WHOLE = /^\d{1,5}$/;
const positionOf = ({ position = '' }: Typed): number | null => (position.trim() === '' ? null : Number(position));
const kindOf = ({ kind = '' }: Typed): Stage['kind'] => (kind === '' ? null : (kind as Stage['kind']));

const check = ({ position = '' }: Typed): FieldProblem[] =>
  position.trim() === '' || (WHOLE.test(position.trim()) && Number(position) <= 10_000)
    ? []
    : [{ name: 'position', message: 'The place is a whole number from 0 to 10,000. Write for example 3, or nothing.' }];

const schema = readSchema(declaration);
/** The stage of a refusal, with what stood in the row when the form was opened. */
const currentFor =
  (opened: Stage | null) =>
  (body: unknown): Stage | null => {
    const read = currentIn(schema, body);
    return read !== null && opened !== null ? { ...opened, ...(read as unknown as Stage) } : null;
  };

function StageForm({ stage, onClose }: { stage: Stage | null; onClose: () => void }) {
  return (
    <ProofForm<Stage>
      label={stage === null ? 'Add a stage' : `Change ${stage.name}`}
      fields={stage === null ? [CODE, ...FIELDS] : FIELDS}
      {...{ typedOf, check, stored: stage }}
      note={(typed) => <Effects stage={stage} typed={typed} />}
      asksReason={stage !== null}
      save={(typed, stored, reason) => {
        const fields = { name: typed['name']!.trim(), kind: kindOf(typed), position: positionOf(typed) };
        return stored === null
          ? addStage({ code: typed['code']!.trim(), ...fields })
          : changeStage(stored, fields, reason);
      }}
      currentOf={currentFor(stage)}
      saveWord={stage === null ? 'Add stage' : 'Save'}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

/** What the change does to the figures, before it is saved. */
function Effects({ stage, typed }: { stage: Stage | null; typed: Typed }) {
  if (check(typed).length > 0) return null;
  const kind = kindOf(typed);
  const effects = stage === null ? [] : effectsOf(stage, { kind, position: positionOf(typed) });
  return (
    <div className="stage-effects" role="status">
      <p className="field-help">
        {kindWord(kind)}: {KIND_MEANS[kind ?? 'none']}
      </p>
      {effects.length > 0 && (
        <div className="notice">
          <p>What saving does to the figures:</p>
          <ul>
            {effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
