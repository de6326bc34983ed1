import { useState } from 'react';
import type { Metric } from '../../../server/contract/metric.js';
import type { MetricNotes } from '../../../server/contract/metric-notes.js';
import { outOfRange } from '../../../server/contract/metric-range.js';
import { Button } from '../../ui/button';
import { metricInFull } from '../../ui/metric-text';
import { usePageScope } from '../../ui/page-scope';
import { ProofForm } from '../proof/proof-form';
import { EmailText } from '../records/owner-name';
import { Targets } from '../targets/targets';
import { currentOwner, nameOwner, type Owner } from './api';

interface OwnerAndTargetsProps {
  metric: Metric;
  notes: MetricNotes;
}

const HELP: Partial<Record<Metric['unit'], string>> = {
  share: 'As a fraction: 0.8 is 80 %.',
  net_share: 'As a fraction: 0.2 is 20 points.',
  level: 'A level from 0 to 5.',
  score: 'A score from 1 to 5.',
};

/** Who answers for the metric, and what it is to reach from a period on. */
export function OwnerAndTargets({ metric, notes }: OwnerAndTargetsProps) {
  const { currency } = usePageScope();
  const [editing, setEditing] = useState<string | null>(null);
  const { owner, targets, mayRule } = notes;
  const { id, unit } = metric;
  return (
    <section className="card proof" id="targets" aria-labelledby="targets-head" tabIndex={-1}>
      <div className="section-head">
        <h2 id="targets-head">Owner and targets</h2>
        {mayRule && editing === null && (
          <span className="metric-tools">
            <Button onClick={() => setEditing('owner')}>{owner === null ? 'Name an owner' : 'Change the owner'}</Button>
            <Button onClick={() => setEditing('new')}>Set a target</Button>
          </span>
        )}
      </div>
      {editing === 'owner' ? (
        <OwnerForm {...{ metric, notes }} onClose={() => setEditing(null)} />
      ) : (
        <p>{owner === null ? 'Nobody is named as owner.' : <EmailText address={owner} />}</p>
      )}
      <Targets
        of={{
          id,
          unit: unit === 'money' ? currency : unit === 'days' ? 'days' : null,
          help: HELP[unit],
          said: (amount) => metricInFull(amount, unit, currency),
          outOfRange: (amount) => outOfRange(metric, amount),
        }}
        rows={targets.map(({ from, ...rest }) => ({ ...rest, fromPeriod: from }))}
        mayWrite={mayRule}
        editing={editing}
        onEdit={setEditing}
      />
    </section>
  );
}

function OwnerForm({ metric, notes, onClose }: OwnerAndTargetsProps & { onClose: () => void }) {
  return (
    <ProofForm<Owner>
      label="Who answers for this metric"
      fields={[{ name: 'owner', label: 'Owner', kind: 'email', help: 'E-mail of the person; blank for nobody.' }]}
      stored={notes}
      typedOf={(stored) => ({ owner: stored?.owner ?? '' })}
      save={({ owner = '' }, stored) => nameOwner(metric.id, stored?.ownerVersion ?? 0, owner.trim() || null)}
      saveWord="Save owner"
      currentOf={currentOwner}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
