import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ImportPreview, ImportReport } from '../../../server/contract/import.js';
import type { SourceSheet } from '../../../server/contract/mapping.js';
import { count, counted, inFull } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Failure } from '../../ui/query-state';
import { ReasonField } from '../../ui/reason-field';
import { Earlier } from '../imports/earlier';
import { ImportProgress } from '../imports/import-progress';
import { useImportRun } from '../imports/import-run';
import { TableCounts } from '../imports/table-counts';
import { totalsOf } from '../imports/totals';
import { sendMapped } from './api';
import type { SheetDraft } from './drafts';
import { fieldLabel, fieldOf, isNumber, tableOf } from './fields';
import { orderOf } from './use-check';

interface ConfirmStepProps {
  sourceId: string;
  sheet: SourceSheet;
  draft: SheetDraft;
  report: ImportReport;
  onBack: () => void;
}

/** What would change, before anything does; then one decision. */
export function ConfirmStep({ sourceId, sheet, draft, report, onBack }: ConfirmStepProps) {
  const run = useImportRun();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<ImportReport | null>(null);
  const { preview } = report;
  const { created, updated } = totalsOf(report.tables);
  const bad = preview?.rows.bad ?? 0;
  const ok = preview?.rows.ok ?? 0;
  const commit = async () => {
    const onProblem = bad > 0 ? ('skip' as const) : ('reject' as const);
    const done = await run.start(false, (id, signal) =>
      sendMapped(sourceId, { ...orderOf(draft), id, dryRun: false, onProblem }, signal, reason),
    );
    if (done === null || done.status === 'cancelled') return;
    if (done.status !== 'committed') return setRefused(done);
    await queryClient.invalidateQueries();
    await navigate({ to: '/import/$id', params: { id: done.id }, search: (now) => ({ ...now, source: sourceId }) });
  };
  if (run.current.state === 'running') return <ImportProgress run={run.current} onCancel={run.cancel} />;
  return (
    <>
      {run.current.state === 'failed' && (
        <Failure error={run.current.error} what="the result of the import" retry={() => void commit()} />
      )}
      {refused && (
        <p className="failure" role="alert">
          <span aria-hidden="true">▲ </span>
          Nothing was written: since the check, {counted(refused.problemCount, 'row')} came to have an error. Check
          again.
        </p>
      )}
      <section className="card import-form" aria-label="What would change">
        <p className="panel-message">
          {created + updated === 0
            ? `Nothing would change: all ${counted(ok, 'row')} are there already. 0 changes.`
            : `${counted(created, 'record')} would be new and ${count(updated)} would change. Nothing is written so far.`}
        </p>
        <Earlier report={report} />
        <TableCounts report={report} />
        {bad > 0 && (
          <p>
            {count(bad)} of {counted(preview?.rows.total ?? sheet.rows, 'row')}{' '}
            {bad === 1 ? 'has an error and is' : 'have errors and are'} left out. The receipt has{' '}
            {bad === 1 ? 'it' : 'them'} as a file with an Error column.
          </p>
        )}
      </section>
      {preview !== null && preview.totals.length > 0 && (
        <section className="card import-form" aria-labelledby="totals-title">
          <h2 id="totals-title">Totals before and after</h2>
          <Totals totals={preview.totals} />
        </section>
      )}
      {preview !== null && preview.diffs.length > 0 && (
        <section className="card import-form" aria-labelledby="diffs-title">
          <h2 id="diffs-title">{preview.diffs.length < MOST_DIFFS ? 'Changes' : `The first ${MOST_DIFFS} changes`}</h2>
          <Diffs diffs={preview.diffs} />
        </section>
      )}
      {created + updated > 0 && <ReasonField value={reason} onChange={setReason} />}
      <div className="actions wizard-foot">
        {created + updated > 0 && (
          <Button look="primary" onClick={() => void commit()}>
            Import {counted(ok, 'row')}
          </Button>
        )}
        <Button onClick={onBack}>Back to the check</Button>
        {created + updated > 0 && (
          <span className="caption">
            In one step: all of it or, if anything fails, none of it. It can be reverted afterwards.
          </span>
        )}
      </div>
    </>
  );
}

const MOST_DIFFS = 20;

const MEASURES: Record<ImportPreview['totals'][number]['measure'], string> = {
  planned: 'planned (PL)',
  forecast: 'forecast (FC)',
  realised: 'realised (AC)',
  actual: 'actual (AC)',
};

function Totals({ totals }: { totals: ImportPreview['totals'] }) {
  return (
    <DataTable
      label="Totals before and after"
      caption="Over all months of the benefits and investments in the file"
      className="counts"
      rows={totals}
      rowKey={({ of, measure, currency }) => `${of} ${measure} ${currency}`}
      columns={[
        {
          id: 'of',
          header: 'Total',
          rowHeader: true,
          cell: ({ of, measure }) => `${of === 'benefit_values' ? 'Benefits' : 'Costs'}, ${MEASURES[measure]}`,
        },
        { id: 'currency', header: 'Unit', cell: ({ currency }) => currency },
        { id: 'before', header: 'Before', numeric: true, cell: ({ before }) => inFull(before) },
        { id: 'after', header: 'After', numeric: true, cell: ({ after }) => inFull(after) },
        { id: 'same', header: 'Difference', cell: ({ before, after }) => (before === after ? 'unchanged' : 'changes') },
      ]}
    />
  );
}

function Diffs({ diffs }: { diffs: ImportPreview['diffs'] }) {
  return (
    <DataTable
      label="Changes"
      caption={`${counted(diffs.length, 'changed field')}`}
      hideCaption
      rows={diffs}
      rowKey={(_, index) => String(index)}
      columns={[
        { id: 'record', header: 'Record', rowHeader: true, cell: ({ record }) => record },
        { id: 'table', header: 'Table', cell: ({ table }) => tableOf(table).label },
        {
          id: 'action',
          header: 'What',
          cell: ({ action }) => (action === 'created' ? '+ new' : '± changed'),
        },
        { id: 'field', header: 'Field', cell: ({ table, field }) => fieldLabel(table, field) },
        { id: 'before', header: 'Before', className: 'problem-value', cell: (diff) => shown(diff, diff.before) },
        { id: 'after', header: 'After', className: 'problem-value', cell: (diff) => shown(diff, diff.after) },
      ]}
    />
  );
}

function shown({ table, field }: ImportPreview['diffs'][number], value: string | null) {
  if (value === null || value === '') return <span className="caption">blank</span>;
  const kind = fieldOf(table, field);
  return kind !== undefined && isNumber(kind) && /^-?\d+(\.\d+)?$/.test(value) ? inFull(value) : value;
}
