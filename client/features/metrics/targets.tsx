import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Metric } from '../../../server/contract/metric.js';
import type { MetricNotes } from '../../../server/contract/metric-notes.js';
import { periodLabel } from '../../lib/period';
import { readNumber, typedNumber } from '../../lib/read-number';
import { Button } from '../../ui/button';
import { metricInFull } from '../../ui/metric-text';
import { usePageScope } from '../../ui/page-scope';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { EmailText } from '../records/owner-name';
import { addTarget, archiveTarget, changeTarget, currentOwner, currentTarget, nameOwner, type Owner } from './api';

type TargetRow = MetricNotes['targets'][number];

interface TargetsProps {
  metric: Metric;
  notes: MetricNotes;
}

/** Who answers for the metric, and what it is to reach from a period on. */
export function Targets({ metric, notes }: TargetsProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const { targets, mayRule } = notes;
  const close = () => setEditing(null);
  return (
    <section className="card proof" id="targets" aria-labelledby="targets-head" tabIndex={-1}>
      <div className="section-head">
        <h2 id="targets-head">Owner and targets</h2>
        {mayRule && editing === null && (
          <span className="metric-tools">
            <Button onClick={() => setEditing('owner')}>
              {notes.owner === null ? 'Name an owner' : 'Change the owner'}
            </Button>
            <Button onClick={() => setEditing('new')}>Set a target</Button>
          </span>
        )}
      </div>
      {editing === 'owner' ? (
        <OwnerForm {...{ metric, notes }} onClose={close} />
      ) : (
        <p>{notes.owner === null ? 'Nobody is named as owner.' : <EmailText address={notes.owner} />}</p>
      )}
      {editing === 'new' && <TargetForm {...{ metric }} row={null} onClose={close} />}
      {targets.length === 0 && editing !== 'new' && <p className="caption">No target is set.</p>}
      <ul className="metric-annotations">
        {targets.map((row) => (
          <li key={row.id}>
            {editing === row.id ? (
              <TargetForm {...{ metric, row }} onClose={close} />
            ) : (
              <TargetLine {...{ metric, row, mayRule }} onChange={() => setEditing(row.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnerForm({ metric, notes, onClose }: TargetsProps & { onClose: () => void }) {
  return (
    <ProofForm<Owner>
      label="Who answers for this metric"
      fields={[{ name: 'owner', label: 'Owner', kind: 'email', help: 'E-mail of the person; blank for nobody.' }]}
      stored={notes}
      typedOf={(stored) => ({ owner: stored?.owner ?? '' })}
      save={({ owner = '' }, stored) =>
        nameOwner(metric.id, stored?.ownerVersion ?? 0, owner.trim() === '' ? null : owner.trim())
      }
      saveWord="Save"
      currentOf={currentOwner}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

const HELP: Partial<Record<Metric['unit'], string>> = {
  share: 'As a fraction: 0.8 is 80 %.',
  net_share: 'As a fraction: 0.2 is 20 points.',
  level: 'A level from 0 to 5.',
  score: 'A score from 1 to 5.',
};

const amountProblems = (typed: Typed): FieldProblem[] =>
  ['target', 'amber']
    .filter((name) => typed[name]!.trim() !== '' && readNumber(typed[name]!) === null)
    .map((name) => ({ name, message: 'This is not a number. Write for example 0.8 or 45.' }));

const FROM: ProofField = {
  ...{ name: 'from', label: 'From quarter', kind: 'text', isRequired: true },
  help: 'For example 2026-Q3.',
};

function TargetForm({ metric, row, onClose }: { metric: Metric; row: TargetRow | null; onClose: () => void }) {
  const { period, fiscalYearStartMonth } = usePageScope();
  const help = HELP[metric.unit];
  const fields: ProofField[] = [
    // The quarter is what tells targets apart: it is set once.
    ...(row ? [] : [FROM]),
    { name: 'target', label: 'To reach', kind: 'amount', isRequired: true, ...(help && { help }) },
    { name: 'amber', label: 'Nearly reached from', kind: 'amount', help: 'Between here and the target it is near.' },
  ];
  const amount = (text: string) => (text.trim() === '' ? null : readNumber(text));
  return (
    <ProofForm<TargetRow>
      label={row ? `Change the target from ${periodLabel(row.from, fiscalYearStartMonth)}` : 'Set a target'}
      fields={fields}
      stored={row}
      typedOf={(stored) => ({
        from: stored?.from ?? period,
        target: typedNumber(stored?.target ?? ''),
        amber: typedNumber(stored?.amber ?? ''),
      })}
      check={amountProblems}
      save={({ from = '', target = '', amber = '' }, stored) => {
        const body = { target: amount(target), amber: amount(amber) };
        return stored
          ? changeTarget(stored, body)
          : addTarget({ metricId: metric.id, fromPeriod: from.trim(), ...body });
      }}
      saveWord={row ? 'Save' : 'Set'}
      currentOf={currentTarget}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

interface LineProps {
  metric: Metric;
  row: TargetRow;
  mayRule: boolean;
  onChange: () => void;
}

function TargetLine({ metric, row, mayRule, onChange }: LineProps) {
  const { currency, fiscalYearStartMonth } = usePageScope();
  const queryClient = useQueryClient();
  const removing = useMutation({
    mutationFn: () => archiveTarget(row),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const said = (value: string | null) => (value === null ? 'not set' : metricInFull(value, metric.unit, currency));
  const from = periodLabel(row.from, fiscalYearStartMonth);
  return (
    <div className="metric-annotation">
      <div>
        From <b>{from}</b>: {said(row.target)}
        {row.amber !== null && `, near from ${said(row.amber)}`}
        {removing.error && (
          <p className="field-error" role="alert">
            <span aria-hidden="true">▲ </span>
            {removing.error.message}
          </p>
        )}
      </div>
      {mayRule && (
        <span className="metric-tools">
          <Button look="plain" onClick={onChange} aria-label={`Change the target from ${from}`}>
            Change
          </Button>
          <Button
            look="plain"
            busy={removing.isPending}
            onClick={() => removing.mutate()}
            aria-label={`Remove the target from ${from}`}
          >
            Remove
          </Button>
        </span>
      )}
    </div>
  );
}
