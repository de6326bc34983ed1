import { useState } from 'react';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { localised } from '../../../server/contract/locale-number.js';
import { Button } from '../../ui/button';
import { Targets } from '../targets/targets';

interface TargetsProps {
  indicator: IndicatorTrend;
  mayWrite: boolean;
}

/** What an own indicator is to reach, from a period on. */
export function IndicatorTargets({ indicator: { code, unit, better, targets }, mayWrite }: TargetsProps) {
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <section aria-labelledby="indicator-targets" className="proof">
      <div className="section-head">
        <h3 id="indicator-targets">Targets</h3>
        {mayWrite && editing === null && <Button onClick={() => setEditing('new')}>Set a target</Button>}
      </div>
      {better === 'none' && (
        <p className="caption">
          Neither way is better for this indicator: a target says where it is to be, and not whether it is met.
        </p>
      )}
      <Targets
        of={{ id: code, unit, said: (amount) => `${localised(amount)}${unit === null ? '' : ` ${unit}`}` }}
        rows={targets}
        mayWrite={mayWrite}
        editing={editing}
        onEdit={setEditing}
      />
    </section>
  );
}
