import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ImportReport } from '../../../server/contract/import.js';
import type { MappedImportInput } from '../../../server/contract/mapping.js';
import { useImportRun, type RunState } from '../imports/import-run';
import { sendMapped } from './api';
import type { SheetDraft } from './drafts';

export interface Check {
  run: RunState;
  /** What the last check found; null before the first one. */
  report: ImportReport | null;
  /** Whether the matching was changed after it. */
  isStale: boolean;
  start: () => Promise<void>;
  cancel: () => void;
}

/** What is sent to check or import a sheet: the same both times, so that what was checked is what is imported. */
export const orderOf = ({ mapping, fixes, leaveOut, saved }: SheetDraft): MappedImportInput => ({
  mapping,
  fixes,
  leaveOut,
  name: saved?.name ?? null,
});

/** A try that writes nothing, of the sheet as it is matched now. */
export function useCheck(sourceId: string, draft: SheetDraft): Check {
  const { current, start: run, cancel } = useImportRun();
  const [found, setFound] = useState<{ of: string; report: ImportReport } | null>(null);
  const order = useMemo(() => orderOf(draft), [draft]);
  const key = JSON.stringify(order);
  const latest = useRef(order);
  useEffect(() => {
    latest.current = order;
  }, [order]);
  const start = useCallback(async () => {
    const sent = latest.current;
    const report = await run(true, (id, signal) =>
      sendMapped(sourceId, { ...sent, id, dryRun: true, onProblem: 'skip' }, signal),
    );
    if (report && report.status !== 'cancelled') setFound({ of: JSON.stringify(sent), report });
  }, [run, sourceId]);
  return { run: current, report: found?.report ?? null, isStale: found !== null && found.of !== key, start, cancel };
}
