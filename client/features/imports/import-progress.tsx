import { useEffect, useRef } from 'react';
import type { ImportProgress as Progress } from '../../../server/contract/import.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import type { RunState } from './import-run';

const STEPS = ['reading', 'checking', 'writing'] as const;
const WORDS: Record<Progress['step'], string> = {
  reading: 'Reading',
  checking: 'Checking',
  writing: 'Writing',
  finished: 'Finishing',
};

/** What the server is doing with the files, step by step, and a way to stop it. */
export function ImportProgress({
  run,
  onCancel,
}: {
  run: Extract<RunState, { state: 'running' }>;
  onCancel: () => void;
}) {
  const { progress, dryRun, isCancelling } = run;
  const at = progress === null ? -1 : progress.step === 'finished' ? STEPS.length : STEPS.indexOf(progress.step);
  const steps = dryRun ? STEPS.slice(0, 2) : STEPS;
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="card import-form"
      aria-label={dryRun ? 'Checking the files' : 'Importing'}
    >
      <h2>{dryRun ? 'Checking, nothing is written' : 'Importing'}</h2>
      <ol className="import-steps" aria-hidden="true">
        <li data-state={at < 0 ? 'now' : 'done'}>Sending</li>
        {steps.map((step, index) => (
          <li key={step} data-state={index < at ? 'done' : index === at ? 'now' : 'ahead'}>
            {WORDS[step]}
          </li>
        ))}
      </ol>
      <p role="status" className="figures">
        {isCancelling ? 'Cancelling' : sentenceOf(progress)}
      </p>
      <p className="actions">
        <Button onClick={onCancel} busy={isCancelling}>
          Cancel
        </Button>
        <span className="caption">An import that is cancelled leaves nothing behind.</span>
      </p>
    </section>
  );
}

const sentenceOf = (progress: Progress | null): string => {
  if (progress === null) return 'Sending the files';
  const table = progress.table === null ? '' : ` ${progress.table}`;
  return `${WORDS[progress.step]}${table}${progress.rows > 0 ? `, ${counted(progress.rows, 'row')}` : ''}`;
};
